import { type Day, dayMs, dayOf, startOf } from "../base/workday.ts";
import type { CheckState } from "../circle/post.ts";
import type { CaseClock } from "./clock.ts";
import {
  type CaseMove,
  type CaseOutcome,
  type CaseState,
  type RefusalReason,
  refusalReasons,
  silenceDays,
} from "./state.ts";

/** What a step of the record is called, as it stands beside the name of who did it. */
export const caseMoveNames: Record<CaseMove | "raise" | "escalate", string> = {
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
  escalate: "超期，已提醒镇里",
};

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

const stepNames = { accept: "受理", answer: "答复", close: "办结" } as const;

/** `11月25日`; the year where it is another than that of `now`. */
function dayWords(day: Day, now: number): string {
  const [year = "", month = "", date = ""] = day.split("-");
  const short = `${Number(month)}月${Number(date)}日`;
  return year === dayOf(now).slice(0, 4) ? short : `${year}年${short}`;
}

/** The clock in a plain sentence; how long it is overdue counts every day. `why`: the words with which it was stopped. */
export function clockWords({ state, outcome, reason, clock }: ToldCase, now: number, why = ""): ClockWords {
  const { step, dueAt, colour, left } = clock;
  if (state === "refused") return { word: "不予受理", sentence: reason ? refusalReasons[reason] : "没有受理" };
  if (outcome === "withdrawn") return { word: "已撤回", sentence: "发起人撤回了，不再办理" };
  if (state === "closed") return { word: "已办结", sentence: endWords(outcome) };
  if (colour === "done") return { word: "已答复", sentence: `等发起人确认，${silenceDays} 天没有回音自动办结` };
  if (colour === "paused") return { word: "暂停计时", sentence: why === "" ? "等一等，原因见办理经过" : why };
  const name = stepNames[step];
  // A deadline is the end of a day.
  const day = dayOf(dueAt - 1);
  const last = `${dayWords(day, now)}前${name}`;
  const away = Math.round((startOf(day) - startOf(dayOf(now))) / dayMs);
  if (colour === "red") {
    const sentence = away === 0 ? `刚刚超期，应在今天之内${name}` : `超期 ${-away} 天，应在 ${last}`;
    return { word: "已超期", sentence };
  }
  const word = colour === "yellow" ? "快到期" : "按时";
  if (away === 0) return { word, sentence: `今天之内${name}` };
  if (away === 1) return { word, sentence: `明天之内${name}` };
  return { word, sentence: `还剩 ${left} 个工作日，${last}` };
}

function endWords(outcome: CaseOutcome | null): string {
  if (outcome === "confirmed") return "发起人确认了";
  return `${silenceDays} 天没有回音，按未评价自动办结`;
}
