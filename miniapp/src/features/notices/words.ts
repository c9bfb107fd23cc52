import type { NoticeMove, NoticeState } from "@weimenhu/domain/notices/state";
import type { IconName } from "../../ui/icon.tsx";
import type { Tone } from "../../ui/words.tsx";

export const stateWords: Record<NoticeState, { word: string; tone: Tone; icon: IconName }> = {
  draft: { word: "草稿", tone: "plain", icon: "pencil" },
  review: { word: "待审核", tone: "rice", icon: "clock" },
  approved: { word: "待发布", tone: "rice", icon: "clock" },
  scheduled: { word: "定时发布", tone: "indigo", icon: "calendar-clock" },
  published: { word: "已发布", tone: "pine", icon: "circle-check" },
  withdrawn: { word: "已撤回", tone: "seal", icon: "undo-2" },
};

type MoveWords = {
  word: string;
  /** What the person is told before it is done. */
  ask: string;
  danger?: true;
  reason?: true;
  at?: true;
};

export const moveWords: Record<NoticeMove, MoveWords> = {
  submit: { word: "提交审核", ask: "交给别人审核。审核期间不能再改。" },
  return: { word: "退回修改", ask: "退给起草人修改，请写明要改什么。", reason: true },
  approve: { word: "审核通过", ask: "确认内容没有问题。您审核通过的，要由另一个人发布，您自己不能发布。" },
  publish: { word: "马上发布", ask: "发布后大家马上能看到。" },
  schedule: { word: "定时发布", ask: "到时间自动发布。", at: true },
  unschedule: { word: "取消定时", ask: "回到待发布。" },
  revise: { word: "修改重发", ask: "改成草稿，改好后重新审核发布；现在的版本继续显示。" },
  withdraw: { word: "撤回公告", ask: "撤回后大家看不到正文，只看到撤回的原因。", reason: true, danger: true },
  pin: { word: "置顶", ask: "排在公告的最前面。" },
  unpin: { word: "取消置顶", ask: "按时间排列。" },
};
