import { type Body, bodyFault, bodyLimits, bodyText } from "@weimenhu/domain/body";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toBody } from "./body.ts";

const base = "https://portal.example.cn/notices/42/index.html";
const body = (html: string) => toBody(html, base);
const p = (...words: string[]): Body => words.map((v) => ({ t: "p", c: [{ t: "text", v }] }));

describe("what is published becomes the tree", () => {
  test.each<[string, string, Body]>([
    ["paragraphs", "<p>一</p><p>二</p>", p("一", "二")],
    ["letters that turn others", "<p>一\u202e二<b>\u200b</b></p>", p("一二")],
    ["words that stand free", "一<div>二</div>三", p("一", "二", "三")],
    ["blanks and the wide ones that indent", "<p>　　&nbsp;一  \n 二　</p><p>　</p><p>&nbsp;</p>", p("一 二")],
    [
      "entities stay words",
      "<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp;amp;</p>",
      p("<script>alert(1)</script> &amp;"),
    ],
    [
      "headings, the small ones as level 3",
      "<h1>甲</h1><h2>乙</h2><h5>丙</h5>",
      [
        { t: "h", level: 1, c: [{ t: "text", v: "甲" }] },
        { t: "h", level: 2, c: [{ t: "text", v: "乙" }] },
        { t: "h", level: 3, c: [{ t: "text", v: "丙" }] },
      ],
    ],
    [
      "bold, italic, both, and joined neighbours",
      "<p>a<b>b</b><strong>c</strong><em>d<b>e</b></em><span>f</span>g</p>",
      [
        {
          t: "p",
          c: [
            { t: "text", v: "a" },
            { t: "text", v: "bc", b: true },
            { t: "text", v: "d", i: true },
            { t: "text", v: "e", b: true, i: true },
            { t: "text", v: "fg" },
          ],
        },
      ],
    ],
    [
      "line breaks, at most two together, none at the ends",
      "<p><br>a<br><br><br><br>b<br></p>",
      [{ t: "p", c: [{ t: "text", v: "a" }, { t: "br" }, { t: "br" }, { t: "text", v: "b" }] }],
    ],
    [
      "preformatted lines",
      "<pre>a  b\nc</pre>",
      [{ t: "p", c: [{ t: "text", v: "a b" }, { t: "br" }, { t: "text", v: "c" }] }],
    ],
    [
      "lists, nested",
      "<ul><li>一<ol><li>二</li></ol></li><li><p>三</p></li></ul>",
      [
        {
          t: "ul",
          items: [
            [
              { t: "p", c: [{ t: "text", v: "一" }] },
              { t: "ol", items: [[{ t: "p", c: [{ t: "text", v: "二" }] }]] },
            ],
            [{ t: "p", c: [{ t: "text", v: "三" }] }],
          ],
        },
      ],
    ],
    ["quotes and rules", "<blockquote><p>一</p></blockquote><hr>", [{ t: "quote", c: p("一") }, { t: "hr" }]],
    [
      "tables with heads, spans and lines in cells",
      "<table><tr><th colspan=2>头</th></tr><tr><td rowspan='2'><p>a</p><p>b</p></td><td>c</td></tr></table>",
      [
        {
          t: "table",
          rows: [
            [{ c: [{ t: "text", v: "头" }], head: true, span: 2 }],
            [
              { c: [{ t: "text", v: "a" }, { t: "br" }, { t: "text", v: "b" }], rows: 2 },
              { c: [{ t: "text", v: "c" }] },
            ],
          ],
        },
      ],
    ],
    [
      "a table that only arranges the page",
      "<table><tr><td><h2>甲</h2><p>一</p></td></tr></table>",
      [{ t: "h", level: 2, c: [{ t: "text", v: "甲" }] }, ...p("一")],
    ],
    [
      "a table within a table: the inner one is the content",
      "<table><tr><td>左</td><td><table><tr><td>a</td><td>b</td></tr></table></td></tr></table>",
      [...p("左"), { t: "table", rows: [[{ c: [{ t: "text", v: "a" }] }, { c: [{ t: "text", v: "b" }] }]] }],
    ],
    [
      "pictures, relative to the page",
      "<p>前<img src='../a.png' alt=' 图 ' width=600 height=400>后</p>",
      [...p("前"), { t: "img", src: "https://portal.example.cn/notices/a.png", alt: "图", w: 600, h: 400 }, ...p("后")],
    ],
    [
      "pictures that load late",
      "<img src='data:image/gif;base64,R0' data-src='/b.jpg'>",
      [{ t: "img", src: "https://portal.example.cn/b.jpg", alt: "" }],
    ],
    [
      "links, relative to the page",
      "<p>见<a href='../7.html'>附件 <b>7</b></a></p>",
      [
        {
          t: "p",
          c: [
            { t: "text", v: "见" },
            { t: "a", href: "https://portal.example.cn/notices/7.html", v: "附件 7" },
          ],
        },
      ],
    ],
    [
      "telephone and mail links",
      "<a href='tel:+86-10-1'>电</a><a href='mailto:a@example.cn'>信</a>",
      [
        {
          t: "p",
          c: [
            { t: "a", href: "tel:+86-10-1", v: "电" },
            { t: "a", href: "mailto:a@example.cn", v: "信" },
          ],
        },
      ],
    ],
    [
      "a picture in a link",
      "<a href='/x'>字<img src='/a.png'></a>",
      [
        { t: "p", c: [{ t: "a", href: "https://portal.example.cn/x", v: "字" }] },
        { t: "img", src: "https://portal.example.cn/a.png", alt: "" },
      ],
    ],
    ["nothing", "", []],
  ])("%s", (_name, html, tree) => {
    expect(body(html)).toEqual(tree);
    expect(bodyFault(body(html))).toBeNull();
  });
});

describe("what acts, frames or tracks is gone, with its content", () => {
  test.each([
    "<script>alert(1)</script>",
    "<SCRIPT src=//evil.example/x.js></SCRIPT>",
    "<style>p{background:url(//evil.example)}</style>",
    "<iframe src='https://evil.example'>inside</iframe>",
    "<object data=x>inside</object><embed src=x>",
    "<svg><script>alert(1)</script><text>inside</text></svg>",
    "<math><mtext></mtext></math>",
    "<form action=/steal><input value=x><button>go</button><select><option>o</option></select><textarea>t</textarea></form>",
    "<template><p>inside</p></template><noscript><p>inside</p></noscript>",
    "<video src=x>inside</video>",
    "<!-- <p>inside</p> --><![CDATA[<p>inside</p>]]>",
    "<img src=x.png width=1 height=1><img src=x.png height='0'><img src=x.png style='width:1px'><img src=x.png style='border:0; DISPLAY: none'>",
    "<img src='javascript:alert(1)'><img src='data:image/png;base64,AA'><img src='file:///etc/passwd'><img>",
    "<link rel=stylesheet href=//evil.example><meta http-equiv=refresh content='0;url=//evil.example'><base href=//evil.example>",
  ])("%s", (html) => {
    expect(body(`<p>前</p>${html}<p>后</p>`)).toEqual(p("前", "后"));
  });

  test.each([
    "javascript:alert(1)",
    " JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)",
    "&#106;avascript:alert(1)",
    "data:text/html,<script>1</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "ftp://example.cn/x",
    "https://user:pass@example.cn/",
    "http://",
    "#top",
    "",
    "tel:1;ext=<x>",
    `https://example.cn/${"x".repeat(3_000)}`,
  ])("a link to %s keeps its words and goes nowhere", (href) => {
    expect(body(`<p><a href="${href}" onclick="x()">字</a></p>`)).toEqual(p("字"));
  });

  test.each([
    "http://127.0.0.1/admin",
    "http://2130706433/",
    "http://localhost:8080/",
    "http://10.0.0.5/x",
    "http://169.254.169.254/latest/meta-data/",
    "http://[::1]/",
    "http://[::ffff:192.168.0.1]/",
    "http://intranet/",
    "http://db.internal/",
  ])("a link or picture inside somebody's own network is dropped: %s", (href) => {
    expect(body(`<p><a href="${href}">字</a></p><img src="${href}">`)).toEqual(p("字"));
  });

  test("a portal inside the county's network may show its own pictures", () => {
    expect(toBody("<img src=/a.png>", "http://10.1.1.1:81/x")).toEqual([
      { t: "img", src: "http://10.1.1.1:81/a.png", alt: "" },
    ]);
    expect(toBody("<img src=http://10.1.1.1:82/a.png>", "http://10.1.1.1:81/x")).toEqual([]);
  });
});

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
