import type { CaseMove } from "@weimenhu/domain/cases/state";
import type { Audience, PostKind } from "@weimenhu/domain/circle/post";
import { audienceKeys, audiences, isCaseKind, postKindKeys, postKinds, postLimits } from "@weimenhu/domain/circle/post";
import type { Fault } from "../../fault.ts";
import type { Post } from "../../wire.ts";

const explained: Record<PostKind, string> = {
  help: "需要村里帮忙：路灯坏了、家里有难处",
  complaint: "有人或有事做得不对，请村里处理",
  oversight: "看看村里的钱、物、事办得公不公道",
  suggestion: "给村里出主意",
  share: "说说身边的好事、用得上的消息",
  chat: "随便聊聊",
};
export const kindChoices = postKindKeys.map((key) => ({ key, word: postKinds[key], under: explained[key] }));

const reach: Record<Audience, string> = {
  village: "关注本村的人都能看到",
  villagers: "只有本村的认证村民能看到",
  cadres: "只有您和村、镇、县的工作人员能看到",
};
export const audienceChoices = audienceKeys.map((key) => ({ key, word: audiences[key], under: reach[key] }));

/** What happens then, in one sentence. */
export const nextWords = (kind: PostKind): string | null =>
  isCaseKind(kind)
    ? "发出后自动交给村里办理：1 个工作日内受理，5 个工作日内答复。紧急情况请马上打 110、119、120"
    : null;

export const callWords = "@村里：请村干部来看";

/** What became of a post that was sent a moment ago; null where the page says it anyway. */
export function sentWords({ check, case: face }: Pick<Post, "check" | "case">): string | null {
  if (check === "passed") return face ? "已发布，村里已经收到" : "已发布";
  if (check === "checking") return "已经收到。自动审核一般几分钟，通过以后别人才能看到";
  return check === "held" ? "已经收到。要由工作人员看过，通过以后别人才能看到" : null;
}

/** Is something done about it? Then it is not to be raised once more. */
export const isHandled = (face: Post["case"]): boolean =>
  face !== null && face.state !== "closed" && face.state !== "refused";

/** What becomes of it when its author deletes it. */
export function deleteWords(face: Post["case"]): string {
  const hidden = "删除以后别人看不到内容，只看到“已删除”。";
  if (face === null || !isHandled(face)) return hidden;
  return face.may.includes("withdraw")
    ? `${hidden}这件事还没有开始处理，会一起撤回。`
    : `${hidden}这件事已经在办，照常办理：办结以前，经办的人还看得到开头几句和地点，您在“消息”里接着看得到办理经过。`;
}

const authorActs: readonly { moves: readonly CaseMove[]; word: string; alone: string }[] = [
  { moves: ["confirm"], word: "确认", alone: "确认办结" },
  { moves: ["rate", "rateBadly"], word: "评价", alone: "评价这次办理" },
  { moves: ["reopen"], word: "重开", alone: "还没解决（重开）" },
  { moves: ["withdraw"], word: "撤回", alone: "不用办了，撤回" },
];

/** The button from a post to its case, for whoever raised it: what can be done there now; null when nothing of an author's. */
export function authorActWords(may: readonly CaseMove[]): string | null {
  const acts = authorActs.filter(({ moves }) => moves.some((move) => may.includes(move)));
  const [first, ...others] = acts.map(({ word }) => word);
  const last = others.pop();
  if (first === undefined) return null;
  return last === undefined ? (acts[0]?.alone ?? first) : `${[first, ...others].join("、")}或${last}`;
}

export const lettersOf = (text: string): number => Array.from(text).length;

/** What is wrong with the words, and how to right it. */
export function textWrong(text: string): string | null {
  if (text.trim() === "") return "请写几句话";
  const over = lettersOf(text.trim()) - postLimits.text;
  return over > 0 ? `多写了 ${over} 个字，最多 ${postLimits.text} 个字` : null;
}

const partNames = { kind: "是什么事", text: "内容", photos: "照片", place: "在哪里" } as const;

/** For beside the button: which parts are not as they must be, in the order of the page. */
export const unfilledNames = (wrong: Partial<Record<keyof typeof partNames, string | null>>): string[] =>
  (["kind", "text", "photos", "place"] as const).flatMap((part) => (wrong[part] ? [partNames[part]] : []));

/** Which field a refusal is about. */
export function refusedField(fault: Fault | null): "text" | "photos" | "place" | null {
  if (fault?.kind !== "refused") return null;
  const { fields } = fault.details;
  const named = Array.isArray(fields) ? fields.map(String) : [];
  if (fault.word === "TEXT_NEEDED") return "text";
  return (["text", "place", "photos"] as const).find((field) => named.includes(field)) ?? null;
}
