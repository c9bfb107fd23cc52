import type { Contract } from "@weimenhu/contract";
import type { RegionCode } from "@weimenhu/domain/base/region";
import { isCaseKind, mayHideAuthor, shelfOf } from "@weimenhu/domain/circle/post";
import type * as z from "zod/mini";
import { type By, lockBySubject, move, raise, type Writing, writingIn } from "../../foundation/cases/index.ts";
import { showOnly } from "../../foundation/media/index.ts";
import { requireVillage } from "../../foundation/regions/index.ts";
import { signedIn } from "../../kernel/caller.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Ctx } from "../../kernel/ctx.ts";
import { isDuplicate } from "../../kernel/db-faults.ts";
import { newId } from "../../kernel/id.ts";
import { Refusal, refuse } from "../../kernel/refuse.ts";
import { bump, inTx, type Tx } from "../../kernel/tx.ts";
import { type CircleDeps, circleScope, ownScope, postScope } from "./deps.ts";
import type { House } from "./service.feed.ts";
import { mayEdit, speechRefusal } from "./service.rules.ts";
import { again, seen, shown } from "./service.see.ts";
import { checked, digestOfWords, sha256, usePhotos } from "./service.words.ts";
import * as store from "./store.ts";
import { type Post, photosOf, subjectOf } from "./view.ts";

type In<K extends keyof Contract["circle"]> = z.output<Contract["circle"][K]["input"]>;

type CasesOnly = Pick<CircleDeps, "cases">;

/** In the transaction of every change of a post: what is kept of its village, and of its author, is out of date. */
export const changed = (tx: Tx, row: Pick<store.PostRow, "id" | "village" | "author">): Promise<void> =>
  bump(tx, circleScope(row.village), postScope(row.id), ownScope(row.author));

/** NOT_A_VILLAGE, NO_SUCH_REGION, PHONE_FIRST or VERIFY_FIRST keep somebody from speaking here. */
export function needSpeech(ctx: Ctx, village: RegionCode): void {
  const word = speechRefusal(signedIn(ctx), village);
  if (word) throw refuse(word);
}

/** In office where one has any; who hides, or raises something, speaks as a villager. */
export const speaker = (writing: Writing, village: RegionCode, asVillager: boolean): By =>
  (asVillager ? null : writing.inOffice(village, "circle.cadres")) ?? writing.own;

/** The same key again gives the same post; with other words, KEY_REUSED. */
export async function post(house: House, ctx: Ctx, input: In<"post">): Promise<Post> {
  const { deps } = house;
  const { personId } = signedIn(ctx);
  await requireVillage(ctx.db, input.village);
  needSpeech(ctx, input.village);
  if (input.hideMe && !mayHideAuthor(input.kind)) throw refuse("BAD_INPUT", { details: { fields: ["hideMe"] } });
  const key = sha256(input.key);
  const { village, kind, audience = "village", hideMe = false } = input;
  const digest = digestOfWords(input, [village, kind, audience, hideMe]);
  const sent = (row: store.PostRow | undefined) => {
    if (!row || row.idemDigest !== digest) throw refuse("KEY_REUSED");
    return shown(house, ctx, row);
  };
  const before = await store.byKey(ctx.db.read, personId, key);
  if (before) return sent(before);
  const writing = await writingIn(ctx, village);
  const by = speaker(writing, village, isCaseKind(kind));
  const check = checked(deps, input);
  const at = ctx.clock.now();
  const row: store.PostRow = {
    id: newId(ctx.clock),
    village,
    author: personId,
    kind,
    audience,
    shelf: shelfOf(audience, check, false),
    caseId: null,
    state: "",
    hidden: hideMe ? 1 : 0,
    mark: by.mark,
    title: by.title,
    text: input.text,
    photos: "[]",
    place: input.place ?? null,
    checkState: check,
    refused: null,
    likes: 0,
    comments: 0,
    edits: 0,
    answer: null,
    createdAt: at,
    editedAt: null,
    deletedAt: null,
    idemKey: key,
    idemDigest: digest,
  };
  try {
    return shown(house, ctx, await inTx(ctx.db, (tx) => begin(deps, tx, ctx, row, input.photos ?? [], writing.own)));
  } catch (fault) {
    // The same act was sent twice at once, and the other one was first.
    if (!isDuplicate(fault)) throw fault;
    return sent(await store.byKey(ctx.db.read, personId, key));
  }
}

async function begin(deps: CircleDeps, tx: Tx, ctx: Ctx, row: store.PostRow, photos: readonly string[], own: By) {
  const used = await usePhotos(tx, row, photos, row.createdAt);
  const shows = { ...row, photos: JSON.stringify(used) };
  const whole = { ...shows, ...(await raisedBy(deps, tx, ctx.clock, shows, own)) };
  await store.insert(tx, whole);
  await changed(tx, whole);
  return whole;
}

/** A post of these kinds that others may see becomes a case, once, in the same transaction. */
export async function raisedBy(
  deps: CircleDeps,
  tx: Tx,
  clock: Clock,
  row: store.PostRow,
  by: By,
): Promise<Pick<store.PostRow, "caseId" | "state">> {
  const { caseId, state, village, author } = row;
  if (!isCaseKind(row.kind) || row.checkState !== "passed" || caseId !== null) return { caseId, state };
  const summary = [...row.text.replace(/\s+/g, " ")].slice(0, 80).join("");
  const photo = photosOf(row).length > 0;
  const raised = await raise(
    deps.cases,
    tx,
    clock,
    { subject: subjectOf(row.id), village, author, summary, photo },
    by,
  );
  return { caseId: raised.id, state: raised.state };
}

/** Within ten minutes, also when somebody has begun to handle it: what was there before is kept and can be read. */
export async function edit(house: House, ctx: Ctx, input: In<"edit">): Promise<Post> {
  const caller = signedIn(ctx);
  const key = sha256(input.key);
  const digest = digestOfWords(input);
  await inTx(ctx.db, async (tx) => {
    const row = seen(await store.lock(tx, input.id), caller);
    if (row.author !== caller.personId) throw refuse("NOT_ALLOWED");
    if (row.deletedAt !== null) throw refuse("POST_DELETED");
    const before = await store.textByKey(tx, row.id, key);
    if (before && before.idemDigest !== digest) throw refuse("KEY_REUSED");
    if (before) return;
    if (row.checkState === "refused") throw refuse("WRONG_STATE");
    const at = ctx.clock.now();
    if (!mayEdit(row, caller, at)) throw refuse("EDIT_TOO_LATE");
    // What waits for somebody to look goes on waiting, with its new words.
    const check = row.checkState === "passed" ? checked(house.deps, input) : row.checkState;
    const shelf = shelfOf(row.audience, check, false);
    const photos = await usePhotos(tx, { ...row, shelf }, input.photos ?? [], at);
    await store.insertText(tx, {
      post: row.id,
      version: row.edits + 1,
      text: row.text,
      photos: row.photos,
      place: row.place,
      replacedAt: at,
      idemKey: key,
      idemDigest: digest,
    });
    await store.update(tx, row.id, {
      text: input.text,
      photos: JSON.stringify(photos),
      place: input.place ?? null,
      checkState: check,
      shelf,
      edits: row.edits + 1,
      editedAt: at,
    });
    await changed(tx, row);
  });
  return again(house, ctx, input.id);
}

/** Leaves a tombstone. A case that nobody has begun ends with it; what is being handled stays with those who handle it. */
export async function remove(house: House, ctx: Ctx, { id }: In<"remove">): Promise<Post> {
  const caller = signedIn(ctx);
  await inTx(ctx.db, async (tx) => {
    const row = seen(await store.byId(tx, id), caller);
    if (row.author !== caller.personId) throw refuse("NOT_ALLOWED");
    if (row.deletedAt !== null) return;
    const mark = caller.villager.includes(row.village) ? "villager" : "none";
    await bury(house.deps, tx, ctx.clock, row, { caller, mark, title: null });
  });
  return again(house, ctx, id);
}

/** The case goes first: whoever handles it locks in the same order. */
export async function bury(deps: CasesOnly, tx: Tx, clock: Clock, row: store.PostRow, own: By): Promise<void> {
  const state = await withdrawn(deps, tx, clock, row, own);
  const at = clock.now();
  await store.update(tx, row.id, { deletedAt: at, shelf: 0, state });
  await showOnly(tx, { owner: subjectOf(row.id), ids: [], digests: [], at });
  await changed(tx, row);
}

async function withdrawn(deps: CasesOnly, tx: Tx, clock: Clock, row: store.PostRow, own: By) {
  if (row.caseId === null) return row.state;
  const file = await lockBySubject(tx, subjectOf(row.id));
  if (!file) return row.state;
  try {
    return (await move(deps.cases, tx, clock, file.id, { move: "withdraw" }, own)).row.state;
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault;
    return file.state;
  }
}
