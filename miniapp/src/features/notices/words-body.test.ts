import { expect, test } from "vitest";
import { bodyOf, saysOf, typedOf } from "./words-body.ts";

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

test("a draft says the same when only the ends of its pictures' addresses changed, and something else with any other change", () => {
  const typed = { text: "明天停水", pictures: ["/m/1.jpg?until=1&sig=a", "/m/2.jpg"] };
  const says = (pictures: string[], more: { title?: string; category?: "service" | "policy"; text?: string } = {}) => {
    const { title = "停水", category = "service", text = typed.text } = more;
    return saysOf({ title, category, body: bodyOf({ text, pictures }) });
  };
  const before = says(typed.pictures);
  expect(says(["/m/1.jpg?until=2&sig=b", "/m/2.jpg?until=2"], { title: " 停水 " })).toBe(before);
  const changed = [
    says(["/m/1.jpg", "/m/3.jpg"]),
    says(["/m/2.jpg", "/m/1.jpg"]),
    says(["/m/1.jpg"]),
    says(typed.pictures, { category: "policy" }),
    says(typed.pictures, { text: "后天停水" }),
    says(typed.pictures, { title: "停电" }),
  ];
  for (const other of changed) expect(other).not.toBe(before);
});
