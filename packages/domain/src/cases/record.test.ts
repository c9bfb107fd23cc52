import { expect, test } from "vitest";
import { isInRecord } from "./record.ts";

const mine = { mine: true };
const record = [
  { move: "raise", text: "", by: { mine: false } },
  { move: "note", text: "还在修", by: mine },
  { move: "start", text: "马上去", by: mine },
];

test("what was sent stands in the record when a step after it is the reader's own, with the same words", () => {
  expect(isInRecord(record, { move: "start", text: " 马上去 ", steps: 2 })).toBe(true);
  expect(isInRecord(record, { move: "note", text: "还在修", steps: 1 })).toBe(true);
});

test("an older step, other words, another move and another person's step are not what was sent", () => {
  expect(isInRecord(record, { move: "note", text: "还在修", steps: 2 })).toBe(false);
  expect(isInRecord(record, { move: "start", text: "马上", steps: 2 })).toBe(false);
  expect(isInRecord(record, { move: "note", text: "马上去", steps: 2 })).toBe(false);
  const others = record.map((one) => ({ ...one, by: { mine: false } }));
  expect(isInRecord(others, { move: "start", text: "马上去", steps: 2 })).toBe(false);
  expect(isInRecord([{ move: "escalate", text: "", by: null }], { move: "escalate", text: "", steps: 0 })).toBe(false);
});
