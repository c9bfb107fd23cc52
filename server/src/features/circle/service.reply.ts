import type { Contract } from "@weimenhu/contract";
import type { CaseMove } from "@weimenhu/domain/cases/state";
import type * as z from "zod/mini";
import { actOn, type By, isSame, needFitWords, stepSent, writingIn } from "../../foundation/cases/index.ts";
import { asPerson } from "../../foundation/identity/index.ts";
import { record } from "../../kernel/audit.ts";
import { signedIn } from "../../kernel/caller.ts";
import type { Ctx } from "../../kernel/ctx.ts";
import { sha256 } from "../../kernel/digest.ts";
import { newId } from "../../kernel/id.ts";
import { refuse } from "../../kernel/refuse.ts";
import type { Tx } from "../../kernel/tx.ts";
import { answerFrom, officeDigest } from "./service.answer.ts";
import { keepParts, type Part, partInOffice } from "./service.check.ts";
import type { House } from "./service.feed.ts";
import { changed } from "./service.raise.ts";
import { handles } from "./service.rules.ts";
import { again, standing } from "./service.see.ts";
import { postSubject } from "./service.subject.ts";
import { tellReplied } from "./service.tell.ts";
import * as store from "./store.ts";
import type { Post } from "./view.ts";

type In = z.output<Contract["circle"]["reply"]["input"]>;

/** The move that an answer makes by itself: it takes the case up, or stands in its record. None: words beside the post. */
const moveFor = (row: store.PostRow): CaseMove | null => {
  if (row.caseId === null) return null;
  if (row.state === "pending" || row.state === "accepted") return "start";
  return row.state === "handling" ? "note" : null;
};

/** What this answer is as a step: of the move it names, or of the one it makes by itself. */
const stepOf = ({ move, text, reason, photos }: In, byItself: CaseMove) => ({
  move: move ?? byItself,
  text,
  ...(reason === undefined ? {} : { reason }),
  ...(photos === undefined ? {} : { photos }),
});

type Saying = { by: By; part: Part; input: In };

/**
 * An official answer: a move of the case, or a comment in office where there is none to make. The same key again changes
 * nothing.
 */
export async function reply(house: House, ctx: Ctx, input: In): Promise<Post> {
  const caller = signedIn(ctx);
  if (!caller.consented) throw refuse("CONSENT_FIRST");
  const row = standing(await store.byId(ctx.db.read, input.id), caller);
  if (!handles(caller, row.village)) throw refuse("NOT_ALLOWED");
  const writing = await writingIn(ctx, row.village);
  const by = writing.inOffice(row.village);
  if (!by) throw refuse("NOT_ALLOWED");
  const moved = await stepSent(ctx.db.read, caller.personId, input.key);
  if (moved && !isSame(moved, row.caseId ?? "", stepOf(input, moved.move === "note" ? "note" : "start")))
    throw refuse("KEY_REUSED");
  if (moved) return again(house, ctx, input.id);
  needFitWords(house.deps, input.text);
  const spoken = await store.commentByKey(ctx.db.read, caller.personId, sha256(input.key));
  if (spoken && input.move !== undefined) throw refuse("KEY_REUSED");
  const move = spoken ? null : (input.move ?? moveFor(row));
  const part = partInOffice(house.deps, ctx);
  await asPerson(ctx, async (tx) => {
    if (move === null) return sayInOffice(tx, ctx, row.id, { by, part, input });
    if (row.caseId === null) throw refuse("BAD_INPUT", { details: { fields: ["move"] } });
    const { cases, checkWords } = house.deps;
    await actOn(
      { ...cases, checkWords, subjects: { post: postSubject(house.deps.checkers) } },
      tx,
      ctx,
      writing,
      row.caseId,
      { key: input.key, ...stepOf(input, move) },
    );
  });
  return again(house, ctx, input.id);
}

async function sayInOffice(tx: Tx, ctx: Ctx, id: string, { by, part, input }: Saying): Promise<void> {
  const caller = signedIn(ctx);
  if ((input.photos ?? []).length > 0) throw refuse("BAD_INPUT", { details: { fields: ["photos"] } });
  const row = standing(await store.lock(tx, id), caller);
  const at = ctx.clock.now();
  const idemKey = sha256(input.key);
  const idemDigest = officeDigest(id, input.text);
  const said: store.CommentRow = {
    id: newId(ctx.clock),
    post: id,
    village: row.village,
    under: null,
    author: caller.personId,
    mark: by.mark,
    title: by.title,
    text: input.text,
    calls: 0,
    checkState: "passed",
    refused: null,
    createdAt: at,
    deletedAt: null,
    idemKey,
    idemDigest,
  };
  const before = await store.commentByKey(tx, caller.personId, idemKey);
  if (before && before.idemDigest !== idemDigest) throw refuse("KEY_REUSED");
  // It does not stand: whoever says it again says it anew.
  if (before && before.deletedAt !== null) throw refuse("KEY_REUSED", { details: { gone: true } });
  if (before) return;
  await store.insertComment(tx, said);
  await keepParts(tx, ctx.clock, { what: said.id, version: 0, village: said.village }, [part]);
  await store.countBy(tx, id, "comments", 1);
  await store.update(tx, id, { answer: JSON.stringify(answerFrom(said)) });
  await tellReplied(tx, ctx.clock, row, said);
  await changed(tx, row);
  await record(tx, ctx, { act: "circle.reply", onWhom: id, region: row.village });
}
