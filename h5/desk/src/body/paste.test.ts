import { expect, test } from "vitest";
import { cleanPasted } from "./paste.ts";

const item = (glyph: string, words: string) =>
  `<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><!--[if !supportLists]--><span lang=EN-US><span style='mso-list:Ignore'>${glyph}<span>&nbsp;&nbsp; </span></span></span><!--[endif]--><span>${words}</span></p>`;

test("Word's bullets become one real list without the bullet glyph", () => {
  const html = cleanPasted(`<p>头</p>${item("·", "甲")}\n${item("·", "乙")}<p>尾</p>`);
  expect(html).toBe("<p>头</p><ul><li><p><span>甲</span></p></li><li><p><span>乙</span></p></li></ul><p>尾</p>");
});

test("Word's numbers become a numbered list, apart from bullets beside it", () => {
  const html = cleanPasted(item("1.", "甲") + item("（二）", "乙") + item("·", "丙"));
  expect(html.match(/<\/?[uo]l>/g)).toEqual(["<ol>", "</ol>", "<ul>", "</ul>"]);
});

test("style sheets, comments, office tags and scripts never become words", () => {
  const html = cleanPasted(
    "<html><head><style>p{color:red}</style><meta charset=x></head><!-- 注 --><xml><w:x>垃圾</w:x></xml><script>bad()</script><p>正文<o:p></o:p></p>",
  );
  expect(html.replace(/<[^>]*>/g, "")).toBe("正文");
});

test("only pictures of our own store survive a paste", () => {
  const html = cleanPasted(
    '<img src="file:///C:/x.png"><img src="https://example.com/y.png"><img alt="" src="/m/z.png">',
  );
  expect(html).toBe('<img alt="" src="/m/z.png">');
});

test("only addresses, words and spans stay on a tag", () => {
  const html = cleanPasted(
    `<p style="color:red" onclick='x(">")' class=a><a HREF="https://example.com/?a=1" target=_blank onmouseover=y()>看</a></p><td colspan=2 style='width:3px'>`,
  );
  expect(html).toBe('<p><a HREF="https://example.com/?a=1">看</a></p><td colspan=2>');
});

test("what is wrapped in a bold that is not bold does not become bold", () => {
  expect(cleanPasted('<b style="font-weight:normal" id="x"><p>甲<b>乙</b></p></b>')).toBe(
    "<span><p>甲<b>乙</b></p></b>",
  );
});
