import fc from "fast-check";
import { expect, test } from "vitest";
import { isUnseenByOthers, recordForOthers, roundForOthers } from "./rating-privacy.ts";
import { type CaseMove, roundKinds } from "./state.ts";

type Move = CaseMove | "raise" | "escalate";
const others = (...moves: Move[]) => recordForOthers(moves.map((move) => ({ move }))).map(({ move }) => move);
const answered = ["raise", "start", "finish"] as const;

test("a rating reads to others as what its author could have said without one", () => {
  expect(others(...answered, "rate")).toEqual([...answered, "confirm"]);
  expect(others(...answered, "rateBadly")).toEqual([...answered, "reopen"]);
  expect(others(...answered, "confirm", "rate")).toEqual([...answered, "confirm"]);
  expect(others(...answered, "lapse", "rate")).toEqual([...answered, "lapse"]);
  expect(others(...answered, "lapse", "rateBadly")).toEqual([...answered, "lapse", "reopen"]);
  expect(others(...answered, "rate", "reopen", "start", "finish", "rate")).toEqual([
    ...answered,
    "confirm",
    "reopen",
    "start",
    "finish",
    "confirm",
  ]);
  expect(roundKinds.map(roundForOthers)).toEqual(["first", "reopened", "reopened"]);
});

test("whatever is in a record, others read of no rating in it, and all else stays in its order", () => {
  const record = fc.array(fc.constantFrom<Move>("start", "finish", "confirm", "lapse", "reopen", "rate", "rateBadly"));
  fc.assert(
    fc.property(record, (moves) => {
      const read = others(...moves);
      expect(read).not.toContain("rate");
      expect(read).not.toContain("rateBadly");
      const plain = (move: Move) => move === "start" || move === "finish";
      expect(read.filter(plain)).toEqual(moves.filter(plain));
    }),
  );
});

test("a rating after the end is the only move that is not seen", () => {
  expect(isUnseenByOthers("closed", "rate")).toBe(true);
  expect(isUnseenByOthers("confirming", "rate")).toBe(false);
  expect(isUnseenByOthers("closed", "rateBadly")).toBe(false);
  expect(isUnseenByOthers("closed", "reopen")).toBe(false);
});
