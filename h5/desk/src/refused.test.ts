import { expect, test } from "vitest";
import { isLockedOut, isPassing, refusedOf } from "./refused.ts";

const trpc = (word: string, zh?: string) => ({
  data: { httpStatus: 400, refusal: { word, zh, details: { seconds: 9 } } },
});

test("the server's own words are shown", () => {
  expect(refusedOf(trpc("CODE_WRONG", "验证码不对"))).toEqual({
    word: "CODE_WRONG",
    zh: "验证码不对",
    details: { seconds: 9 },
  });
  expect(refusedOf(trpc("CODE_WRONG")).zh).toBe("验证码不对，请核对短信");
});

test("a refused upload says why, in either form of answer", () => {
  const refusal = { word: "FILE_TOO_LARGE", zh: "文件太大" };
  expect(refusedOf({ response: { status: 413, data: { refusal } } }).zh).toBe("文件太大");
  expect(refusedOf({ response: { status: 413, data: { error: { data: { refusal } } } } }).zh).toBe("文件太大");
});

test("no answer is a lost network, an answer nobody understands is our fault", () => {
  expect(refusedOf(new TypeError("Failed to fetch")).word).toBe("OFFLINE");
  expect(refusedOf({ response: { status: 502, data: "<html>" } }).word).toBe("INTERNAL");
  expect(refusedOf({ data: { refusal: { word: "NO_SUCH_WORD", zh: "x" } } }).word).toBe("INTERNAL");
});

test("only a lost session or factor locks, only what passes by itself is asked again", () => {
  expect([trpc("SIGN_IN_FIRST"), trpc("SECOND_FACTOR_FIRST"), trpc("NOT_ALLOWED")].map(isLockedOut)).toEqual([
    true,
    true,
    false,
  ]);
  expect([trpc("BUSY"), new Error("x"), trpc("STALE_VERSION")].map(isPassing)).toEqual([true, true, false]);
});
