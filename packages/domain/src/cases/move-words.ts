import type { CaseMove } from "./state.ts";

/**
 * Moves whose words are for whoever raised it, and stand beside the post as the answer. What offices say to each other (more
 * time, who does it) stands in the record alone.
 */
const toAuthor: readonly CaseMove[] = ["start", "accept", "note", "finish", "refuse", "transfer"];
export const speaksToAuthor = (move: CaseMove): boolean => toAuthor.includes(move);

/** Answers that are written in the box; the first that may be made is the usual one. */
export const answerMoves = ["start", "note", "finish", "accept"] as const;
export type AnswerMove = (typeof answerMoves)[number];

export const answerWords: Record<AnswerMove, { word: string; send: string; prefill: string; hint: string }> = {
  start: {
    word: "马上处理",
    send: "发送：马上处理",
    prefill: "已收到，我们马上处理。",
    hint: "发出后算作已受理、处理中，看得到原帖的人都看得到",
  },
  note: { word: "说说进展", send: "发送：处理进展", prefill: "", hint: "写做到哪一步了，看得到原帖的人都看得到" },
  finish: {
    word: "办好了",
    send: "发送：办好了",
    prefill: "",
    hint: "写怎么解决的，发出后请发起人确认，看得到原帖的人都看得到",
  },
  accept: {
    word: "先受理",
    send: "发送：先受理",
    prefill: "已受理，我们先了解情况。",
    hint: "还要先了解情况时用，答复的时间照样在走。看得到原帖的人都看得到",
  },
};

export type MoveWords = {
  word: string;
  /** What the person is told before it is done. */
  ask: string;
  /** The name of the words that go with it; without, none are asked for. */
  text?: string;
  danger?: true;
};

/** Moves that open a sheet of their own, in the order in which they are offered. */
export const sheetMoves = [
  "allowMore",
  "denyMore",
  "resume",
  "assign",
  "askMore",
  "pause",
  "transfer",
  "return",
  "refuse",
] as const;
export type SheetMove = (typeof sheetMoves)[number];

/** The record of a case is read by all who read what it is about. */
const seen = "看得到原帖的人都看得到。";

const sheetWords: Record<SheetMove, MoveWords> = {
  allowMore: { word: "同意延期", ask: `答复的期限延长 5 个工作日，${seen}` },
  denyMore: { word: "不同意延期", ask: `期限不变，请写明理由。理由${seen}`, text: "理由" },
  resume: { word: "继续计时", ask: "办理接着计时，暂停的时间不算在内。" },
  assign: { word: "交给别人办", ask: `选一位经办人，这件事会排到对方的待办里。谁交办的，${seen}` },
  askMore: {
    word: "申请延期",
    ask: `由上一级决定，同意后延长 5 个工作日。只能申请一次。写的理由${seen}`,
    text: "为什么办不完",
  },
  pause: { word: "暂停计时", ask: `等材料、等天气时用。暂停的原因，${seen}`, text: "为什么要等" },
  transfer: {
    word: "转给镇里",
    ask: `村里办不了的，转给镇里办理，期限不变。写的话是给发起人的答复，${seen}`,
    text: "为什么要转",
  },
  return: { word: "退回村里", ask: `退给村里办理，只能退一次。退的理由${seen}`, text: "为什么要退" },
  refuse: {
    word: "不予受理",
    ask: `选一个原因，写清楚该去哪里反映。${seen}`,
    text: "写给发起人的话",
    danger: true,
  },
};

const takenOver: MoveWords = {
  word: "由镇里来办",
  ask: `这件事由镇里接过来办理，期限不变。写的话是给发起人的答复，${seen}`,
  text: "为什么由镇里来办",
};

/** In the words of whoever does it. `fromAbove`: somebody in the town's office, of a case that the village has. */
export const sheetWordsFor = (move: SheetMove, fromAbove: boolean): MoveWords =>
  move === "transfer" && fromAbove ? takenOver : sheetWords[move];

export const isAnswer = (move: CaseMove): move is AnswerMove => (answerMoves as readonly CaseMove[]).includes(move);
