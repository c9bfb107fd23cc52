/**
 * The life of a case (诉求): who may move it where. One table; the server obeys it, the clients show it. The same table serves
 * posts, appeals and applications; what they differ in is asked of the case (`author`, `photo`, `round`).
 */
export const caseStates = ["pending", "accepted", "handling", "confirming", "closed", "refused"] as const;
export type CaseState = (typeof caseStates)[number];

export const caseStateNames: Record<CaseState, string> = {
  pending: "待受理",
  accepted: "已受理",
  handling: "处理中",
  confirming: "待确认",
  closed: "已办结",
  refused: "不予受理",
};

/** How a closed case ended. Silence is never praise: a lapsed one is unrated. */
export const caseOutcomes = ["confirmed", "lapsed", "withdrawn"] as const;
export type CaseOutcome = (typeof caseOutcomes)[number];

/** Why a round began: the case was raised, its author was not content, or its handling was rated badly. */
export const roundKinds = ["first", "reopened", "rectify"] as const;
export type RoundKind = (typeof roundKinds)[number];

export const caseMoves = [
  "accept",
  "start",
  "note",
  "assign",
  "refuse",
  "transfer",
  "return",
  "pause",
  "resume",
  "askMore",
  "allowMore",
  "denyMore",
  "finish",
  "confirm",
  "reopen",
  "rate",
  "rateBadly",
  "withdraw",
  "lapse",
] as const;
export type CaseMove = (typeof caseMoves)[number];

/** Handler: cadres of the region that has the case. Upper: those of the region above it. */
export type CaseActor = "handler" | "upper" | "author" | "system";

export type CaseRule = {
  from: readonly CaseState[];
  to: CaseState | "same";
  actor: CaseActor;
  text?: true;
  /** Further conditions, each answered by its own word. */
  needs?: readonly CaseNeed[];
};

const open = ["pending", "accepted", "handling"] as const;
const taken = ["accepted", "handling"] as const;

export const caseTable: Record<CaseMove, CaseRule> = {
  accept: { from: ["pending"], to: "accepted", actor: "handler" },
  // The answer given most often is "at once": it takes the case up as well.
  start: { from: ["pending", "accepted"], to: "handling", actor: "handler", text: true },
  note: { from: ["handling"], to: "same", actor: "handler", text: true },
  assign: { from: open, to: "same", actor: "handler", needs: ["cadre"] },
  refuse: { from: ["pending", "accepted"], to: "refused", actor: "handler", text: true, needs: ["reason"] },
  transfer: { from: open, to: "pending", actor: "handler", text: true, needs: ["inVillage"] },
  return: { from: ["pending"], to: "pending", actor: "handler", text: true, needs: ["inTown", "notReturned"] },
  // Neither a pause nor more time makes good what is late already: the clock stays red, and so does the record.
  pause: { from: taken, to: "same", actor: "handler", text: true, needs: ["running", "notLate"] },
  resume: { from: taken, to: "same", actor: "handler", needs: ["paused"] },
  askMore: { from: taken, to: "same", actor: "handler", text: true, needs: ["notExtended", "notLate"] },
  allowMore: { from: taken, to: "same", actor: "upper", needs: ["moreAsked", "notLate", "askedByOther"] },
  denyMore: { from: taken, to: "same", actor: "upper", text: true, needs: ["moreAsked", "askedByOther"] },
  finish: { from: ["handling"], to: "confirming", actor: "handler", text: true, needs: ["running", "afterPhoto"] },
  confirm: { from: ["confirming"], to: "closed", actor: "author" },
  reopen: { from: ["confirming", "closed"], to: "pending", actor: "author", text: true, needs: ["inTime", "once"] },
  // A rating also says that the answer arrived; each handling has one. A bad one opens the case again, in words as any reopening,
  // after every answer. Without a rating a case is opened again once: of one that is opened again twice all can tell that some
  // answer was rated badly, which its author reads before giving the stars.
  // Cadres are villagers too: nobody rates their own work.
  rate: { from: ["confirming", "closed"], to: "closed", actor: "author", needs: ["inTime", "unrated", "othersWork"] },
  rateBadly: {
    from: ["confirming", "closed"],
    to: "pending",
    actor: "author",
    text: true,
    needs: ["inTime", "unrated", "othersWork"],
  },
  withdraw: { from: ["pending", "accepted"], to: "closed", actor: "author" },
  lapse: { from: ["confirming"], to: "closed", actor: "system", needs: ["silent"] },
};

export type CaseNeed =
  | "cadre"
  | "reason"
  | "inVillage"
  | "inTown"
  | "notReturned"
  | "running"
  | "paused"
  | "notExtended"
  | "notLate"
  | "moreAsked"
  | "afterPhoto"
  | "inTime"
  | "once"
  | "unrated"
  | "othersWork"
  | "askedByOther"
  | "silent";

/** Facts of a case that decide about its moves. Times in epoch milliseconds. */
export type CaseFacts = {
  state: CaseState;
  level: "village" | "town";
  round: RoundKind;
  /** Was it shown with photos? Then its end must be shown with one too. */
  photo: boolean;
  paused: boolean;
  extension: "none" | "asked" | "allowed" | "denied";
  /** When the step that runs is due; null while the clock stands still. */
  dueAt: number | null;
  /** Sent back from the town once already. */
  returned: boolean;
  /** Opened again before without a rating. */
  reopened: boolean;
  /** Has this round its rating? */
  rated: boolean;
  outcome: CaseOutcome | null;
  finishedAt: number | null;
  /** What the one who would move it has done in office in this round. */
  did: readonly CaseMove[];
};

/** What comes along with a move. */
export type CaseWords = {
  now: number;
  text?: string;
  reason?: RefusalReason;
  /** Is the person it goes to a cadre of the region that has the case? */
  cadre?: boolean;
  afterPhotos?: number;
};

export type CaseNo =
  | "NOT_ALLOWED"
  | "WRONG_STATE"
  | "TEXT_NEEDED"
  | "REASON_NEEDED"
  | "NOT_A_CADRE"
  | "NOT_HERE"
  | "RETURNED_BEFORE"
  | "PAUSED"
  | "NOT_PAUSED"
  | "EXTENDED_BEFORE"
  | "CASE_LATE"
  | "NOT_ASKED"
  | "AFTER_PHOTO_NEEDED"
  | "TOO_LATE"
  | "REOPENED_BEFORE"
  | "RATED_BEFORE"
  | "OWN_WORK"
  | "SAME_PERSON"
  | "TOO_EARLY";

/** Six reasons not to take a case up, each with the right way (as 12345 hotlines have them). */
export const refusalReasons = {
  emergency: "紧急情况，请马上拨打110、119、120或122",
  "in-procedure": "正在诉讼、仲裁、复议、信访或纪检程序中，请向该机关反映",
  duplicate: "同一件事已有办理结果，又没有新的情况；有新情况请补充后再反映",
  secret: "涉及国家秘密、商业秘密或他人隐私，请到镇政府当面反映",
  "not-public-duty": "不属于村镇职责，请向对应的单位反映",
  unlawful: "内容违法或违背公序良俗",
} as const;
export type RefusalReason = keyof typeof refusalReasons;

const dayMs = 86_400_000;
/** After the answer: the author may say that it is not solved, and silence closes. */
export const reopenDays = 14;
export const silenceDays = 7;

const since = (facts: CaseFacts, words: CaseWords): number => words.now - (facts.finishedAt ?? words.now);

const needs: Record<CaseNeed, { no: CaseNo; met: (facts: CaseFacts, words: CaseWords) => boolean }> = {
  cadre: { no: "NOT_A_CADRE", met: (_, words) => words.cadre === true },
  reason: { no: "REASON_NEEDED", met: (_, words) => words.reason !== undefined },
  inVillage: { no: "NOT_HERE", met: (facts) => facts.level === "village" },
  inTown: { no: "NOT_HERE", met: (facts) => facts.level === "town" },
  notReturned: { no: "RETURNED_BEFORE", met: (facts) => !facts.returned },
  running: { no: "PAUSED", met: (facts) => !facts.paused },
  paused: { no: "NOT_PAUSED", met: (facts) => facts.paused },
  notExtended: { no: "EXTENDED_BEFORE", met: (facts) => facts.extension === "none" },
  notLate: { no: "CASE_LATE", met: (facts, words) => facts.dueAt === null || words.now < facts.dueAt },
  moreAsked: { no: "NOT_ASKED", met: (facts) => facts.extension === "asked" },
  afterPhoto: { no: "AFTER_PHOTO_NEEDED", met: (facts, words) => !facts.photo || (words.afterPhotos ?? 0) > 0 },
  inTime: {
    no: "TOO_LATE",
    met: (facts, words) => facts.outcome !== "withdrawn" && since(facts, words) <= reopenDays * dayMs,
  },
  once: { no: "REOPENED_BEFORE", met: (facts) => !facts.reopened },
  unrated: { no: "RATED_BEFORE", met: (facts) => !facts.rated },
  othersWork: { no: "OWN_WORK", met: (facts) => facts.did.length === 0 },
  askedByOther: { no: "SAME_PERSON", met: (facts) => !facts.did.includes("askMore") },
  silent: { no: "TOO_EARLY", met: (facts, words) => since(facts, words) >= silenceDays * dayMs },
};

/** The state after the move, or the word that refuses it. */
export function moveCase(
  facts: CaseFacts,
  actors: readonly CaseActor[],
  move: CaseMove,
  words: CaseWords,
): { to: CaseState } | { no: CaseNo } {
  const rule = caseTable[move];
  if (!actors.includes(rule.actor)) return { no: "NOT_ALLOWED" };
  if (!rule.from.includes(facts.state)) return { no: "WRONG_STATE" };
  const unmet = rule.needs?.find((need) => !needs[need].met(facts, words));
  if (unmet) return { no: needs[unmet].no };
  if (rule.text && (words.text ?? "").trim() === "") return { no: "TEXT_NEEDED" };
  return { to: rule.to === "same" ? facts.state : rule.to };
}

/** Only moves that would be accepted now, given the words they ask for: what the clients show as buttons. */
export function allowedCaseMoves(facts: CaseFacts, actors: readonly CaseActor[], now: number): CaseMove[] {
  const words: CaseWords = { now, text: "-", reason: "duplicate", cadre: true, afterPhotos: 1 };
  return caseMoves.filter((move) => move !== "lapse" && "to" in moveCase(facts, actors, move, words));
}
