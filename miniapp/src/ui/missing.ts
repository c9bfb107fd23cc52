import type { RefusalWord } from "@weimenhu/contract/refusals";
import type { Fault } from "../fault.ts";
import { type Target, to } from "../platform/navigate.ts";

/** A button that leads on. */
export type Way = { words: string; to: Target };

type Missing = {
  /** The address does not say which one: cut while it was copied, or mistyped. */
  cut: string;
  /** It says one that is not there, or not for this person; which of the two is nobody's to know. */
  gone: string;
  way: Way;
};

const talk: Way = { words: "看大家说的话", to: to("circle") };

/** What a page is about, and what to say when its address leads to none. */
const missing = {
  notice: {
    cut: "链接可能不完整，打不开公告。请从公告列表里点开",
    gone: "没有找到这条公告，可能已经删除。请到公告列表里看看",
    way: { words: "看公告", to: to("notices") },
  },
  deskNotice: {
    cut: "链接可能不完整，打不开公告。请从“待我处理的公告”里点开",
    gone: "没有找到这条公告，或者不归您处理。请到“待我处理的公告”里看看",
    way: { words: "看待我处理的公告", to: to("desk") },
  },
  post: {
    cut: "链接可能不完整，打不开这条内容。请到“为村”里点开",
    gone: "没有找到这条内容：可能已经删除，或者只有本村的人能看。关注这个村以后，请到“为村”里看看",
    way: talk,
  },
  case: {
    cut: "链接可能不完整，打不开办理经过。请到“为村”里，从那条内容点开",
    gone: "没有找到这件事，或者不是您反映的。大家反映的事和办理进度，在“为村”里看",
    way: talk,
  },
  deskCase: {
    cut: "链接可能不完整，打不开办理经过。请从“处理村民诉求”里点开",
    gone: "没有找到这件事，或者不归您处理。请到“处理村民诉求”里看看",
    way: { words: "看村民诉求", to: to("cases") },
  },
  village: {
    cut: "链接可能不完整，不知道是哪个村。请重新选一个村",
    gone: "没有找到这个村。请重新选一个村",
    way: { words: "选一个村", to: to("region") },
  },
  villageNotices: {
    cut: "链接可能不完整，不知道是哪个村的公告。请从全县的公告里找",
    gone: "没有找到这个村。请从全县的公告里找",
    way: { words: "看全县的公告", to: to("notices", { region: "all" }) },
  },
  document: {
    cut: "链接不对，没有这份说明。各种说明都在“设置”里",
    gone: "没有这份说明。各种说明都在“设置”里",
    way: { words: "去设置里看", to: to("settings") },
  },
  villageTalk: {
    cut: "链接可能不完整，不知道是哪个村。请到“为村”里看",
    gone: "没有找到这个村。请到“为村”里看",
    way: talk,
  },
  offer: {
    cut: "链接可能不完整，不知道要约什么。请从“预约”里点开",
    gone: "没有找到这一项，可能已经停办。请到“预约”里看看",
    way: { words: "看可以预约的", to: to("offers") },
  },
  ticket: {
    cut: "链接可能不完整，打不开预约凭证。请从“我的预约”里点开",
    gone: "没有找到这个预约，或者不是您的。请到“我的预约”里看看",
    way: { words: "看我的预约", to: to("tickets") },
  },
} as const satisfies Record<string, Missing>;

export type About = keyof typeof missing;

const goneWords: readonly RefusalWord[] = ["NOT_FOUND", "NO_SUCH_REGION", "NOT_A_VILLAGE"];

/** What an address says that nothing can be asked with. */
export const cutShort: Fault = { kind: "refused", word: "BAD_INPUT", zh: "链接可能不完整", details: {} };

/** What is wrong with the address of a page about this, and where to go; null when that is not what went wrong. */
export function missingAt(about: About | undefined, fault: Fault): { words: string; way: Way } | null {
  if (about === undefined || fault.kind !== "refused") return null;
  const { cut, gone, way } = missing[about];
  if (fault.word === "BAD_INPUT") return { words: cut, way };
  return goneWords.includes(fault.word) ? { words: gone, way } : null;
}

/** Refusals that asking once more may lift: it was too much at once, or something of ours stood still. */
const passing: readonly RefusalWord[] = [
  "BUSY",
  "OUTSIDE_DOWN",
  "INTERNAL",
  "TOO_MANY",
  "FILE_UNCHECKED",
  "CURSOR_BAD",
  "WRONG_STATE",
  "STALE_VERSION",
];

/** Is there any use in asking the same again? */
export const mayPass = (fault: Fault): boolean => fault.kind !== "refused" || passing.includes(fault.word);
