import { type Body, bodyFault, bodyLimits, bodyText } from "@weimenhu/domain/body";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toBody } from "./body.ts";

const base = "https://portal.example.cn/notices/42/index.html";
const body = (html: string) => toBody(html, base);
const p = (...words: string[]): Body => words.map((v) => ({ t: "p", c: [{ t: "text", v }] }));

describe("limits", () => {
  const note = "余下部分请查看原文";

  test("deep lists go on as paragraphs and lose no words", () => {
    const deep = "<ul><li>字".repeat(30);
    const tree = body(deep);
    expect(bodyFault(tree)).toBeNull();
    expect(bodyText(tree).match(/字/g)).toHaveLength(30);
  });

  test("a table too wide to draw becomes paragraphs and loses no words", () => {
    const wide = bodyLimits.columns + 1;
    const tree = body(`<table><tr>${"<td>x</td>".repeat(wide)}</tr><tr><td>y</td><td>z</td></tr></table>`);
    expect(tree).toEqual(p(Array(wide).fill("x").join(" "), "y z"));
  });

  test.each([
    ["too many paragraphs", "<p>字</p>".repeat(bodyLimits.nodes)],
    ["too many words", `<p>${"字".repeat(1000)}</p>`.repeat(300)],
    ["one endless paragraph", `<p>${"字".repeat(300_000)}</p>`],
    ["a table without end", `<table>${"<tr><td>a</td><td>b</td></tr>".repeat(5_000)}</table>`],
  ])("%s: cut from the end, said so, and within the limits", (_name, html) => {
    const tree = body(html);
    expect(bodyFault(tree)).toBeNull();
    expect(bodyText(tree)).toContain(note);
  });

  test.each([
    ["5 MB of text", "字".repeat(1_700_000)],
    ["100,000 tags within each other", "<div>".repeat(100_000)],
    ["100,000 quotes within each other", "<blockquote>".repeat(100_000)],
    ["tables in tables", "<table><tr><td>a<td>".repeat(20_000)],
    ["links in links", "<a href=/x>".repeat(50_000)],
    ["attributes without end", `<p ${"a=b ".repeat(100_000)}>x</p>`],
    ["brackets", "<".repeat(500_000)],
    ["entities", "&amp;".repeat(100_000)],
  ])(
    "%s does not hold everybody up",
    (_name, html) => {
      expect(bodyFault(body(html))).toBeNull();
    },
    60_000,
  );

  test("megabytes of pictures written into the text take no room from its words", () => {
    const inlined = `<img src="data:image/png;base64,${"iVBORw0KGgo".repeat(400_000)}=" alt="章">`;
    expect(body(`<p>头</p>${inlined}<p>尾</p>`)).toEqual(p("头", "尾"));
  });

  test("after twenty thousand tags nothing more is read, and that is said", () => {
    const text = bodyText(body(`<p>头</p>${"<b></b>".repeat(20_000)}<p>尾</p>`));
    expect([text.includes("头"), text.includes("尾"), text.includes(note)]).toEqual([true, false, true]);
  });

  test.each([
    ["one paragraph", "字".repeat(300_000)],
    ["one paragraph of many pieces, some of wide letters", "<b>字</b>𠮷".repeat(9_000) + "𠮷".repeat(300_000)],
    ["a heading", `<h2>${"字".repeat(100_000)}</h2>${"<p>字</p>".repeat(1_900)}<p>${"字".repeat(120_000)}</p>`],
    ["a link", `<a href="/x">${"字".repeat(300_000)}</a>`],
    ["a paragraph after others", `<p>${"字".repeat(150_000)}</p><p>${"字".repeat(150_000)}</p>`],
  ])("%s without end keeps its beginning, up to the limit", (_name, html) => {
    const words = bodyText(body(html));
    expect(words.length).toBeGreaterThan(_name.includes("pieces") ? 5_000 : bodyLimits.chars * 0.9);
    expect([/\p{Cs}/u.test(words), words.includes(note)]).toEqual([false, true]);
  });

  test("a table without end keeps its beginning", () => {
    const [first] = body(`<table>${"<tr><td>a</td><td>b</td></tr>".repeat(5_000)}</table>`);
    expect(first?.t === "table" && first.rows.length).toBe(200);
  });

  test("whatever is sent, the tree is fit to be stored", () => {
    const piece = fc.constantFrom(
      ...[
        "<p>",
        "</p>",
        "<ul>",
        "<li>",
        "</ul>",
        "<table>",
        "<tr>",
        "<td colspan=9>",
        "</td>",
        "</table>",
        "<a href='/x'>",
        "</a>",
        "<b>",
        "</b>",
      ],
      ...[
        "<img src='a.png' alt='\u0000'>",
        "<a href='\u0001https://x.example/'>",
        "<h3>",
        "</h3>",
        "<blockquote>",
        "</blockquote>",
        "<br>",
        "<hr>",
      ],
      ...[
        "字",
        " ",
        "&nbsp;",
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "<",
        ">",
        "'",
        '"',
        "&#x110000;",
        "\ud800",
        "javascript:",
      ],
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(piece, fc.string()), { maxLength: 60 }),
        (pieces) => bodyFault(body(pieces.join(""))) === null,
      ),
      { numRuns: 500 },
    );
  });
});
