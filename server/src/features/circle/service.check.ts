import { OutsideFault } from "@weimenhu/connectors/fault";
import type { CheckNo, Verdict } from "@weimenhu/connectors/ports";
import { checkFrom, type PartState, type RiskLabel, refusedBecause } from "@weimenhu/domain/circle/duty";
import { shelfOf } from "@weimenhu/domain/circle/post";
import type { Channel } from "@weimenhu/domain/identity/channel";
import { signedIn } from "../../kernel/caller.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Ctx } from "../../kernel/ctx.ts";
import { newId } from "../../kernel/id.ts";
import { enqueue } from "../../kernel/outbox.ts";
import type { Tx } from "../../kernel/tx.ts";
import type { CircleDeps } from "./deps.ts";
import type { Via } from "./schema.check.ts";
import { isToPost, renewAnswer } from "./service.answer.ts";
import { authorOf, changed, raisedBy } from "./service.raise.ts";
import { isStep, saidById, setStepCheck } from "./service.step.ts";
import { type Standing, tellComment, tellDecided } from "./service.tell.ts";
import { tellWaiting } from "./service.wait.ts";
import { showPhotos } from "./service.words.ts";
import * as kept from "./store.check.ts";
import { insertDecision } from "./store.queue.ts";
import * as store from "./store.ts";
import { photosOf } from "./view.ts";

export const checkJob = "circle.check";

/** What is known of one part before it is kept. `media`: one picture, or empty for the words. */
export type Part = { media: string; via: Via; state: PartState; label: RiskLabel };
export type Words = { text: string; place?: string | null | undefined };
type Checkers = CircleDeps["checkers"];

export const wordsIn = ({ text, place }: Words): string => (place ? `${text}\n${place}` : text);
const part = (via: Via, state: PartState, label: RiskLabel = "other"): Part => ({ media: "", via, state, label });

type Platform = "wechat" | "alipay";

/** The platform over which somebody writes, where its checker looks. */
export function platformFor(checkers: Checkers, channel: Channel): Platform | null {
  const via = channel === "weapp" ? "wechat" : channel === "alipay" ? "alipay" : null;
  return via && checkers[via] ? via : null;
}

/**
 * As whom a platform's checker is asked about what this person wrote. WeChat takes nothing of somebody whom it does not know
 * (who signed in by phone), however often it is asked: null. Alipay asks for no account: empty.
 */
export async function askedAs(
  { accountOf }: Pick<Checkers, "accountOf">,
  db: Ctx["db"],
  person: string,
  via: Platform,
): Promise<string | null> {
  return via === "wechat" ? accountOf(db, person, "wechat-mini") : ((await accountOf(db, person, "alipay")) ?? "");
}

/** A verdict as the state of a part. `not-active`: the platform will never tell, so a person looks. */
export const stateOf = (answer: Verdict | CheckNo): { state: PartState; label: RiskLabel } =>
  "no" in answer ? { state: "lost", label: "other" } : { state: answer.says, label: answer.label };

/**
 * Looks at words, before any transaction. The list goes first: what is on it waits for a person whatever a platform says. A
 * platform that gives no answer leaves them waiting, and one that does not know their writer leaves them to a person.
 */
export async function lookAtWords(deps: CircleDeps, ctx: Ctx, words: Words, what: "post" | "comment"): Promise<Part> {
  const text = wordsIn(words);
  if (deps.checkWords(text) === "held") return part("list", "review");
  const via = platformFor(deps.checkers, ctx.channel);
  const checker = via && deps.checkers[via];
  if (!checker) return part("list", "pass");
  const who = await askedAs(deps.checkers, ctx.db, signedIn(ctx).personId, via);
  if (who === null) return part(via, "lost");
  try {
    const { state, label } = stateOf(await checker.words({ text, who, what }));
    return part(via, state, label);
  } catch (fault) {
    if (!(fault instanceof OutsideFault)) throw fault;
    ctx.log.warn({ err: fault }, "words could not be checked yet");
    return part(via, "waiting");
  }
}

/** What is said in office stands at once: the list has let it pass, and the writer's platform looks afterwards. */
export function partInOffice({ checkers }: Pick<CircleDeps, "checkers">, { channel }: Pick<Ctx, "channel">): Part {
  const via = platformFor(checkers, channel);
  return via ? part(via, "waiting") : part("list", "pass");
}

/**
 * How pictures will be looked at: by the platform over which they came, whoever looked at the words, else by Alipay, which
 * asks for no account.
 */
export function pictureParts(
  checkers: Checkers,
  channel: Channel,
  ids: readonly string[],
  passed: ReadonlyMap<string, Via>,
) {
  const via = platformFor(checkers, channel) ?? (checkers.alipay ? "alipay" : null);
  return ids.map((media): Part => {
    const before = passed.get(media);
    if (before !== undefined) return { media, via: before, state: "pass", label: "other" };
    if (via) return { media, via, state: "waiting", label: "other" };
    return { media, via: "none", state: checkers.unseen === "shown" ? "pass" : "lost", label: "other" };
  });
}

/** Where something stands, and what its author reads when it was refused. */
export function outcomeOf(parts: readonly Pick<Part, "state" | "label">[]) {
  const check = checkFrom(parts.map(({ state }) => state));
  const label = parts.find(({ state }) => state === "risky")?.label ?? "other";
  return { check, label, refused: check === "refused" ? refusedBecause(label) : null };
}

/** `waits`: an earlier text of it waits for a person already. */
type About = { what: string; version: number; village: string; waits?: boolean };

/** What is known of each part, as it is kept. */
export function checkRows(clock: Clock, { what, version }: About, parts: readonly Part[]): kept.CheckRow[] {
  const at = clock.now();
  return parts.map((one) => ({
    id: newId(clock),
    what,
    version,
    ...one,
    trace: null,
    at,
    endedAt: one.state === "waiting" ? null : at,
  }));
}

/** Keeps what is known of each part; what waits is asked for after the commit, and again until there is an answer. */
export async function keepParts(tx: Tx, clock: Clock, about: About, parts: readonly Part[]): Promise<void> {
  const rows = checkRows(clock, about, parts);
  await kept.insertChecks(tx, rows);
  for (const { id, state } of rows)
    if (state === "waiting") await enqueue(tx, { kind: checkJob, key: id, region: about.village, payload: { id } });
  const { check, label, refused } = outcomeOf(parts);
  if (check === "held" && !about.waits) await tellHeld(tx, clock, about);
  if (refused !== null && check === "refused") await noteByMachine(tx, clock, about, label, refused);
}

/** Held again after somebody decided about it, it begins to wait once more. */
async function tellHeld(tx: Tx, clock: Clock, { what, version, village }: About): Promise<void> {
  const last = await kept.lastDecision(tx, what);
  await tellWaiting(tx, clock, { what, village, kind: "held", time: last ? `${version}:${last.at}` : version });
}

const noteByMachine = (tx: Tx, clock: Clock, { what, version, village }: About, label: RiskLabel, reason: string) =>
  insertDecision(tx, {
    id: newId(clock),
    village,
    what,
    version,
    pass: 0,
    reason,
    label,
    appeal: 0,
    decidedBy: null,
    at: clock.now(),
  });

/** Puts a locked post where a checker or a person decided; passed for the first time, it becomes its case. */
export async function setPostCheck(
  deps: Pick<CircleDeps, "cases">,
  tx: Tx,
  clock: Clock,
  row: store.PostRow,
  to: Standing,
): Promise<void> {
  const decided = { ...row, checkState: to.check, shelf: shelfOf(row.audience, to.check, false) };
  const { caseId, state } = await raisedBy(deps, tx, clock, decided, authorOf(row));
  await store.update(tx, row.id, { checkState: to.check, shelf: decided.shelf, refused: to.refused, caseId, state });
  await showPhotos(tx, decided, clock.now());
  await tellDecided(tx, clock, row, { ...to, what: row.id, version: row.edits, author: row.author });
  await changed(tx, row);
}

/** The same for a comment under a locked post: the counter goes with it. */
export async function setCommentCheck(
  tx: Tx,
  clock: Clock,
  row: store.PostRow,
  said: store.CommentRow,
  to: Standing,
): Promise<void> {
  if (isStep(said)) return setStepCheck(tx, clock, row, said, to);
  await store.updateComment(tx, said.id, { checkState: to.check, refused: to.refused });
  const [was, is] = [said.checkState === "passed", to.check === "passed"];
  if (was !== is) await store.countBy(tx, row.id, "comments", is ? 1 : -1);
  if (isToPost(said)) await renewAnswer(tx, row);
  if (is && !was && !(await wasShown(tx, said))) await tellComment(tx, clock, row, said);
  await tellDecided(tx, clock, row, { ...to, what: said.id, version: 0, author: said.author });
  await changed(tx, { id: row.id, village: row.village, author: said.author });
}

/** Taken down and put back, a comment is told of no more: it was when it was first shown. */
const wasShown = async (tx: Tx, { id, checkState }: store.CommentRow): Promise<boolean> =>
  checkState !== "checking" && (await kept.passedVersions(tx, id)).size > 0;

type Thing = { row: store.PostRow; said: store.CommentRow | null };

/** Shown before it was looked at, and taken back when fault is found: what office says. */
const standsMeanwhile = (said: store.CommentRow): boolean => said.mark === "official" && said.checkState === "passed";

/** A post, or what was said under it or with a step of its case, with the post; the post is locked. */
export async function lockThing(tx: Tx, id: string): Promise<Thing | null> {
  const found = await saidById(tx, id);
  const row = await store.lock(tx, found?.post ?? id);
  if (!row) return null;
  return { row, said: found ? ((await saidById(tx, id)) ?? null) : null };
}

/** Which of its texts stands, and whether an answer of a checker is still waited for. */
export const standsOf = ({ row, said }: Thing) => ({
  version: said ? 0 : row.edits,
  open: said
    ? said.deletedAt === null && (said.checkState === "checking" || standsMeanwhile(said))
    : row.deletedAt === null && row.checkState === "checking",
});

/**
 * Writes down what became known of one part, once, and moves its whole when nothing is waited for any more. An answer about
 * words that are gone, or about something that a person has decided or its author deleted, changes nothing.
 */
export async function settlePart(
  deps: CircleDeps,
  tx: Tx,
  clock: Clock,
  known: { id: string; what: string; state: PartState; label: RiskLabel },
): Promise<void> {
  const thing = await lockThing(tx, known.what);
  if (!(await kept.endCheck(tx, known.id, { state: known.state, label: known.label, at: clock.now() })) || !thing)
    return;
  const { version, open } = standsOf(thing);
  if (!open) return;
  if (thing.said && standsMeanwhile(thing.said)) return takeBack(tx, clock, thing.row, thing.said, known.state);
  const parts = await kept.partsOf(tx, known.what, version);
  const { check, label, refused } = outcomeOf(parts);
  if (check === "checking") return;
  const { row, said } = thing;
  if (said) await setCommentCheck(tx, clock, row, said, { check, refused });
  else await setPostCheck(deps, tx, clock, row, { check, refused });
  const about = { what: known.what, version, village: row.village };
  if (check === "held") await tellHeld(tx, clock, about);
  if (refused !== null) await noteByMachine(tx, clock, about, label, refused);
}

/** What was said in office goes to a person when a platform finds fault with it; without an answer it stands, by the list. */
async function takeBack(
  tx: Tx,
  clock: Clock,
  row: store.PostRow,
  said: store.CommentRow,
  state: PartState,
): Promise<void> {
  if (state !== "risky" && state !== "review") return;
  await setCommentCheck(tx, clock, row, said, { check: "held", refused: null });
  await tellHeld(tx, clock, { what: said.id, version: 0, village: row.village });
}

/** Of a post as it is kept: the address from which a platform fetches one of its pictures. */
export const pictureOf = (row: store.PostRow, media: string): string | null =>
  photosOf(row).find(({ id }) => id === media)?.url ?? null;
