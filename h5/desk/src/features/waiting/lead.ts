import { addressOf } from "../../route.tsx";
import type { Out } from "../../rpc.ts";

export type Waiting = Out<"desk.waiting">["items"][number];

export const kindNames: Record<Waiting["kind"], string> = {
  "notice-draft": "公告待修改",
  "notice-review": "公告待审核",
  "notice-publish": "公告待发布",
  verification: "村民认证",
  case: "村民诉求",
  moderation: "内容审核",
  "portal-fault": "外部来源出错",
  "dead-letter": "没有办成的后台任务",
};

/** The address of the very item that waits. */
export function leadTo(item: Pick<Waiting, "kind" | "id">): string {
  switch (item.kind) {
    case "notice-draft":
    case "notice-review":
    case "notice-publish":
      return addressOf(["notices", item.id]);
    case "verification":
      return addressOf(["verification"], { id: item.id });
    case "case":
      return addressOf(["cases", item.id]);
    case "moderation":
      return addressOf(["moderation"], { id: item.id });
    case "portal-fault":
      return addressOf(["portals"], { id: item.id });
    case "dead-letter":
      return addressOf(["system"], { id: item.id });
  }
}

/** Who has waited longest comes first, whatever order the answer has. */
export const oldestFirst = (items: readonly Waiting[]): Waiting[] => [...items].sort((a, b) => a.since - b.since);
