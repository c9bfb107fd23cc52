import { expect, test } from "vitest";
import type { DeskNotice } from "../../wire.ts";
import { becameOf, standingOf as standing, writtenElsewhere } from "./earlier.ts";
import { bodyOf, saysOf, type Words } from "./words-body.ts";

const words = { title: "停水", category: "service" as const, body: bodyOf({ text: "明天停水", pictures: [] }) };
const others = { ...words, title: "修路" };
const noticeAs = (more: Partial<DeskNotice>): DeskNotice => ({
  ...words,
  id: "n1",
  region: "990101101201",
  regionName: "竹溪村",
  state: "draft",
  reach: "here",
  version: 1,
  publicVersion: null,
  pinned: false,
  author: "张芒种",
  reviewer: null,
  note: null,
  scheduledAt: null,
  publishedAt: null,
  changedAt: 0,
  may: [],
  attachments: [],
  ...more,
});
const begun = noticeAs({ may: ["submit", "edit"] });
const review = noticeAs({ state: "review" });
const returned = noticeAs({ may: ["submit", "edit"], note: "写清地点" });
const revised = noticeAs({ may: ["submit", "edit"], publishedAt: 1 });
const colleagues = noticeAs({ publishedAt: 1 });
const from = { id: "n1", version: 1 };
/** Nobody wrote in it since. */
const standingOf = (now: DeskNotice, typed: Words | null, changing: boolean) => standing(now, from, typed, changing);
/** The office is lost, and nobody ever saw the draft. */
const outOfOffice = noticeAs({});

test("words belong into a draft that nobody else had, whatever they say", () => {
  expect([words, others, null].map((one) => standingOf(begun, one, false))).toEqual(["open", "open", "open"]);
});

test("the same words are in what was handed in, wherever it went; other words, or words not all known, are apart", () => {
  for (const now of [review, returned, revised, colleagues]) {
    expect([words, others, null].map((one) => standingOf(now, one, false))).toEqual(["in", "apart", "apart"]);
  }
});

test("a draft that its writer may not change any more was not handed in, even if it says the same", () => {
  expect(standingOf(outOfOffice, words, false)).toBe("apart");
  expect(standingOf(outOfOffice, words, true)).toBe("apart");
});

test("who opened a notice to change it may go on when it came back, and not while others have it", () => {
  const now = [returned, revised, review, colleagues];
  expect(now.map((one) => standingOf(one, others, true))).toEqual(["open", "open", "apart", "apart"]);
  expect(standingOf(review, words, true)).toBe("in");
});

test("what only the desk can write is never replaced unasked, even under the same letters", () => {
  const linked = [{ t: "p" as const, c: [{ t: "a" as const, href: "https://example.com/", v: "明天停水" }] }];
  const now = noticeAs({ may: ["submit", "edit"], version: 2, body: linked });
  expect(writtenElsewhere(now, { ...from, sent: saysOf(words) }, words)).toBe(true);
  expect(standing(now, { ...from, sent: saysOf(words) }, words, false)).toBe("apart");
});

const elsewhere = noticeAs({
  may: ["submit", "edit"],
  version: 2,
  body: bodyOf({ text: "在电脑上写的", pictures: [] }),
});

test("words never replace by themselves what was written in their draft elsewhere, be it opened to be changed or not", () => {
  for (const changing of [false, true]) {
    expect([words, others, null].map((one) => standing(elsewhere, from, one, changing))).toEqual(
      Array(3).fill("apart"),
    );
  }
  expect(standing(noticeAs({ ...elsewhere, note: "写清地点" }), from, others, true)).toBe("apart");
});

test("a newer version that says what was sent from here, or what stands here, was written nowhere else", () => {
  const arrived = noticeAs({ may: ["submit", "edit"], version: 2 });
  expect(standing(arrived, { ...from, sent: saysOf(words) }, others, false)).toBe("open");
  expect(standing(arrived, { ...from, sent: saysOf(words) }, null, false)).toBe("open");
  expect(standing(arrived, from, words, false)).toBe("open");
  expect(writtenElsewhere(arrived, from, others)).toBe(true);
  expect(writtenElsewhere(arrived, { ...from, version: 2 }, others)).toBe(false);
});

test("what became of it is said in words", () => {
  const all = [
    review,
    noticeAs({ state: "published" }),
    noticeAs({ state: "withdrawn" }),
    returned,
    revised,
    colleagues,
    begun,
  ];
  expect(all.map(becameOf)).toEqual([
    "已经提交审核了",
    "已经发布了",
    "发布后又撤回了",
    "提交后被退回了，意见：写清地点",
    "发布过，正在改",
    "现在不归您改了",
    "还没有交",
  ]);
});
