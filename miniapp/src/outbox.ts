import type { RefusalWord } from "@weimenhu/contract/refusals";
import type { Audience, PostKind } from "@weimenhu/domain/circle/post";
import { create } from "zustand";
import type { Fault } from "./fault.ts";
import { mine, whoIsHere } from "./mine.ts";
import { now } from "./platform/clock.ts";
import { dropPictures } from "./platform/keep-picture.ts";

/** A photo of a post: chosen, perhaps kept as a file on the phone, perhaps with the server already (`media`). */
export type PostPhoto = { key: string; ref: string | null; name: string; bytes: number; media: string | null };

/** A post as it was written. `key` makes it one post, however often it is sent. */
export type WrittenPost = {
  key: string;
  village: string;
  villageName: string;
  kind: PostKind | null;
  audience: Audience;
  hideMe: boolean;
  /** @村里 */
  callVillage?: boolean;
  text: string;
  place: string;
  photos: PostPhoto[];
  /** Of what changes a post that stands: until when it may be changed. */
  until?: number;
};

/** A post that waits for its turn. `refused`, `word`: the server said no, and why; such a one waits for its author. */
export type WaitingPost = WrittenPost & {
  kind: PostKind;
  at: number;
  refused: string | null;
  word?: RefusalWord | null;
};

type Sending = {
  items: WaitingPost[];
  /** The one that is being sent now, and how far its photos are. */
  now: { key: string; photo: number; of: number; share: number } | null;
  /** Why the last try did not end. */
  fault: Fault | null;
};

/** What waits here, for the pages that show it. */
export const useOutbox = create<Sending>(() => ({ items: [], now: null, fault: null }));

const isWritten = (value: unknown): value is WrittenPost =>
  typeof value === "object" && value !== null && "key" in value && "photos" in value && Array.isArray(value.photos);
const isWaiting = (value: unknown): value is WaitingPost => isWritten(value) && "at" in value && "refused" in value;

/** What this person's phone still has to send, oldest first. */
export function waitingPosts(of: string | null): WaitingPost[] {
  const found = of === null ? null : mine.get("outbox", of);
  return Array.isArray(found) ? found.filter(isWaiting) : [];
}

/** Shows what is kept for the person who is here; called whenever that changes. */
export const readOutbox = (): void => useOutbox.setState({ items: waitingPosts(whoIsHere()) });

function keepAll(of: string, items: WaitingPost[]): boolean {
  const kept = items.length === 0 ? (mine.remove("outbox", of), true) : mine.set("outbox", items, of);
  if (of === whoIsHere()) useOutbox.setState({ items });
  return kept;
}

/** Puts a post into the queue, or anew in its place. False: the phone has no room to keep it. */
export function putInOutbox(of: string, post: WaitingPost): boolean {
  const others = waitingPosts(of);
  const at = others.findIndex(({ key }) => key === post.key);
  return keepAll(of, at < 0 ? [...others, post] : others.map((one) => (one.key === post.key ? post : one)));
}

export function takeFromOutbox(of: string, key: string): void {
  keepAll(
    of,
    waitingPosts(of).filter((one) => one.key !== key),
  );
}

/** What was typed and not handed in yet, by the slot it was typed in: `new`, or the key of a post that was refused. */
export type Drafts = Record<string, WrittenPost>;
/** The oldest go first. */
const mostDrafts = 5;

export function postDrafts(of: string | null): Drafts {
  const kept = of === null ? null : mine.get("typed-post", of);
  const lines = typeof kept === "object" && kept !== null ? Object.entries(kept) : [];
  return Object.fromEntries(lines.filter((line): line is [string, WrittenPost] => isWritten(line[1])));
}

export function keepDraft(of: string, slot: string, draft: WrittenPost | null): void {
  const { [slot]: _old, ...others } = postDrafts(of);
  const kept = Object.entries(others).slice(draft === null ? 0 : 1 - mostDrafts);
  const all = draft === null ? kept : [...kept, [slot, draft] as const];
  if (all.length === 0) mine.remove("typed-post", of);
  else mine.set("typed-post", Object.fromEntries(all), of);
}

/** At the start, when nothing is in hand: changes that came too late go, and photos that neither a waiting post nor a draft of this person has any more are taken off the phone. */
export function sweepPictures(of: string): void {
  for (const [slot, { until }] of Object.entries(postDrafts(of)))
    if (until !== undefined && until < now()) keepDraft(of, slot, null);
  const posts = [...waitingPosts(of), ...Object.values(postDrafts(of))];
  dropPictures(
    of,
    posts.flatMap(({ photos }) => photos.flatMap(({ ref }) => ref ?? [])),
  );
}
