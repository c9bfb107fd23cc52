import { placeWords } from "../cases/level.ts";

/**
 * What a person is told (消息). A message names what happened, where, and the page to open; never who, and never what
 * somebody else wrote: the page itself asks who may see that.
 */
export const messageKinds = [
  "replied",
  "commented",
  "moved",
  "finished",
  "passed",
  "refused",
  "raised",
  "called",
  "assigned",
  "transferred",
  "reopened",
  "ratedBadly",
  "moreAsked",
  "moreAnswered",
  "red",
  "unverified",
  "toCheck",
  "reported",
  "appealed",
  "checkLate",
  "reportActed",
  "reportKept",
  "promoted",
  "hospitalSaid",
  "bookedFor",
  "cancelledFor",
  "mandateAsked",
  "mandateSaid",
  "mandateOver",
  "reminded",
] as const;
export type MessageKind = (typeof messageKinds)[number];

/** What the phone is asked for once and then spends one message of: how my own affair goes on, or work that waits. */
export const templates = ["progress", "duty"] as const;
export type TemplateName = (typeof templates)[number];
export const templateWords: Record<TemplateName, string> = { progress: "有答复时告诉我", duty: "有事要办时告诉我" };

/** How a person may be reached outside of the app. Text messages are for work only, and only to those in office. */
export const outsideWays = ["weapp", "alipay", "sms"] as const;
export type OutsideWay = (typeof outsideWays)[number];

type Rule = {
  /** Null: the inbox only. */
  template: TemplateName | null;
  /** Comes at night too. */
  alarm?: true;
  /** While it is unread, more of the same about the same thing only count up. */
  digest?: true;
  /** `{here}`: who has the case, `{above}`: those over them. */
  title: string;
  /** At most five letters: the vendors' field for a state holds no more. */
  state: string;
  /** What to do, or what to know. */
  line: string;
  /** Followed by the last day on which what is due is in time. */
  until?: true;
};

export const messageRules: Record<MessageKind, Rule> = {
  replied: {
    template: "progress",
    title: "{here}有了答复",
    state: "有了答复",
    line: "有了官方答复，点开看看",
  },
  commented: {
    template: null,
    digest: true,
    title: "有新评论",
    state: "有新评论",
    line: "有邻里在您参与的帖子下评论",
  },
  moved: { template: "progress", title: "您反映的事有进展", state: "有新进展", line: "点开看办到哪一步" },
  finished: {
    template: "progress",
    title: "请您确认办得怎么样",
    state: "待您确认",
    line: "{here}说办好了，请您看看满意不满意",
  },
  passed: { template: null, title: "您发的内容通过了审核", state: "审核通过", line: "已经发出去了，能看的人都看得到" },
  refused: { template: null, title: "您发的内容没有通过审核", state: "没有通过", line: "点开看原因，改好后可以再发" },
  raised: { template: "duty", title: "村民反映了一件事", state: "待受理", line: "请在 1 个工作日内受理" },
  called: { template: "duty", title: "有村民 @村里", state: "请去看看", line: "有村民请村里去看看、答复" },
  assigned: { template: "duty", title: "有一件事交给您办", state: "交给您办", line: "点开看期限和经过" },
  transferred: { template: "duty", title: "有一件事转到您这里", state: "转来办理", line: "由{here}来办", until: true },
  reopened: { template: "duty", title: "有一件事要重新办", state: "重新办理", line: "村民说还没有办好，请再看看" },
  // Of earlier builds. What a rating opened again reads as any reopening.
  ratedBadly: { template: "duty", title: "有一件事要重新办", state: "重新办理", line: "村民说还没有办好，请再看看" },
  moreAsked: { template: "duty", title: "有人申请延期", state: "待您批准", line: "请看理由，批准或不批准" },
  moreAnswered: { template: null, title: "延期申请有了答复", state: "延期答复", line: "点开看批没批准" },
  red: {
    template: "duty",
    alarm: true,
    title: "有一件事超过期限",
    state: "已超期",
    line: "{here}没有按时办，请{above}督办",
  },
  unverified: {
    template: null,
    title: "您的村民认证结束了",
    state: "认证结束",
    line: "点开看原因；还要做认证村民的，可以重新申请",
  },
  toCheck: {
    template: "duty",
    digest: true,
    title: "有内容等您审核",
    state: "等您审核",
    line: "没有看过之前，别人看不到；里面可能有要办的事",
  },
  reported: {
    template: "duty",
    digest: true,
    title: "有内容被举报",
    state: "被人举报",
    line: "请看看要不要让大家接着看到",
  },
  appealed: {
    template: "duty",
    digest: true,
    title: "有人申诉，请您再看一遍",
    state: "等您再看",
    line: "作者认为不该不让看，请您决定",
  },
  checkLate: {
    template: "duty",
    digest: true,
    title: "有内容等审核超过一个工作日",
    state: "等了很久",
    line: "村里还没有看，请镇里看看",
  },
  reportActed: { template: null, title: "您举报的内容已处理", state: "已处理", line: "现在大家看不到它了，谢谢您" },
  reportKept: { template: null, title: "您举报的内容看过了", state: "看过了", line: "没有发现问题，谢谢您留心" },
  promoted: {
    template: "progress",
    title: "排到名额，给您约上了",
    state: "约上了",
    line: "点开看时间；去不了请在 30 分钟里取消",
  },
  hospitalSaid: {
    template: "progress",
    title: "您的挂号有变化",
    state: "有变化",
    line: "点开看医院怎么说",
  },
  bookedFor: { template: "progress", title: "有人替您约好了", state: "约好了", line: "点开看时间、地点和要带的东西" },
  cancelledFor: { template: "progress", title: "替您约的取消了", state: "取消了", line: "这个预约已经取消，不用去了" },
  mandateAsked: {
    template: "progress",
    title: "有人请求替您办事",
    state: "待您同意",
    line: "点开看是谁；认识、愿意才同意",
  },
  mandateSaid: { template: "progress", title: "替办授权有了结果", state: "有了结果", line: "点开看能不能替他办" },
  mandateOver: { template: null, title: "替办授权结束了", state: "结束了", line: "点开看是哪一个" },
  // May come in the evening before or on the day, and says to nobody else what for.
  reminded: {
    template: "progress",
    title: "别忘了您的预约",
    state: "快到了",
    line: "点开看地点和要带的东西",
  },
};

/** A move of a case in words for whoever raised it; what is not here is nothing to tell. */
export const moveWords: Readonly<Record<string, { state: string; line: string; until?: true }>> = {
  accept: { state: "已受理", line: "{here}受理了", until: true },
  refuse: { state: "不予受理", line: "点开看原因，和该找哪里" },
  transfer: { state: "已转镇里", line: "转到镇里办理", until: true },
  return: { state: "退回村里", line: "镇里退回村里办理", until: true },
  pause: { state: "暂停办理", line: "点开看暂停的原因" },
  resume: { state: "恢复办理", line: "接着办了", until: true },
  allowMore: { state: "延长办理", line: "办理时间延长 5 个工作日", until: true },
  lapse: { state: "已办结", line: "7 天没有收到您的确认，已自动办结；您还可以评价" },
};

/**
 * What comes along with a message. `level`: who has the case; `none` where nobody in particular says it, and the village where
 * it is not told. `reads`: `county`, where the town has nobody to hear of it. `until`: the last day and what is due then (`11月30日（周一）答复`), `late` once that day is over: whoever has it
 * is asked to hurry, whoever waits is only told.
 */
const filled = (text: string, { level = "village", reads }: Told["words"]): string => {
  const { here, above } =
    level === "none" ? { here: "", above: "" } : placeWords(level === "town" ? "town" : "village");
  if (reads === "county") return text.replace("{here}", here).replace("{above}", placeWords("town").above);
  return text.replace("{here}", here).replace("{above}", above);
};
const untilWords = ({ until, late }: Told["words"], asks: boolean): string =>
  late ? `，已经超期${asks ? `，请尽快${late}` : ""}` : until ? `，最晚 ${until}` : "";

/** `what`: in a word what was raised, and `summary` its first words, for those who may read it. */
export type Told = { kind: MessageKind; count: number; words: Readonly<Record<string, string>> };

/** As the inbox shows it. `words.summary` is there only for whoever may read it. */
export function inboxWords({ kind, count, words }: Told): { title: string; text: string } {
  const rule = messageRules[kind];
  const moved = kind === "moved" ? moveWords[words["move"] ?? ""] : undefined;
  const said = moved ?? rule;
  const line = filled(said.line, words) + (said.until ? untilWords(words, !moved) : "");
  const counted = rule.digest && count > 1 ? `${line}（${count} 条）` : line;
  const summary = words["summary"];
  const what = kind === "raised" ? words["what"] : undefined;
  return {
    title: (what ? `村民${what}` : filled(rule.title, words)) + (moved ? `：${moved.state}` : ""),
    text: summary ? `关于“${summary}”：${counted}` : counted,
  };
}

/** As a locked screen may show it to anybody. */
export function outsideWords({ kind, words }: Told): { title: string; state: string } {
  const rule = messageRules[kind];
  const moved = kind === "moved" ? moveWords[words["move"] ?? ""] : undefined;
  return { title: filled(rule.title, words), state: moved?.state ?? rule.state };
}
