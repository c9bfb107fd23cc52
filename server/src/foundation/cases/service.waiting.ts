import { regionsWith } from "@weimenhu/domain/permissions";
import { signedIn } from "../../kernel/caller.ts";
import type { Ctx } from "../../kernel/ctx.ts";
import { waitingFor } from "./store.desk.ts";
import { summaryOf } from "./view.ts";

/** For the desk: cases that wait for this cadre. `since`: when it was raised. */
export async function waitingCases(ctx: Ctx) {
  const caller = signedIn(ctx);
  const handles = regionsWith(caller, "cases.handle");
  if (!caller.strong || handles.length === 0) return [];
  const watches = regionsWith(caller, "cases.watch");
  const desk = { person: caller.personId, sees: handles, handles, watches, now: ctx.clock.now() };
  const rows = await waitingFor(ctx.db, desk, 100);
  return rows.map(({ id, village, createdAt, ...row }) => ({
    kind: "case" as const,
    id,
    title: summaryOf(row),
    region: village,
    since: createdAt,
  }));
}
