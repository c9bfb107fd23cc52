import { expect, test } from "vitest";
import { whenWords } from "./when.ts";

test.each([
  ["2026-11-24T08:30:00+08:00", "11月24日 周二 08:30"],
  ["2026-11-29T00:00:00+08:00", "11月29日 周日 00:00"],
  ["2026-12-01T23:59:59+08:00", "12月1日 周二 23:59"],
])("%s in words", (at, words) => expect(whenWords(Date.parse(at))).toBe(words));
