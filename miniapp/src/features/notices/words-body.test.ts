import { expect, test } from "vitest";
import { bodyOf, typedOf } from "./words-body.ts";

test("what was typed comes back for changing exactly as it was", () => {
  const typed = { text: "各位村民：\n明天停水。\n\n请提前蓄水。", pictures: ["/media/1.jpg", "/media/2.jpg"] };
  expect(typedOf(bodyOf(typed))).toEqual(typed);
});

test("a body that a text box cannot hold is not offered for typing", () => {
  expect(typedOf([{ t: "h", level: 1, c: [{ t: "text", v: "一" }] }])).toBeNull();
  expect(typedOf([{ t: "p", c: [{ t: "a", href: "https://example.com", v: "看" }] }])).toBeNull();
  expect(typedOf([{ t: "p", c: [{ t: "text", v: "重", b: true }] }])).toBeNull();
  expect(typedOf([{ t: "img", src: "/media/1.jpg", alt: "地图" }])).toBeNull();
});
