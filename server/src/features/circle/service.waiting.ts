import { regionsWith } from "@weimenhu/domain/permissions";
import { signedIn } from "../../kernel/caller.ts";
import type { Ctx } from "../../kernel/ctx.ts";
import { saidById } from "./service.step.ts";
import { type WaitingRow, waitingRows } from "./store.waiting.ts";

/** More is told as 以上. */
const most = 50;

/** For the desk: what this person may decide about, a line for each village, since the oldest of it began to wait for a person. */
export async function waitingModeration(ctx: Ctx) {
  const caller = signedIn(ctx);
  const regions = regionsWith(caller, "circle.moderate");
  if (!caller.strong || regions.length === 0) return [];
  const found = await waitingRows(ctx.db, caller.personId, regions, most + 1);
  const open = await othersOf(ctx, caller.personId, found.slice(0, most));
  return [...new Set(open.map(({ village }) => village))].map((village) => {
    const here = open.filter((one) => one.village === village);
    return {
      kind: "moderation" as const,
      id: village,
      title: `${here.length} 条${found.length > most ? "以上" : ""}内容等待审核`,
      region: village,
      since: Math.min(...here.map(({ since }) => since)),
    };
  });
}

/** Who said something with a step stands in the record of its case; few of these are ever held. */
async function othersOf(ctx: Ctx, person: string, rows: readonly WaitingRow[]): Promise<WaitingRow[]> {
  const authors = await Promise.all(
    rows.map(async ({ id, author }) => author ?? (await saidById(ctx.db.read, id))?.author ?? person),
  );
  return rows.filter((_, at) => authors[at] !== person);
}
