import { describe, expect, test } from "vitest";
import { body } from "./body.ts";
import { line, text } from "./shape.ts";

describe("letters that turn or hide others never come in", () => {
  test("neither in a line, nor in several, nor in a body", () => {
    expect(line(10).parse("  停水\u202e通知\u200b ")).toBe("停水通知");
    expect(text(10).parse("一\u2066\n二")).toBe("一\n二");
    const tree = (v: string, href: string) => [
      {
        t: "p",
        c: [
          { t: "text", v },
          { t: "a", href, v },
        ],
      },
    ];
    expect(body.parse(tree("a\u202eb", "/x"))).toEqual(tree("ab", "/x"));
  });

  test("a line of nothing else is an empty one, and what is taken out does not count as length", () => {
    expect(line(10).safeParse("\u202e\u200b").success).toBe(false);
    expect(line(4).safeParse("停水通知\ufeff").success).toBe(true);
  });
});
