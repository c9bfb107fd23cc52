import { describe, expect, test } from "vitest";
import { allowedMoves, mayEdit, moveNotice, type NoticeAsk, noticeMoves, noticeStates, noticeTable } from "./state.ts";

const ask = (more: Partial<NoticeAsk> = {}): NoticeAsk => ({
  state: "draft",
  author: "A",
  reviewer: null,
  person: "A",
  holds: () => true,
  ...more,
});
const words = { now: 1000, reason: "错别字", at: 2000 };

describe("three people for one notice", () => {
  test("who wrote it neither reviews nor publishes it", () => {
    expect(moveNotice(ask({ state: "review" }), "approve", words)).toEqual({ no: "SAME_PERSON" });
    expect(moveNotice(ask({ state: "approved", reviewer: "B" }), "publish", words)).toEqual({ no: "SAME_PERSON" });
    expect(moveNotice(ask({ state: "approved", reviewer: "B" }), "schedule", words)).toEqual({ no: "SAME_PERSON" });
  });
  test("who wrote what it carries on neither reviews nor publishes it", () => {
    const carried = { person: "B", alsoWrote: "B" };
    expect(moveNotice(ask({ state: "review", ...carried }), "approve", words)).toEqual({ no: "SAME_PERSON" });
    expect(moveNotice(ask({ state: "approved", reviewer: "C", ...carried }), "publish", words)).toEqual({
      no: "SAME_PERSON",
    });
  });
  test("who reviewed it does not publish it", () => {
    expect(moveNotice(ask({ state: "approved", person: "B", reviewer: "B" }), "publish", words)).toEqual({
      no: "SAME_PERSON",
    });
    expect(moveNotice(ask({ state: "approved", person: "C", reviewer: "B" }), "publish", words)).toEqual({
      to: "published",
    });
  });
  test("only its writer hands a draft in", () => {
    expect(moveNotice(ask({ person: "B" }), "submit", words)).toEqual({ no: "NOT_ALLOWED" });
    expect(moveNotice(ask(), "submit", words)).toEqual({ to: "review" });
  });
});

test("without the permission on the region nothing moves, from any state", () => {
  for (const state of noticeStates)
    for (const move of noticeMoves)
      expect(moveNotice(ask({ state, person: "Z", holds: () => false }), move, words)).toEqual({ no: "NOT_ALLOWED" });
});

test("a move from a state that the table does not list is refused", () => {
  for (const move of noticeMoves)
    for (const state of noticeStates) {
      const { own, pinned = false } = noticeTable[move];
      const to = moveNotice(ask({ state, pinned, person: own ? "A" : "Z" }), move, words);
      expect("to" in to).toBe(noticeTable[move].from.includes(state));
    }
});

test("a reason and a time to come are demanded where the table says so", () => {
  expect(moveNotice(ask({ state: "published" }), "withdraw", { now: 1, reason: "  " })).toEqual({
    no: "REASON_NEEDED",
  });
  expect(moveNotice(ask({ state: "approved", person: "C" }), "schedule", { now: 1000, at: 1000 })).toEqual({
    no: "TIME_NEEDED",
  });
});

test("the buttons shown are exactly the moves that would be accepted", () => {
  for (const [state, pinned] of noticeStates.flatMap((state) =>
    [true, false].map((pinned) => [state, pinned] as const),
  ))
    for (const person of ["A", "B", "C"]) {
      const asked = ask({ state, person, reviewer: "B", pinned });
      const accepted = noticeMoves.filter((move) => "to" in moveNotice(asked, move, words));
      expect(allowedMoves(asked)).toEqual(accepted);
    }
});

test("only what does not stand on top is pinned, and only what does is taken down from there", () => {
  const published = { state: "published", person: "C" } as const;
  expect(allowedMoves(ask({ ...published, pinned: false }))).toEqual(["revise", "withdraw", "pin"]);
  expect(allowedMoves(ask({ ...published, pinned: true }))).toEqual(["revise", "withdraw", "unpin"]);
  expect(moveNotice(ask({ ...published, pinned: true }), "pin", words)).toEqual({ no: "WRONG_STATE" });
  expect(moveNotice(ask(published), "unpin", words)).toEqual({ no: "WRONG_STATE" });
});

test("a text is changed by its writer, and only while it is a draft", () => {
  expect(mayEdit(ask())).toBe(true);
  expect(mayEdit(ask({ person: "B" }))).toBe(false);
  expect(mayEdit(ask({ state: "review" }))).toBe(false);
});

test("what the public still sees is withdrawn at once, also while its revision is being written or reviewed", () => {
  for (const state of ["draft", "review", "approved", "scheduled"] as const) {
    expect(moveNotice(ask({ state, person: "C", isPublic: true }), "withdraw", words)).toEqual({ to: "withdrawn" });
    expect(moveNotice(ask({ state, person: "C" }), "withdraw", words)).toEqual({ no: "WRONG_STATE" });
  }
});
