import type { RegionCode } from "@weimenhu/domain/base/region";
import { regionsWith } from "@weimenhu/domain/permissions";
import { signedIn } from "../../kernel/caller.ts";
import type { Ctx } from "../../kernel/ctx.ts";
import type { CircleDeps } from "./deps.ts";
import { queue } from "./service.queue.ts";

/** For the desk: what this person may decide about, a line for each village, since the oldest of it was written. */
export const waitingModeration = (deps: CircleDeps) => async (ctx: Ctx) => {
  const caller = signedIn(ctx);
  if (!caller.strong || regionsWith(caller, "circle.moderate").length === 0) return [];
  const { items, next } = await queue({ deps }, ctx, { limit: 50 });
  const open = items.filter(({ mayDecide }) => mayDecide);
  const villages: RegionCode[] = [...new Set(open.map(({ village }) => village))];
  return villages.map((village) => {
    const here = open.filter((one) => one.village === village);
    return {
      kind: "moderation" as const,
      id: village,
      title: `${here.length} 条${next === null ? "" : "以上"}内容等待审核`,
      region: village,
      since: Math.min(...here.map(({ at }) => at)),
    };
  });
};
