import { expect, test } from "vitest";
import { sheetMoves, sheetWordsFor } from "./move-words.ts";

test("who hands a case on says so, and who takes it over from above says that; all else reads the same", () => {
  expect(sheetWordsFor("transfer", false).word).toBe("转给镇里");
  expect(sheetWordsFor("transfer", true).word).toBe("由镇里来办");
  const others = sheetMoves.filter((move) => move !== "transfer");
  expect(others.map((move) => sheetWordsFor(move, true))).toEqual(others.map((move) => sheetWordsFor(move, false)));
});
