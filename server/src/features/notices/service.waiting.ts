import type { Contract } from "@weimenhu/contract";
import { regionsWith } from "@weimenhu/domain/permissions";
import type * as z from "zod/mini";
import { signedIn } from "../../kernel/caller.ts";
import type { Ctx } from "../../kernel/rpc.ts";
import { deskOf } from "./service.desk.ts";
import { failing } from "./store.portals.ts";
import * as store from "./store.ts";

export type Waiting = Omit<z.output<Contract["desk"]["waiting"]["output"]>["items"][number], "regionName">;

const kinds = { draft: "notice-draft", review: "notice-review", approved: "notice-publish" } as const;

/** For the desk: drafts that came back to me, what I may review or publish, portals that fail. */
export async function waiting(ctx: Ctx): Promise<Waiting[]> {
  const manages = regionsWith(signedIn(ctx), "portals.manage");
  const [rows, portals] = await Promise.all([
    store.waiting(ctx.db, deskOf(ctx), 100),
    manages.length === 0 ? [] : failing(ctx.db, manages),
  ]);
  const notices = rows.flatMap(({ id, title, region, state, changedAt }): Waiting[] =>
    state === "draft" || state === "review" || state === "approved"
      ? [{ kind: kinds[state], id, title, region, since: changedAt }]
      : [],
  );
  const faults = portals.map(({ id, name, region, fault, failingSince }) => ({
    kind: "portal-fault" as const,
    id,
    title: fault === null ? name : `${name}：${fault}`,
    region,
    since: failingSince ?? 0,
  }));
  return [...notices, ...faults];
}
