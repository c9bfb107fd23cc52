/** What people write into the village circle (为村), and who sees it. */
export const postKinds = {
  help: "求助",
  complaint: "投诉",
  oversight: "监督",
  suggestion: "建议",
  share: "分享",
  chat: "闲聊",
} as const;
export type PostKind = keyof typeof postKinds;
export const postKindKeys = Object.keys(postKinds) as [PostKind, ...PostKind[]];

/** These are handled: each becomes a case. */
export const isCaseKind = (kind: PostKind): boolean => kind === "help" || kind === "complaint" || kind === "oversight";
/** These may hide their author from the neighbours. */
export const mayHideAuthor = (kind: PostKind): boolean => kind === "complaint" || kind === "oversight";

export const audiences = { village: "全村可见", villagers: "认证村民可见", cadres: "仅村干部可见" } as const;
export type Audience = keyof typeof audiences;
export const audienceKeys = Object.keys(audiences) as [Audience, ...Audience[]];

export const postLimits = { text: 2_000, photos: 9, comment: 500, place: 60, editMs: 10 * 60_000 } as const;

/** On which shelf of its village a post lies: 0 not shown, then the wider audience first. */
export const shelves: Record<Audience, 1 | 2 | 3> = { village: 1, villagers: 2, cadres: 3 };
export const shelfOf = (audience: Audience, check: CheckState, deleted: boolean): 0 | 1 | 2 | 3 =>
  check === "passed" && !deleted ? shelves[audience] : 0;
/** The shelves from which somebody reads. Empty: neither follows the village nor belongs to it. */
export const shelvesFor = (viewer: Pick<Viewer, "follows" | "villager" | "cadre">): readonly (1 | 2 | 3)[] => {
  if (viewer.cadre) return [1, 2, 3];
  if (viewer.villager) return [1, 2];
  return viewer.follows ? [1] : [];
};

/** 审核: passed is shown to its audience; the others to the author and to those who check only. */
export const checkStates = ["checking", "held", "passed", "refused"] as const;
export type CheckState = (typeof checkStates)[number];

export type PostFacts = {
  author: string;
  audience: Audience;
  hidden: boolean;
  check: CheckState;
  deleted: boolean;
};

/** How the one who looks stands to the post's village. A cadre has a grant on it or above it. */
export type Viewer = {
  person: string | null;
  follows: boolean;
  villager: boolean;
  cadre: boolean;
  /** May look at what waits to be checked. */
  moderates: boolean;
  /** The viewer does not want to see this author. */
  blocked: boolean;
};

export type Sight = {
  /** Tombstone: that something stood here, and no word of it. */
  post: "whole" | "tombstone" | "nothing";
  author: "shown" | "hidden";
};

const nothing: Sight = { post: "nothing", author: "hidden" };

/**
 * The one place that decides what of a post somebody sees. Whoever hides is hidden from everybody, staff too: to learn the
 * name is an act of its own, and on the record.
 */
export function sightOf(post: PostFacts, viewer: Viewer): Sight {
  const own = viewer.person !== null && viewer.person === post.author;
  if (!own && !reaches(post, viewer)) return nothing;
  const author = post.hidden && !own ? "hidden" : "shown";
  return { post: post.deleted ? "tombstone" : "whole", author };
}

function reaches(post: PostFacts, viewer: Viewer): boolean {
  if (post.check !== "passed") return viewer.moderates && !post.deleted;
  if (viewer.blocked && !viewer.cadre) return false;
  switch (post.audience) {
    case "village":
      return viewer.follows || viewer.villager || viewer.cadre;
    case "villagers":
      return viewer.villager || viewer.cadre;
    case "cadres":
      return viewer.cadre;
  }
}

/** The beginning of a text on one line, of at most so many letters (not UTF-16 units), for lists and messages. */
export const firstWords = (text: string, most: number): string =>
  Array.from(text.replace(/\s+/g, " ")).slice(0, most).join("");
