import { expect, test } from "vitest";
import { answerMoves, answerWords, sheetMoves, sheetWordsFor, speaksToAuthor } from "./move-words.ts";
import { caseMoves } from "./state.ts";

test("who hands a case on says so, and who takes it over from above says that; all else reads the same", () => {
  expect(sheetWordsFor("transfer", false).word).toBe("转给镇里");
  expect(sheetWordsFor("transfer", true).word).toBe("由镇里来办");
  const others = sheetMoves.filter((move) => move !== "transfer");
  expect(others.map((move) => sheetWordsFor(move, true))).toEqual(others.map((move) => sheetWordsFor(move, false)));
});

test("whoever is asked for words is told who reads them, and nowhere less than all who do", () => {
  const asked = [false, true].flatMap((above) => sheetMoves.map((move) => sheetWordsFor(move, above)));
  for (const { ask } of asked.filter(({ text }) => text !== undefined)) expect(ask).toContain("看得到原帖的人都看得到");
  for (const move of answerMoves) expect(answerWords[move].hint).toContain("看得到原帖的人都看得到");
  expect(asked.filter(({ ask }) => ask.includes("发起人看得到"))).toEqual([]);
});

test("what offices say to each other is no answer to whoever raised it", () => {
  expect(caseMoves.filter(speaksToAuthor)).toEqual(["accept", "start", "note", "refuse", "transfer", "finish"]);
});
