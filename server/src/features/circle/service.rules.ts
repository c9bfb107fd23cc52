import { parentOf, type RegionCode } from "@weimenhu/domain/base/region";
import {
  type PostFacts,
  postLimits,
  type Sight,
  shelves,
  shelvesFor,
  sightOf,
  type Viewer,
} from "@weimenhu/domain/circle/post";
import { type Caller, hasPermission } from "@weimenhu/domain/permissions";
import { sha256 } from "../../kernel/digest.ts";
import type { Reach } from "./store.feed.ts";
import type { CommentRow, PostRow } from "./store.ts";

/** An office counts only after the second factor: without it a cadre sees what neighbours see. */
const holds = (caller: Caller, permission: Parameters<typeof hasPermission>[1], village: RegionCode): boolean =>
  caller.strong && hasPermission(caller, permission, village);

export const isCadre = (caller: Caller, village: RegionCode): boolean => holds(caller, "circle.cadres", village);
export const handles = (caller: Caller, village: RegionCode): boolean => holds(caller, "cases.handle", village);
export const moderates = (caller: Caller, village: RegionCode): boolean => holds(caller, "circle.moderate", village);

/**
 * Staff above the village only: a complaint may be about its own office, whatever that is called. Of the village itself nobody
 * unmasks.
 */
export const unmasks = (caller: Caller, village: RegionCode): boolean => {
  const above = parentOf(village);
  return above !== null && holds(caller, "circle.unmask", above);
};

/** How the one who looks stands to a village; `blocked` is a matter of each post. */
export const viewerIn = (caller: Caller, village: RegionCode): Viewer => ({
  person: caller.personId,
  follows: caller.follows.includes(village),
  villager: caller.villager.includes(village),
  cadre: isCadre(caller, village),
  moderates: moderates(caller, village),
  blocked: false,
});

export const reachIn = (caller: Caller, village: RegionCode): Reach => ({
  village,
  shelves: shelvesFor(viewerIn(caller, village)),
});

/** Everything that `followed` puts together: villages that one follows and those that one belongs to. */
export const reachesOf = (caller: Caller): Reach[] =>
  [...new Set([...caller.follows, ...caller.villager])].sort().map((village) => reachIn(caller, village));

/** What keeps somebody from speaking in this village, or null. */
export function speechRefusal(caller: Caller, village: RegionCode): "PHONE_FIRST" | "VERIFY_FIRST" | null {
  if (!caller.phoneVerified) return "PHONE_FIRST";
  return caller.villager.includes(village) || isCadre(caller, village) ? null : "VERIFY_FIRST";
}

/**
 * Blocking a post whose author hides blocks that post and nothing else, and blocking a person leaves the hidden posts of that
 * person where they are: else what disappears would tell who hides.
 */
export const blockKey = (row: Pick<PostRow, "id" | "author" | "hidden">): string =>
  row.hidden === 1 ? row.id : row.author;

/** Names a line of the list of those whom one does not see, to nobody but the one whose list it is: ids of people stay here. */
export const lineOf = (person: string, blocked: string): string => sha256(`${person} ${blocked}`);

/** May everybody have the photos of this post? They lie open only while the whole village reads it, and its author too. */
export const isOpen = (row: Pick<PostRow, "shelf" | "hidden">): boolean =>
  row.shelf === shelves.village && row.hidden === 0;

export const factsOf = (row: PostRow): PostFacts => ({
  author: row.author,
  audience: row.audience,
  hidden: row.hidden === 1,
  check: row.checkState,
  deleted: row.deletedAt !== null,
});

export const sightFor = (row: PostRow, caller: Caller, blocked?: ReadonlySet<string>): Sight =>
  sightOf(factsOf(row), { ...viewerIn(caller, row.village), blocked: blocked?.has(blockKey(row)) ?? false });

/** Does the writer of this comment hide, as the author of the post does? What is said in office is never hidden. */
export const hidesIn = (post: PostRow, comment: Pick<CommentRow, "author" | "mark">): boolean =>
  post.hidden === 1 && comment.author === post.author && comment.mark !== "official";

export const seesComment = (
  post: PostRow,
  comment: CommentRow,
  caller: Caller,
  blocked: ReadonlySet<string>,
): boolean => {
  if (comment.author === caller.personId) return true;
  if (comment.checkState !== "passed") return moderates(caller, post.village);
  const hidden = hidesIn(post, comment);
  return isCadre(caller, post.village) || !blocked.has(hidden ? post.id : comment.author);
};

export const mayEdit = (row: PostRow, caller: Caller, now: number): boolean =>
  row.author === caller.personId &&
  row.deletedAt === null &&
  row.checkState !== "refused" &&
  now - row.createdAt <= postLimits.editMs;
