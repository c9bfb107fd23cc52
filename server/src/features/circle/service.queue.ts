import type { Contract } from "@weimenhu/contract";
import { shelfOf } from "@weimenhu/domain/circle/post";
import { regionsWith } from "@weimenhu/domain/permissions";
import type * as z from "zod/mini";
import type { By } from "../../foundation/cases/index.ts";
import { record } from "../../kernel/audit.ts";
import { signedIn } from "../../kernel/caller.ts";
import type { Ctx } from "../../kernel/ctx.ts";
import { newId } from "../../kernel/id.ts";
import { refuse } from "../../kernel/refuse.ts";
import { inTx, type Tx } from "../../kernel/tx.ts";
import { beforeOf, type House } from "./service.feed.ts";
import { changed, raisedBy } from "./service.post.ts";
import { hidesIn, moderates } from "./service.rules.ts";
import { showPhotos } from "./service.words.ts";
import { postsById } from "./store.feed.ts";
import { commentsById, decideReports, insertDecision, reportsOn, waitingIds } from "./store.queue.ts";
import * as store from "./store.ts";
import { photosFor, writerOf } from "./view.ts";

type Circle = Contract["circle"];
type Out = z.output<Circle["queue"]["output"]>;

export async function queue({ deps }: House, ctx: Ctx, input: z.output<Circle["queue"]["input"]>): Promise<Out> {
  const caller = signedIn(ctx);
  const limit = input.limit ?? 20;
  const regions = regionsWith(caller, "circle.moderate");
  const found = await waitingIds(ctx.db, regions, beforeOf(input.cursor), limit + 1);
  const ids = found.slice(0, limit);
  const [said, reports] = await Promise.all([commentsById(ctx.db, ids), reportsOn(ctx.db, ids)]);
  const posts = new Map(
    (await postsById(ctx.db, [...new Set([...ids, ...said.map(({ post }) => post)])])).map((row) => [row.id, row]),
  );
  const comments = new Map(said.map((row) => [row.id, row]));
  const authors = [...posts.values(), ...said].map(({ author }) => author);
  const names = await deps.displayNames(ctx.db, [...new Set(authors)]);
  const items = ids.flatMap((id) => {
    const comment = comments.get(id);
    const row = posts.get(comment?.post ?? id);
    if (!row) return [];
    const what = comment ?? row;
    return [
      {
        id,
        post: row.id,
        village: row.village,
        at: what.createdAt,
        by: writerOf(what, caller, comment ? hidesIn(row, comment) : row.hidden === 1, names),
        text: what.text,
        photos: comment ? [] : photosFor(deps.sign, ctx.clock.now(), row),
        check: what.checkState,
        reports: reports.filter((one) => one.what === id).map(({ why }) => why),
      },
    ];
  });
  return { items, next: found.length > limit ? (ids.at(-1) ?? null) : null };
}

type Decision = z.output<Circle["decide"]["input"]>;

/**
 * Lets a held or reported thing stand, or takes it out of sight with a reason that its author reads. Deciding the same twice
 * changes nothing; what was taken out can be put back.
 */
export async function decide(house: House, ctx: Ctx, input: Decision): Promise<{ ok: true }> {
  const caller = signedIn(ctx);
  const said = await store.commentById(ctx.db.read, input.id);
  await inTx(ctx.db, async (tx) => {
    const row = await store.lock(tx, said?.post ?? input.id);
    if (!row || !moderates(caller, row.village)) throw refuse("NOT_FOUND");
    if (!input.pass && input.reason === undefined) throw refuse("REASON_NEEDED");
    const what = said ? await store.commentById(tx, said.id) : row;
    if (!what || what.deletedAt !== null) throw refuse("POST_DELETED");
    if (what.author === caller.personId) throw refuse("SAME_PERSON");
    await decideReports(tx, input.id, ctx.clock.now());
    const check = input.pass ? "passed" : "refused";
    if (what.checkState === check) return;
    if (said) await decideComment(tx, row, said.id, what.checkState === "passed", check);
    else await decidePost(house, tx, ctx, row, check, input.reason ?? null);
    await noteDecision(tx, ctx, row, input);
    await changed(tx, { id: row.id, village: row.village, author: what.author });
  });
  return { ok: true };
}

async function decideComment(tx: Tx, row: store.PostRow, id: string, wasShown: boolean, check: "passed" | "refused") {
  await store.updateComment(tx, id, { checkState: check });
  if (check === "passed") await store.countBy(tx, row.id, "comments", 1);
  else if (wasShown) await store.countBy(tx, row.id, "comments", -1);
}

/** A held post of a kind that is handled becomes its case now, by its author and not by whoever let it through. */
async function decidePost(
  { deps }: House,
  tx: Tx,
  ctx: Ctx,
  row: store.PostRow,
  checkState: "passed" | "refused",
  reason: string | null,
) {
  const decided = { ...row, checkState, shelf: shelfOf(row.audience, checkState, false) };
  const { caseId, state } = await raisedBy(deps, tx, ctx.clock, decided, authorOf(row));
  const refused = checkState === "refused" ? reason : null;
  await store.update(tx, row.id, { checkState, shelf: decided.shelf, refused, caseId, state });
  await showPhotos(tx, decided, ctx.clock.now());
}

const authorOf = (row: store.PostRow): By => ({
  caller: {
    personId: row.author,
    sessionId: "",
    phoneVerified: true,
    strong: false,
    grants: [],
    villager: [row.village],
    follows: [],
  },
  mark: "villager",
  title: null,
});

async function noteDecision(tx: Tx, ctx: Ctx, { village }: store.PostRow, { id, pass, reason = "" }: Decision) {
  const at = ctx.clock.now();
  const { personId } = signedIn(ctx);
  const decision = { id: newId(ctx.clock), village, what: id, pass: pass ? 1 : 0, reason, decidedBy: personId, at };
  await insertDecision(tx, decision);
  await record(tx, ctx, { act: "circle.decide", onWhom: id, region: village, detail: { pass, reason } });
}
