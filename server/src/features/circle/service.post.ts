import type { Contract } from "@weimenhu/contract";
import type { RegionCode } from "@weimenhu/domain/base/region";
import { isCaseKind, mayHideAuthor, shelfOf } from "@weimenhu/domain/circle/post";
import type * as z from "zod/mini";
import { type By, lockBySubject, move, type Writing, writingIn } from "../../foundation/cases/index.ts";
import { asPerson } from "../../foundation/identity/index.ts";
import { showOnly } from "../../foundation/media/index.ts";
import { requireVillage } from "../../foundation/regions/index.ts";
import { signedIn } from "../../kernel/caller.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Ctx } from "../../kernel/ctx.ts";
import { isDuplicate } from "../../kernel/db-faults.ts";
import { sha256 } from "../../kernel/digest.ts";
import { newId } from "../../kernel/id.ts";
import { Refusal, refuse } from "../../kernel/refuse.ts";
import type { Tx } from "../../kernel/tx.ts";
import type { CircleDeps } from "./deps.ts";
import { keepParts, lookAtWords, outcomeOf, type Part, pictureParts } from "./service.check.ts";
import type { House } from "./service.feed.ts";
import { isPlain } from "./service.plain.ts";
import { authorOf, changed, raisedBy } from "./service.raise.ts";
import { mayEdit, speechRefusal } from "./service.rules.ts";
import { again, justWritten, seen, shown } from "./service.see.ts";
import { needConsent } from "./service.settings.ts";
import { digestOfWords, usePhotos } from "./service.words.ts";
import { passedPictures } from "./store.check.ts";
import * as store from "./store.ts";
import { type KeptPhoto, type Post, subjectOf } from "./view.ts";

type In<K extends keyof Contract["circle"]> = z.output<Contract["circle"][K]["input"]>;

type CasesOnly = Pick<CircleDeps, "cases">;

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
  await needConsent(deps, ctx, input.village);
  if (input.hideMe && !mayHideAuthor(input.kind)) throw refuse("BAD_INPUT", { details: { fields: ["hideMe"] } });
  const key = sha256(input.key);
  const { village, kind, audience = "village", hideMe = false, callVillage = false } = input;
  const digest = digestOfWords(input, [village, kind, audience, hideMe, ...(callVillage ? ["calls"] : [])]);
  const sent = (row: store.PostRow | undefined) => {
    if (!row || row.idemDigest !== digest) throw refuse("KEY_REUSED");
    return shown(house, ctx, row);
  };
  // Words alone: the row itself says whether the act came before. Photos would be claimed for a second post first.
  const before = input.photos?.length ? await store.byKey(ctx.db.read, personId, key) : undefined;
  if (before) return sent(before);
  const writing = await writingIn(ctx, village);
  const by = speaker(writing, village, isCaseKind(kind));
  const words = await lookAtWords(deps, ctx, input, "post");
  const parts = [words, ...pictureParts(deps.checkers, ctx.channel, [...new Set(input.photos ?? [])], new Map())];
  const { check, refused } = outcomeOf(parts);
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
    calls: callVillage ? 1 : 0,
    checkState: check,
    refused,
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
  const photos = input.photos ?? [];
  const alone = () => asPerson(ctx, (tx) => begin(deps, tx, ctx, row, { photos, parts, own: writing.own }));
  try {
    const kept = isPlain(row, photos, parts)
      ? await house.plain(ctx.db)({ row, parts, clock: ctx.clock, alone })
      : await alone();
    return await justWritten(house, ctx, kept);
  } catch (fault) {
    // The same act was sent twice at once, and the other one was first.
    if (!isDuplicate(fault)) throw fault;
    return sent(await store.byKey(ctx.db.read, personId, key));
  }
}

type Begun = { photos: readonly string[]; parts: readonly Part[]; own: By };

async function begin(deps: CircleDeps, tx: Tx, ctx: Ctx, row: store.PostRow, { photos, parts, own }: Begun) {
  const used = photos.length === 0 ? [] : await usePhotos(tx, row, photos, row.createdAt);
  const shows = { ...row, photos: JSON.stringify(used) };
  const whole = { ...shows, ...(await raisedBy(deps, tx, ctx.clock, shows, own)) };
  await store.insert(tx, whole);
  await keepParts(tx, ctx.clock, { what: row.id, version: 0, village: row.village }, parts);
  await changed(tx, whole);
  return whole;
}

/**
 * Within ten minutes, also when somebody has begun to handle it: what was there before is kept and can be read. The new words
 * and the new pictures are looked at like those of a new post; until then it is shown to its author only.
 */
export async function edit(house: House, ctx: Ctx, input: In<"edit">): Promise<Post> {
  const caller = signedIn(ctx);
  const key = sha256(input.key);
  const digest = digestOfWords(input);
  const first = seen(await store.byId(ctx.db.read, input.id), caller);
  if (first.author !== caller.personId) throw refuse("NOT_ALLOWED");
  const isSent = async (on: Tx | Ctx["db"]["read"]) => {
    const before = await store.textByKey(on, input.id, key);
    if (before && before.idemDigest !== digest) throw refuse("KEY_REUSED");
    return before !== undefined;
  };
  if (await isSent(ctx.db.read)) return again(house, ctx, input.id);
  mustBeEditable(first, ctx);
  needSpeech(ctx, first.village);
  await needConsent(house.deps, ctx, first.village);
  const words = await lookAtWords(house.deps, ctx, input, "post");
  await asPerson(ctx, async (tx) => {
    // The case goes first: whoever handles it locks in the same order.
    await lockBySubject(tx, subjectOf(input.id));
    const row = await store.lock(tx, input.id);
    if (!row || (await isSent(tx))) return;
    mustBeEditable(row, ctx);
    await replace(house.deps, tx, ctx, row, { input, words, key, digest });
  });
  return again(house, ctx, input.id);
}

function mustBeEditable(row: store.PostRow, ctx: Ctx): void {
  if (row.deletedAt !== null) throw refuse("POST_DELETED");
  if (row.checkState === "refused") throw refuse("WRONG_STATE");
  if (!mayEdit(row, signedIn(ctx), ctx.clock.now())) throw refuse("EDIT_TOO_LATE");
}

type Replacing = { input: In<"edit">; words: Part; key: string; digest: string };

async function replace(
  deps: CircleDeps,
  tx: Tx,
  ctx: Ctx,
  row: store.PostRow,
  { input, words, key, digest }: Replacing,
) {
  const at = ctx.clock.now();
  const version = row.edits + 1;
  const ids = [...new Set(input.photos ?? [])];
  const passed = new Map((await passedPictures(tx, row.id)).map(({ media, via }) => [media, via]));
  const parts = [words, ...pictureParts(deps.checkers, ctx.channel, ids, passed)];
  const found = outcomeOf(parts);
  // What waits for a person goes on waiting, with its new words.
  const check = row.checkState === "held" && found.check !== "refused" ? "held" : found.check;
  const shelf = shelfOf(row.audience, check, false);
  const photos: KeptPhoto[] = await usePhotos(tx, { ...row, shelf }, ids, at);
  await store.insertText(tx, {
    post: row.id,
    version,
    text: row.text,
    photos: row.photos,
    place: row.place,
    replacedAt: at,
    idemKey: key,
    idemDigest: digest,
  });
  const now = {
    ...row,
    text: input.text,
    photos: JSON.stringify(photos),
    place: input.place ?? null,
    checkState: check,
  };
  const { caseId, state } = await raisedBy(deps, tx, ctx.clock, now, authorOf(row));
  await store.update(tx, row.id, {
    text: now.text,
    photos: now.photos,
    place: now.place,
    checkState: check,
    caseId,
    state,
    refused: found.refused,
    shelf,
    edits: version,
    editedAt: at,
  });
  const waits = row.checkState === "held";
  await keepParts(tx, ctx.clock, { what: row.id, version, village: row.village, waits }, parts);
  await changed(tx, row);
}

/** Leaves a tombstone. A case that nobody has begun ends with it; what is being handled stays with those who handle it. */
export async function remove(house: House, ctx: Ctx, { id }: In<"remove">): Promise<Post> {
  const caller = signedIn(ctx);
  await asPerson(ctx, async (tx) => {
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
  await lockBySubject(tx, subjectOf(row.id));
  // As it is now: it may have passed, and become a case, since it was read.
  const now = await store.lock(tx, row.id);
  if (!now || now.deletedAt !== null) return;
  const state = await withdrawn(deps, tx, clock, now, own);
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
