import type { NoticeMove, NoticeState } from "@weimenhu/domain/notices/state";
import type { Tone } from "../../ui/mark.tsx";

export const stateNames: Record<NoticeState, { name: string; tone: Tone }> = {
  draft: { name: "草稿", tone: "still" },
  review: { name: "待审核", tone: "wait" },
  approved: { name: "待发布", tone: "wait" },
  scheduled: { name: "定时发布", tone: "info" },
  published: { name: "已发布", tone: "good" },
  withdrawn: { name: "已撤回", tone: "bad" },
};

/** Who has to act, said to those who cannot. */
export const waitsFor: Partial<Record<NoticeState, { by: readonly NoticeMove[]; words: string }>> = {
  draft: { by: ["submit"], words: "起草的人正在写，还没有提交审核。" },
  review: { by: ["approve"], words: "等另一位同事审核。自己写的不能自己审核。" },
  approved: { by: ["publish"], words: "等另一位同事发布。起草和审核的人不能发布。" },
};

type MoveWords = { label: string; ask: string; reason?: string; main?: true; danger?: true };
/** What each move is called, and what is asked before it is made. */
export const moveWords: Record<NoticeMove, MoveWords> = {
  submit: { label: "提交审核", ask: "提交后由另一位同事审核，审核前不能再改。", main: true },
  approve: { label: "审核通过", ask: "通过后由另一位同事发布。", reason: "审核意见（可不填）", main: true },
  return: { label: "退回修改", ask: "退回给起草人修改。", reason: "退回的理由", danger: true },
  publish: { label: "发布", ask: "发布后村民马上就能看到。", main: true },
  schedule: { label: "定时发布", ask: "到了时间自动发布。" },
  unschedule: { label: "取消定时", ask: "取消后回到待发布。" },
  revise: { label: "修改", ask: "修改期间村民看到的还是现在的内容，改好要重新审核。" },
  withdraw: { label: "撤回", ask: "撤回后村民看不到正文，只看到撤回的理由。", reason: "撤回的理由", danger: true },
  pin: { label: "置顶", ask: "置顶后排在最前面。" },
  unpin: { label: "取消置顶", ask: "取消后按时间排列。" },
};

const otherSteps: Record<string, string> = {
  draft: "起草",
  save: "修改保存",
  imported: "从来源转入",
  changed: "来源有改动",
  gone: "来源已撤下",
  back: "来源又有了",
};

/** What a step of a notice's history is called; the server may come to know steps that this desk does not. */
export const stepWords = (step: string): string =>
  step in moveWords ? moveWords[step as NoticeMove].label : (otherSteps[step] ?? "办理");
