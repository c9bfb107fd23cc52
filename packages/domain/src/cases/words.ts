import { dayMs, dayOf, startOf, weekdayOf } from "../base/workday.ts";
import type { CheckState } from "../circle/post.ts";
import type { CaseClock } from "./clock.ts";
import { type CaseLevel, levelsOf, placeWords } from "./level.ts";
import {
  type CaseMove,
  type CaseOutcome,
  type CaseState,
  type RefusalReason,
  refusalReasons,
  silenceDays,
} from "./state.ts";

/** What a step of a village's record is called; `stepNames` has it as the record goes on. */
const caseMoveNames: Record<CaseMove | "raise" | "escalate", string> = {
  raise: "提出",
  accept: "受理",
  start: "开始处理",
  note: "处理进展",
  assign: "指派经办人",
  refuse: "不予受理",
  transfer: "转镇里",
  return: "退回村里",
  pause: "暂停计时",
  resume: "继续计时",
  askMore: "申请延期",
  allowMore: "同意延期",
  denyMore: "不同意延期",
  finish: "办好答复",
  confirm: "确认办结",
  reopen: "还没解决，重开",
  rate: "评价",
  rateBadly: "评价不满意，重新办理",
  withdraw: "撤回",
  lapse: "没有回音，自动办结",
  escalate: "超期",
};

/** What each step of a whole record is called, as it stands beside the name of who did it. */
export function stepNames(steps: readonly { move: CaseMove | "raise" | "escalate" }[]): string[] {
  const levels = levelsOf(steps);
  return steps.map(({ move }, at) =>
    move === "escalate" ? `超期，已提醒${placeWords(levels[at] ?? "village").above}` : caseMoveNames[move],
  );
}

/** More time was asked for: by whom, and who decides. */
export function moreWords(level: CaseLevel): string {
  const { here, above } = placeWords(level);
  return `${here}申请延期，等${above}决定`;
}

const looks: Record<CheckState, { others: string; own: string } | null> = {
  checking: { others: "文字和照片审核中，通过后显示。", own: "审核中，别人还看不到。" },
  held: { others: "文字和照片审核中，通过后显示。", own: "审核中，别人还看不到。" },
  refused: { others: "文字和照片没有通过审核，不显示。", own: "没有通过审核，别人看不到。" },
  passed: null,
};

/** Stands in place of the words and photos of a step, or beside them for whoever said them; null when all see them. */
export const stepCheckWords = ({ check, withheld }: { check: CheckState; withheld: boolean }): string | null =>
  looks[check]?.[withheld ? "others" : "own"] ?? null;

/** The six reasons in a few letters; the whole sentence with the right way is in `refusalReasons`. */
export const refusalNames: Record<RefusalReason, string> = {
  emergency: "紧急情况",
  "in-procedure": "已在法定程序中",
  duplicate: "重复反映",
  secret: "涉及秘密或隐私",
  "not-public-duty": "不属于村镇职责",
  unlawful: "内容违法",
};

/** A case as far as its clock is told in words. */
export type ToldCase = {
  state: CaseState;
  outcome: CaseOutcome | null;
  reason: RefusalReason | null;
  clock: CaseClock;
};

/** `word`: how it stands, in two to four letters. `sentence`: what that means, with the day. */
export type ClockWords = { word: string; sentence: string };

/** The words with which a clock was stopped last; empty when nobody stopped it. */
export const pauseWords = (steps: readonly { move: string; text: string }[]): string =>
  [...steps].reverse().find(({ move }) => move === "pause")?.text ?? "";

/** What is due by the clock, in a word. */
export const dueNames = { accept: "受理", answer: "答复", close: "办结" } as const;

/** The last day on which something is in time: `11月25日（周三）`; the year where it is another than that of `now`. */
export function lastDayWords(dueAt: number, now: number): string {
  // A deadline is the end of a day.
  const day = dayOf(dueAt - 1);
  const [year = "", month = "", date = ""] = day.split("-");
  const short = `${Number(month)}月${Number(date)}日（周${weekdays[weekdayOf(day)]}）`;
  return year === dayOf(now).slice(0, 4) ? short : `${year}年${short}`;
}
const weekdays = [..."日一二三四五六"];

/** `why`: the words with which the clock was stopped; `mine`: whoever raised it reads this. */
type Reader = { why?: string; mine?: boolean };

/** The clock in a plain sentence; how long it is overdue counts every day. */
export function clockWords(told: ToldCase, now: number, { why = "", mine = false }: Reader = {}): ClockWords {
  const { state, outcome, reason, clock } = told;
  const { step, dueAt, colour, left } = clock;
  const author = mine ? "您" : "发起人";
  if (state === "refused") return { word: "不予受理", sentence: reason ? refusalReasons[reason] : "没有受理" };
  if (outcome === "withdrawn") return { word: "已撤回", sentence: `${author}撤回了，不再办理` };
  if (state === "closed") return { word: "已办结", sentence: endWords(outcome, author) };
  if (colour === "done") return { word: "已答复", sentence: `等${author}确认，${silenceDays} 天没有回音自动办结` };
  if (colour === "paused") return { word: "暂停计时", sentence: why === "" ? "等一等，原因见办理经过" : why };
  const name = dueNames[step];
  const last = `${lastDayWords(dueAt, now)}${name}`;
  const away = Math.round((startOf(dayOf(dueAt - 1)) - startOf(dayOf(now))) / dayMs);
  if (colour === "red") {
    const sentence = away === 0 ? `刚刚超期，应在今天之内${name}` : `超期 ${-away} 天，最晚应在 ${last}`;
    return { word: "已超期", sentence };
  }
  const word = colour === "yellow" ? "快到期" : "按时";
  if (away === 0) return { word, sentence: `今天之内${name}` };
  if (away === 1) return { word, sentence: `明天之内${name}` };
  return { word, sentence: `还剩 ${left} 个工作日，最晚 ${last}` };
}

function endWords(outcome: CaseOutcome | null, author: string): string {
  if (outcome === "confirmed") return `${author}确认了`;
  return `${silenceDays} 天没有回音，按未评价自动办结`;
}
