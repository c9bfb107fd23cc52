import { describe, expect, test } from "vitest";
import {
  type Block,
  type Body,
  bodyFault,
  bodyFromText,
  bodyLimits,
  bodyText,
  cutNote,
  isCut,
  isSafeHref,
  isSafeSrc,
  picturesOf,
  summaryOf,
} from "./body.ts";

const p = (v: string): Block => ({ t: "p", c: [{ t: "text", v }] });

describe("links and pictures", () => {
  test.each(["https://a.example/x?y=1#z", "http://a.example", "tel:028-12345", "mailto:a@b.example", "/notices/1"])(
    "%s may be a link",
    (href) => {
      expect(isSafeHref(href)).toBe(true);
    },
  );
  test.each([
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    " javascript:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,x",
    "//evil.example",
    "/\\evil.example",
    "vbscript:x",
    "file:///etc",
    "",
    "https:///x",
  ])("%j is never a link", (href) => {
    expect(isSafeHref(href)).toBe(false);
  });
  test.each(["data:image/png;base64,x", "javascript:1", "//evil.example/x.png", "blob:x"])(
    "%j is never a picture",
    (src) => {
      expect(isSafeSrc(src)).toBe(false);
    },
  );
});

describe("bodyFault", () => {
  test("a bad link is found however deep it hides", () => {
    const bad: Block = { t: "p", c: [{ t: "a", href: "javascript:1", v: "x" }] };
    const hidden: Body = [p("ok"), { t: "quote", c: [{ t: "ul", items: [[p("ok")], [bad]] }] }];
    expect(bodyFault(hidden)).toBe("bad-link");
    expect(bodyFault([{ t: "table", rows: [[{ c: [{ t: "a", href: "data:x", v: "" }] }]] }])).toBe("bad-link");
    expect(bodyFault([{ t: "img", src: "javascript:1", alt: "" }])).toBe("bad-picture");
  });
  test("depth, number and length are bounded", () => {
    let deep: Body = [p("x")];
    for (let i = 0; i < bodyLimits.depth; i++) deep = [{ t: "quote", c: deep }];
    expect(bodyFault(deep)).toBe("too-deep");
    expect(bodyFault(Array.from({ length: bodyLimits.nodes }, () => p("x")))).toBe("too-many-nodes");
    const long: Block = {
      t: "p",
      c: Array.from({ length: 11 }, () => ({ t: "text", v: "字".repeat(bodyLimits.text) })),
    };
    expect(bodyFault([long])).toBe("too-long");
    expect(bodyFault([p("字".repeat(bodyLimits.text + 1))])).toBe("too-long");
    expect(bodyFault([{ t: "p", c: [{ t: "a", href: "/x", v: "字".repeat(bodyLimits.link + 1) }] }])).toBe("too-long");
    expect(bodyFault([{ t: "table", rows: [Array.from({ length: bodyLimits.columns + 1 }, () => ({ c: [] }))] }])).toBe(
      "too-wide",
    );
    expect(bodyFault([p("x"), { t: "hr" }])).toBeNull();
  });
});

test("only a body that ends with the note is a beginning", () => {
  expect([[p("x"), p(cutNote)], [p(cutNote)]].map(isCut)).toEqual([true, true]);
  expect([[], [p("x")], [p(cutNote), p("x")], [p(`x${cutNote}`)]].map(isCut)).toEqual([false, false, false, false]);
});

test("the words of a body come in reading order, pictures by their description", () => {
  const body: Body = [
    { t: "h", level: 1, c: [{ t: "text", v: "停水" }] },
    { t: "ul", items: [[p("一组")], [p("二组")]] },
    { t: "table", rows: [[{ c: [{ t: "text", v: "日期" }], head: true }, { c: [{ t: "text", v: "11月22日" }] }]] },
    { t: "img", src: "/m/1.jpg", alt: "水管图" },
  ];
  expect(bodyText(body)).toBe("停水\n一组\n二组\n日期 11月22日\n水管图");
  expect(picturesOf([{ t: "quote", c: body }]).map((x) => x.src)).toEqual(["/m/1.jpg"]);
});

test("a summary is cut between letters, also between wide ones", () => {
  expect(summaryOf([p("𠮷".repeat(100))], 10)).toBe(`${"𠮷".repeat(9)}…`);
  expect(summaryOf([p("短")], 10)).toBe("短");
});

test("typing on a phone becomes paragraphs and line breaks", () => {
  expect(bodyFromText("一\r\n二\n\n\n三\n")).toEqual([
    { t: "p", c: [{ t: "text", v: "一" }, { t: "br" }, { t: "text", v: "二" }] },
    p("三"),
  ]);
  expect(bodyFromText("  \n\n ")).toEqual([]);
});
