import { type Body, bodyFault } from "@weimenhu/domain/body";
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
