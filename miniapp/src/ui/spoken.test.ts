import { expect, test } from "vitest";
import type { CaseFace, CaseStep, Post, PostComment, PostWriter, WholeCase } from "../wire.ts";
import { spokenCase, spokenPost, spokenTime } from "./spoken.ts";

const at = (clock: string, day = "2026-11-20") => Date.parse(`${day}T${clock}:00+08:00`);
const now = at("12:00");
const person = (name: string, more: Partial<PostWriter> = {}): PostWriter => ({
  name,
  mark: "villager",
  title: null,
  hidden: false,
  mine: false,
  ...more,
});
const office = person("李立冬", { mark: "official", title: "竹溪村书记" });
const face: CaseFace = {
  id: "c",
  state: "handling",
  level: "village",
  round: "first",
  clock: { step: "answer", dueAt: at("00:00", "2026-11-28"), colour: "green", left: 5, provisional: false },
  outcome: null,
  reason: null,
  stars: null,
  may: [],
};
const step = (move: CaseStep["move"], clock: string, text: string, more: Partial<CaseStep> = {}): CaseStep => ({
  id: `${move}${clock}`,
  at: at(clock),
  move,
  by: office,
  text,
  photos: [],
  withheld: false,
  check: "passed",
  refused: null,
  appeal: null,
  reason: null,
  ...more,
});
const comment = (id: string, name: string, text: string, more: Partial<PostComment> = {}): PostComment => ({
  id,
  at: at("11:00"),
  by: person(name),
  under: null,
  text,
  deleted: false,
  check: "passed",
  refused: null,
  may: [],
  ...more,
});
const photo = { url: "", small: "", width: 1, height: 1 };
const steps = [step("raise", "09:30", ""), step("start", "09:42", "已收到，我们马上处理。", { photos: [photo] })];
const post: Post = {
  id: "p",
  village: "990101101201",
  villageName: "竹溪村",
  kind: "help",
  audience: "village",
  at: at("09:30"),
  by: person("王小雨"),
  text: "村口的垃圾堆了三天",
  photos: [photo, photo],
  place: "二组老槐树旁",
  edited: false,
  deleted: false,
  check: "passed",
  refused: null,
  likes: 0,
  liked: false,
  comments: 3,
  answer: { at: at("09:42"), by: office, text: "已收到，我们马上处理。", photos: [], move: "start", reason: null },
  case: face,
  may: [],
  steps,
  discussion: [
    comment("1", "陈老二", "我家门口也有"),
    comment("2", "赵大", "下午我也去帮忙"),
    comment("3", "王小雨", "谢谢", { under: "1", by: person("王小雨", { mine: true }) }),
  ],
  more: null,
};

test("a post is read with its handling, and then what was said under it, in the order of the page", () => {
  expect(spokenPost(post, now).split("\n")).toEqual([
    "王小雨11月20日上午9点30分在竹溪村发的求助。",
    "村口的垃圾堆了三天。",
    "地点：二组老槐树旁。",
    "有2张照片。",
    "办理情况：处理中，按时，还剩 5 个工作日，最晚 11月27日（周五）答复。",
    "办理经过。",
    "11月20日上午9点42分，竹溪村书记李立冬开始处理。",
    "已收到，我们马上处理。",
    "有1张照片。",
    "大家的评论。",
    "陈老二说：我家门口也有。",
    "您回复：谢谢。",
    "赵大说：下午我也去帮忙。",
  ]);
});

test("an answer that stands in no step is read, and one that does is read once", () => {
  const told = spokenPost({ ...post, case: null, steps: [] }, now);
  expect(told).toContain("竹溪村书记李立冬11月20日上午9点42分答复。\n已收到，我们马上处理。");
  expect(spokenPost(post, now).match(/马上处理/g)).toHaveLength(1);
});

test("what is not shown is not read: a tombstone, a withheld step, the talk under a post that is looked at", () => {
  expect(spokenPost({ ...post, deleted: true }, now)).toBe("这条内容已删除。");
  const gone = comment("9", "赵大", "", { deleted: true });
  expect(spokenPost({ ...post, discussion: [gone] }, now)).not.toContain("评论");
  expect(spokenPost({ ...post, check: "held" }, now)).not.toContain("陈老二");
  const withheld = step("reopen", "10:00", "", { by: person("匿名村民"), withheld: true, check: "held" });
  const words = spokenPost({ ...post, steps: [...steps, withheld] }, now);
  expect(words).toContain("匿名村民还没解决，重开。\n文字和照片审核中，通过后显示。");
});

test("one's own words say what became of the look at them, and who hides is told that neighbours do not see the name", () => {
  const own = person("王小雨", { mine: true, hidden: true });
  const words = spokenPost({ ...post, by: own, check: "refused", refused: "像广告" }, now);
  expect(words).toContain("您11月20日上午9点30分在竹溪村发的求助，邻居看不到您的名字。");
  expect(words).toContain("没有通过审核，别人看不到。原因：像广告。");
});

test("a case is read from what was raised to its last step, with the words that stopped its clock", () => {
  const paused = step("pause", "10:00", "等挖机进村");
  const file: WholeCase = {
    ...face,
    clock: { ...face.clock, colour: "paused" },
    subject: "post:p",
    village: post.village,
    villageName: "竹溪村",
    summary: "村口的垃圾",
    picture: null,
    raisedAt: post.at,
    assignee: "周清明",
    waitsForMe: false,
    moreAsked: false,
    steps: [...steps, paused],
    ratings: [],
  };
  const words = spokenCase(file, post, now);
  expect(words.indexOf("村口的垃圾堆了三天")).toBeLessThan(words.indexOf("暂停计时，等挖机进村"));
  expect(words).toContain("经办人周清明。");
  expect(words.endsWith("竹溪村书记李立冬暂停计时。\n等挖机进村。")).toBe(true);
  expect(spokenCase(file, null, now).startsWith("村口的垃圾。")).toBe(true);
});

test("times are said as people say them", () => {
  const told = (clock: string, day?: string) => spokenTime(at(clock, day), now);
  expect(["00:05", "09:30", "12:00", "13:00", "18:45"].map((clock) => told(clock))).toEqual([
    "11月20日凌晨0点5分",
    "11月20日上午9点30分",
    "11月20日中午12点",
    "11月20日下午1点",
    "11月20日晚上6点45分",
  ]);
  expect(told("09:00", "2025-01-02")).toBe("2025年1月2日上午9点");
});
