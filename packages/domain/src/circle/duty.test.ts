import { expect, test } from "vitest";
import { checkFrom, foundWords, needsGuardian, type PartState, partStates } from "./duty.ts";

test("only what was passed in every part is shown, and nothing of which no part was checked", () => {
  expect(checkFrom([])).toBe("held");
  const pairs = partStates.flatMap((a) => partStates.map((b): [PartState, PartState] => [a, b]));
  const shown = pairs.filter((pair) => checkFrom(pair) === "passed");
  expect(shown).toEqual([["pass", "pass"]]);
});

test("a risk is never outweighed, and a person looks where a machine is unsure or silent", () => {
  for (const other of partStates) expect(checkFrom([other, "risky"])).toBe("refused");
  for (const other of ["waiting", "pass", "review", "lost"] as const) {
    expect(checkFrom([other, "review"])).toBe("held");
    expect(checkFrom(["lost", other])).toBe("held");
  }
  expect(checkFrom(["pass", "waiting"])).toBe("checking");
});

test("a child under fourteen needs the guardian's consent; who is fourteen, or of unknown age, does not", () => {
  expect([13, 14, null].map((age) => needsGuardian(age, false))).toEqual([true, false, false]);
  expect(needsGuardian(13, true)).toBe(false);
});

test("whoever decides reads in plain words what a checker made of each part", () => {
  const label = "fraud";
  expect(foundWords({ part: "words", state: "risky", label })).toBe("文字：可能是欺诈");
  expect(foundWords({ part: "words", state: "review", label: "other" })).toBe("文字：自动审核拿不准，要请人看");
  expect(foundWords({ part: "photo", state: "lost", label })).toBe("照片：自动审核没有结果");
});
