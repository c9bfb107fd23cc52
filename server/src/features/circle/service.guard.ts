import type { Contract } from "@weimenhu/contract";
import type * as z from "zod/mini";
import { asPerson } from "../../foundation/identity/index.ts";
import { record } from "../../kernel/audit.ts";
import { signedIn } from "../../kernel/caller.ts";
import type { Ctx } from "../../kernel/ctx.ts";
import { newId } from "../../kernel/id.ts";
import { refuse } from "../../kernel/refuse.ts";
import { bump } from "../../kernel/tx.ts";
import { ownScope } from "./deps.ts";
import type { House } from "./service.feed.ts";
import { blockKey, hidesIn, seesComment, unmasks } from "./service.rules.ts";
import { seen } from "./service.see.ts";
import { tellWaiting } from "./service.wait.ts";
import { lastDecision } from "./store.check.ts";
import * as store from "./store.ts";

type In<K extends keyof Contract["circle"]> = z.output<Contract["circle"][K]["input"]>;
type Out<K extends keyof Contract["circle"]> = z.output<Contract["circle"][K]["output"]>;

/** A post, or a comment with the post that it stands under, that the caller may see; NOT_FOUND for everything else. */
async function target(ctx: Ctx, id: string): Promise<{ row: store.PostRow; said: store.CommentRow | null }> {
  const caller = signedIn(ctx);
  const said = (await store.commentById(ctx.db.read, id)) ?? null;
  const row = seen(await store.byId(ctx.db.read, said?.post ?? id), caller);
  if (said && (row.deletedAt !== null || !seesComment(row, said, caller, new Set()))) throw refuse("NOT_FOUND");
  return { row, said };
}

/** Once a person and text; those who check see it in their queue. */
export async function report(ctx: Ctx, { id, why }: In<"report">): Promise<Out<"report">> {
  const { personId } = signedIn(ctx);
  const { row, said } = await target(ctx, id);
  await asPerson(ctx, async (tx) => {
    // A decision of this moment is over, or waits for this report.
    await store.lock(tx, row.id);
    const isNew = await store.insertReport(tx, {
      id: newId(ctx.clock),
      village: row.village,
      what: id,
      person: personId,
      why,
      at: ctx.clock.now(),
      version: said ? 0 : row.edits,
      decidedAt: null,
    });
    // All reports until somebody decides are one thing to look at.
    const time = (await lastDecision(tx, id))?.at ?? 0;
    if (isNew) await tellWaiting(tx, ctx.clock, { what: id, village: row.village, kind: "reported", time });
  });
  return { ok: true };
}

/** Whoever wrote it is not seen by the caller any more, or is again. Where the writer hides, that post is not. */
export async function block(ctx: Ctx, { id, on }: In<"block">): Promise<Out<"block">> {
  const { personId } = signedIn(ctx);
  const { row, said } = await target(ctx, id);
  const blocked = said ? (hidesIn(row, said) ? row.id : said.author) : blockKey(row);
  if (blocked === personId || (said ?? row).author === personId) throw refuse("NOT_ALLOWED");
  await asPerson(ctx, async (tx) => {
    await store.setBlock(tx, personId, blocked, on ? ctx.clock.now() : null);
    await bump(tx, ownScope(personId));
  });
  return { ok: true };
}

/**
 * Who wrote a post whose author hides: for staff above the village only, since the complaint may be about its secretary. The
 * look is on the record before the name is told.
 */
export async function unmask(house: House, ctx: Ctx, { id, why }: In<"unmask">): Promise<Out<"unmask">> {
  const caller = signedIn(ctx);
  const row = seen(await store.byId(ctx.db.read, id), caller);
  if (!unmasks(caller, row.village)) throw refuse("NOT_ALLOWED");
  if (row.hidden !== 1) throw refuse("WRONG_STATE");
  const age = await house.deps.ageOf(ctx.db, row.author, ctx.clock.now());
  // Looks at a minor's data are audited apart (未成年人网络保护条例).
  const detail = { post: id, why, ...(age !== null && age < 18 ? { minor: true } : {}) };
  await asPerson(ctx, (tx) =>
    record(tx, ctx, { act: "circle.unmask", onWhom: row.author, region: row.village, detail }),
  );
  return house.deps.contactOf(ctx.db, row.author);
}
