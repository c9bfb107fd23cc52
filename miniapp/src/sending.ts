import type { Fault } from "./fault.ts";
import { isWord } from "./fault.ts";
import { outdate } from "./hooks/kept.ts";
import { whoIsHere } from "./mine.ts";
import type { PostPhoto, WaitingPost, WrittenPost } from "./outbox.ts";
import {
  keepDraft,
  postDrafts,
  putInOutbox,
  readOutbox,
  sweepPictures,
  takeFromOutbox,
  useOutbox,
  waitingPosts,
} from "./outbox.ts";
import { newKey } from "./platform/id.ts";
import { dropThese, keptPicture } from "./platform/keep-picture.ts";
import { whenOnline } from "./platform/network.ts";
import { type Picked, type Progress, sendPicture } from "./platform/pictures.ts";
import { act, ask, callHeaders, faultIn } from "./rpc.ts";
import { useSession } from "./session.ts";
import { readUpload } from "./upload.ts";
import type { Post } from "./wire.ts";

/** What became of a post: it stands · the server refused it · it waits and goes out later. */
export type Sent = { post: Post } | { refused: Fault } | { later: Fault | null };

/** Pictures chosen in this sitting: these need not be read from the phone again. */
const atHand = new Map<string, Picked>();
export const holdPicture = (key: string, picked: Picked): void => void atHand.set(key, picked);
export const pictureAtHand = (key: string): Picked | null => atHand.get(key) ?? null;

const underWay = new Map<string, Promise<{ media: string } | { fault: Fault }>>();
const lost: Fault = { kind: "broken", zh: "这张照片在手机上找不到了，请移除后重新添加" };

/** Sends one photo, once however many ask for it: its key makes a second try harmless. */
export function sendPhoto(photo: PostPhoto, onProgress: Progress): Promise<{ media: string } | { fault: Fault }> {
  if (photo.media !== null) return Promise.resolve({ media: photo.media });
  const started = underWay.get(photo.key);
  if (started) return started;
  const sending = (async () => {
    const { ref, name, bytes, key } = photo;
    const picked = atHand.get(key) ?? (ref === null ? null : await keptPicture(ref, name, bytes));
    if (!picked) return { fault: lost };
    const answer = await readUpload(sendPicture(picked, key, callHeaders(), onProgress).sent);
    return "url" in answer ? { media: answer.id } : { fault: answer.fault };
  })().finally(() => underWay.delete(photo.key));
  underWay.set(photo.key, sending);
  return sending;
}

/** The server's word about the post itself; everything else (the way to it, a crowd, a session that ended) passes. */
const passing = [
  "SIGN_IN_FIRST",
  "OTHER_PERSON",
  "CLIENT_TOO_OLD",
  "TOO_MANY",
  "BUSY",
  "OUTSIDE_DOWN",
  "INTERNAL",
] as const;
const isFinal = (fault: Fault): boolean =>
  fault === lost || (fault.kind === "refused" && !passing.some((word) => isWord(fault, word)));

const fieldsOf = (fault: Fault): string[] =>
  fault.kind === "refused" && Array.isArray(fault.details.fields) ? fault.details.fields.map(String) : [];

/** The photos went to the server so long ago that it has swept them away: each is sent once more, as another. */
const photosGone = (fault: Fault, post: WaitingPost): boolean =>
  isWord(fault, "BAD_INPUT") && fieldsOf(fault).includes("photos") && post.photos.some(({ ref }) => ref !== null);

/** On the site another tab may have signed in as somebody else: its session would be the one that is used. */
async function stillHere(of: string): Promise<boolean> {
  const { me } = await ask("account.me", {});
  return me?.id === of && whoIsHere() === of;
}

/** With its photos sent; or what keeps the first of them from it, named by its number when that is for its writer to mend. */
async function sendPhotos(
  of: string,
  start: WaitingPost,
): Promise<WaitingPost | { refused: Fault } | { later: Fault }> {
  let post = start;
  for (const [i, photo] of start.photos.entries()) {
    const show = (sent: number, total: number) =>
      useOutbox.setState({
        now: { key: post.key, photo: i + 1, of: post.photos.length, share: total > 0 ? sent / total : 0 },
      });
    if (photo.media === null) show(0, 0);
    const answer = await sendPhoto(photo, show);
    if ("fault" in answer) {
      const { fault } = answer;
      return isFinal(fault) ? { refused: { ...fault, zh: `照片 ${i + 1}：${fault.zh}` } } : { later: fault };
    }
    post = { ...post, photos: post.photos.map((one) => (one.key === photo.key ? { ...one, ...answer } : one)) };
    // Taken back meanwhile, or left behind by signing out, it stays so.
    if (photo.media === null && waits(of, post)) putInOutbox(of, post);
  }
  return post;
}

const waits = (of: string, { key }: WaitingPost): boolean => waitingPosts(of).some((one) => one.key === key);

async function sendOne(of: string, waiting: WaitingPost, again = true): Promise<Sent> {
  const kept = waits(of, waiting);
  const post = await sendPhotos(of, waiting);
  if (whoIsHere() !== of || (kept && !waits(of, waiting))) return { later: null };
  if (!("key" in post)) return post;
  const { key, village, kind, audience, hideMe, callVillage, text, place, photos } = post;
  try {
    const sent = await act("circle.post", {
      key,
      village,
      kind,
      audience,
      hideMe,
      ...(callVillage ? { callVillage } : {}),
      text,
      ...(place === "" ? {} : { place }),
      photos: photos.flatMap(({ media }) => media ?? []),
    });
    return { post: sent };
  } catch (error) {
    const fault = faultIn(error);
    if (again && photosGone(fault, post)) {
      const anew = photos.map((one) => ({ ...one, key: newKey(), media: null }));
      for (const [i, one] of anew.entries()) {
        const picked = atHand.get(photos[i]?.key ?? "");
        if (picked) atHand.set(one.key, picked);
      }
      const whole = { ...post, photos: anew };
      if (waits(of, post)) putInOutbox(of, whole);
      return sendOne(of, whole, false);
    }
    return isFinal(fault) ? { refused: fault } : { later: fault };
  }
}

const refsOf = ({ photos }: WaitingPost): string[] => photos.flatMap(({ ref }) => ref ?? []);

function settle(of: string, waiting: WaitingPost, sent: Sent): void {
  if ("later" in sent) return;
  if ("post" in sent) {
    takeFromOutbox(of, waiting.key);
    dropThese(refsOf(waiting));
    outdate("circle.");
    return;
  }
  const now = waitingPosts(of).find(({ key }) => key === waiting.key);
  const { refused } = sent;
  const word = refused.kind === "refused" ? refused.word : null;
  if (now) putInOutbox(of, { ...now, refused: refused.zh, word });
}

const laterMs = 30_000;
let trying = false;

/** The network is there and did not carry it, or the server is busy: once more in a while. */
function tryLater(): void {
  if (trying) return;
  trying = true;
  setTimeout(() => {
    trying = false;
    void sendWaiting();
  }, laterMs);
}

/** Every post that waits, oldest first, until one must go on waiting. What became of each, by its key. */
async function drain(): Promise<Map<string, Sent>> {
  const outcomes = new Map<string, Sent>();
  const of = whoIsHere();
  if (of === null || waitingPosts(of).length === 0) return outcomes;
  try {
    if (!(await stillHere(of))) return outcomes;
    for (;;) {
      const next = waitingPosts(of).find(({ key, refused }) => refused === null && !outcomes.has(key));
      if (!next || whoIsHere() !== of) break;
      useOutbox.setState({ now: { key: next.key, photo: 0, of: next.photos.length, share: 0 }, fault: null });
      const sent = await sendOne(of, next);
      outcomes.set(next.key, sent);
      settle(of, next, sent);
      if ("later" in sent) {
        useOutbox.setState({ fault: sent.later });
        if (sent.later && sent.later.kind !== "offline") tryLater();
        break;
      }
    }
  } catch (error) {
    useOutbox.setState({ fault: faultIn(error) });
  } finally {
    useOutbox.setState({ now: null });
  }
  return outcomes;
}

let running: Promise<Map<string, Sent>> = Promise.resolve(new Map());

/** Sends what waits. One after another, also when it is asked for twice. */
export function sendWaiting(): Promise<Map<string, Sent>> {
  running = running.then(drain, drain);
  return running;
}

const written = ({ village, kind, audience, hideMe, callVillage, text, place, photos }: WrittenPost): string =>
  JSON.stringify([village, kind, audience, hideMe, callVillage === true, text, place, photos.map(({ key }) => key)]);

/** What was refused until its writer agrees to the privacy text of now goes out as it is, unless it is being changed. */
export function sendAgreed(): void {
  const of = whoIsHere();
  if (of === null) return;
  const drafts = postDrafts(of);
  for (const post of waitingPosts(of)) {
    if (post.refused === null || post.word !== "CONSENT_FIRST") continue;
    const draft = drafts[post.key];
    if (draft && written(draft) !== written(post)) continue;
    keepDraft(of, post.key, null);
    putInOutbox(of, { ...post, refused: null });
  }
  void sendWaiting();
}

/** Hands a post in: it is kept first, so that nothing is lost whatever happens next. */
export async function handIn(of: string, post: WaitingPost): Promise<Sent> {
  if (!putInOutbox(of, post)) return sendUnkept(of, post);
  const outcomes = await sendWaiting();
  return outcomes.get(post.key) ?? { later: useOutbox.getState().fault };
}

const full: Fault = { kind: "broken", zh: "没有发出去，手机也存不下了。请清理一些空间，再点“发布”" };

/** Without room on the phone it goes out now or not at all: the form then still has the words. */
async function sendUnkept(of: string, post: WaitingPost): Promise<Sent> {
  const sent = await sendOne(of, post).finally(() => useOutbox.setState({ now: null }));
  return "later" in sent ? { refused: sent.later ?? full } : sent;
}

/** Takes a post back: it is not sent any more. */
export function takeBack(of: string, post: WaitingPost): void {
  takeFromOutbox(of, post.key);
  dropThese(refsOf(post));
  // It may have been under way: those after it go on.
  void sendWaiting();
}

/** Called once: what waits goes out when somebody is here again, or a network is. */
export function watchSending(): void {
  const here = whoIsHere();
  if (here !== null) sweepPictures(here);
  readOutbox();
  let before = useSession.getState().state;
  useSession.subscribe(({ state }) => {
    if (state === before) return;
    before = state;
    readOutbox();
    if (state === "in") void sendWaiting();
  });
  whenOnline(() => void sendWaiting());
}
