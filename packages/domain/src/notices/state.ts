/** The life of a notice: who may move it where. One table; the server obeys it, the clients show it. */
export const noticeStates = ["draft", "review", "approved", "scheduled", "published", "withdrawn"] as const;
export type NoticeState = (typeof noticeStates)[number];

export const noticeMoves = [
  "submit",
  "return",
  "approve",
  "publish",
  "schedule",
  "unschedule",
  "revise",
  "withdraw",
  "pin",
  "unpin",
] as const;
export type NoticeMove = (typeof noticeMoves)[number];

/** What a move needs beside the right state: a permission, words, a time, and not to be somebody who acted before. */
export type NoticeRule = {
  from: readonly NoticeState[];
  to: NoticeState | "same";
  permission: "notices.write" | "notices.review" | "notices.publish";
  reason?: true;
  at?: true;
  not?: readonly ("author" | "reviewer")[];
  /** Only the one who wrote it. */
  own?: true;
  /** Also from any other state while an earlier version is still shown: a mistake is taken back at once, also during its revision. */
  whilePublic?: true;
  /** Only one that stands on top (true), or only one that does not (false). */
  pinned?: boolean;
};

/** Three reviews (三审): the writer, the reviewer and the publisher are three people. */
export const noticeTable: Record<NoticeMove, NoticeRule> = {
  submit: { from: ["draft"], to: "review", permission: "notices.write", own: true },
  return: { from: ["review", "approved"], to: "draft", permission: "notices.review", reason: true, not: ["author"] },
  approve: { from: ["review"], to: "approved", permission: "notices.review", not: ["author"] },
  publish: { from: ["approved"], to: "published", permission: "notices.publish", not: ["author", "reviewer"] },
  schedule: {
    from: ["approved"],
    to: "scheduled",
    permission: "notices.publish",
    at: true,
    not: ["author", "reviewer"],
  },
  unschedule: { from: ["scheduled"], to: "approved", permission: "notices.publish" },
  revise: { from: ["published", "withdrawn"], to: "draft", permission: "notices.write" },
  withdraw: { from: ["published"], to: "withdrawn", permission: "notices.publish", reason: true, whilePublic: true },
  pin: { from: ["published"], to: "same", permission: "notices.publish", pinned: false },
  unpin: { from: ["published"], to: "same", permission: "notices.publish", pinned: true },
};

export type NoticeAsk = {
  state: NoticeState;
  author: string;
  /** Who wrote words that the working version may hold and nobody has let pass yet, beside its author. */
  alsoWrote?: string | null;
  reviewer: string | null;
  person: string;
  /** Is some version of it before the public now? */
  isPublic?: boolean;
  /** Does it stand on top of the lists? */
  pinned?: boolean;
  /** Does the person hold this permission on the notice's region? */
  holds: (permission: NoticeRule["permission"]) => boolean;
};

export type NoticeNo = "WRONG_STATE" | "NOT_ALLOWED" | "SAME_PERSON" | "REASON_NEEDED" | "TIME_NEEDED";

/** The state after the move, or the word that refuses it. */
export function moveNotice(
  ask: NoticeAsk,
  move: NoticeMove,
  words: { reason?: string; at?: number; now: number },
): { to: NoticeState } | { no: NoticeNo } {
  const rule = noticeTable[move];
  if (!ask.holds(rule.permission)) return { no: "NOT_ALLOWED" };
  const open = rule.from.includes(ask.state) || (rule.whilePublic === true && ask.isPublic === true);
  if (!open) return { no: "WRONG_STATE" };
  if (rule.pinned !== undefined && rule.pinned !== (ask.pinned ?? false)) return { no: "WRONG_STATE" };
  if (rule.own && ask.person !== ask.author) return { no: "NOT_ALLOWED" };
  const wrote = ask.person === ask.author || ask.person === ask.alsoWrote;
  if (rule.not?.includes("author") && wrote) return { no: "SAME_PERSON" };
  if (rule.not?.includes("reviewer") && ask.person === ask.reviewer) return { no: "SAME_PERSON" };
  if (rule.reason && (words.reason ?? "").trim() === "") return { no: "REASON_NEEDED" };
  if (rule.at && (words.at === undefined || words.at <= words.now)) return { no: "TIME_NEEDED" };
  return { to: rule.to === "same" ? ask.state : rule.to };
}

/** Only moves that would be accepted now: what the clients show as buttons. */
export function allowedMoves(ask: NoticeAsk): NoticeMove[] {
  const words = { reason: "-", at: 1, now: 0 };
  return noticeMoves.filter((move) => "to" in moveNotice(ask, move, words));
}

/** May the working text be changed? Only by its writer, and only while it is a draft. */
export function mayEdit(ask: NoticeAsk): boolean {
  return ask.state === "draft" && ask.person === ask.author && ask.holds("notices.write");
}
