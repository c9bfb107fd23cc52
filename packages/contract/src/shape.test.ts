import { describe, expect, test } from "vitest";
import { body } from "./body.ts";
import { letters, line, text } from "./shape.ts";

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

describe("what shows nothing is nothing", () => {
  const blanks = [
    "\u200d",
    "\u200c\u200c",
    "\u3164",
    "\u2800",
    "\ufe0f",
    "\u00ad",
    "\u{e0041}",
    "\u{e0100}",
    " \u200d\n\u3164 ",
  ];

  test.each(blanks.map((one) => [JSON.stringify(one), one]))("%s says no word, alone or together", (_, blank) => {
    for (const shape of [line(10, 1), text(10, 1), letters(10, 1)]) {
      expect(shape.safeParse(blank).success).toBe(false);
      expect(shape.safeParse(blanks.join("").slice(0, 9)).success).toBe(false);
    }
    for (const shape of [line(10, 0), text(10), letters(10)]) expect(shape.parse(blank)).toBe("");
  });

  test("but joined and tagged signs and letters are words, as they were written", () => {
    for (const said of [
      "❤\ufe0f",
      "👨\u200d👩\u200d👧",
      "🏴\u{e0067}\u{e0062}\u{e007f}",
      "क\u200dष",
      "葛\u{e0100}",
      "ㅤ好",
      "\n",
    ])
      expect(text(20, 1).parse(said)).toBe(said);
  });
});
