import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Body } from "@weimenhu/domain/body";
import { afterAll, beforeAll, expect, test } from "vitest";
import type * as Views from "../src/views.tsx";
import { buildViews } from "./views.mjs";

let folder = "";
let views: typeof Views;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "views-"));
  const file = path.join(folder, "index.mjs");
  await buildViews(file);
  views = (await import(pathToFileURL(file).href)) as typeof Views;
});
afterAll(() => rm(folder, { recursive: true }));

const now = Date.parse("2026-11-22T09:30:00+08:00");
const card = {
  id: "01J00000000000000000000000",
  title: "<b>停水</b>通知",
  summary: "",
  category: "outage",
  region: "990101101201",
  regionName: "竹溪村",
  publishedAt: now,
  pinned: false,
  cover: null,
  source: { name: "示例县政府网", url: "https://www.example.gov.cn/1", seenAt: now, stale: false },
};
const drawn = (body: Body, more: object = {}) => {
  const notice = { ...card, body, attachments: [], version: 1, updatedAt: now, withdrawn: null, ...more };
  const asked = views.asksFor("notice", { id: card.id });
  return views.render("notice", { id: card.id }, { [asked[0]?.name ?? ""]: notice }, 0, now).html;
};
const text = (v: string) => [{ t: "text" as const, v }];

test("every kind of block becomes the element that means it", () => {
  const html = drawn([
    { t: "h", level: 1, c: text("安排") },
    { t: "ul", items: [[{ t: "p", c: text("蓄水") }]] },
    {
      t: "table",
      rows: [[{ c: text("片区"), head: true, span: 2 }], [{ c: text("东"), rows: 2 }, { c: text("全天") }]],
    },
    { t: "quote", c: [{ t: "p", c: text("顺延") }] },
    { t: "img", src: "/media/1.jpg", alt: "示意图" },
    { t: "p", c: [{ t: "a", href: "https://example.com/a", v: "公告" }] },
  ]);
  for (const part of [
    "<h2 ",
    "<li ",
    '<th class="b-cell b-head" colSpan="2" role="columnheader">',
    '<td class="b-cell" rowSpan="2" role="cell">',
    "<blockquote ",
    'src="/media/1.jpg"',
    'href="https://example.com/a"',
  ]) {
    expect(html.toLowerCase()).toContain(part.toLowerCase());
  }
});

test("a table of several columns keeps its meaning where it is shown as cards, and has each cell's header at hand", () => {
  const head = (v: string) => ({ c: text(v), head: true as const });
  const rows = [
    [head("日期"), head("片区"), head("时间")],
    [{ c: text("11月23日") }, { c: text("东片") }, { c: text("全天") }],
  ];
  const html = drawn([{ t: "table", rows }]);
  expect(html).toContain(
    '<table class="b-table b-cards" role="table"><tbody role="rowgroup"><tr class="b-row b-heads" role="row">',
  );
  expect(html).toContain('<td class="b-cell" role="cell"><span class="b-label">片区：</span>东片</td>');
  expect(html).toContain('<span class="whole">11月23日</span>');
});

test("words are never markup, and an unsafe address is never a link or a picture", () => {
  const html = drawn([
    {
      t: "p",
      c: [
        { t: "text", v: "<script>x</script>" },
        { t: "a", href: "javascript:alert(1)", v: "点我" },
      ],
    },
    { t: "img", src: "data:text/html,x", alt: "坏图" },
  ]);
  expect(html).not.toContain("<script");
  expect(html).not.toContain("javascript:");
  expect(html).not.toContain("data:text");
  expect(html).toContain("点我");
  expect(html).toContain("&lt;b&gt;停水&lt;/b&gt;通知");
});

test("an aggregated notice names its source with the address", () => {
  expect(drawn([])).toContain('href="https://www.example.gov.cn/1"');
  expect(drawn([])).toContain("转自 示例县政府网");
});

test("a withdrawn notice shows the reason and not the body", () => {
  const html = drawn([{ t: "p", c: text("原来的话") }], { withdrawn: { at: now, reason: "时间写错了" } });
  expect(html).toContain("时间写错了");
  expect(html).not.toContain("原来的话");
});

test("a page's style sheet has the icons that stand in it and no others", () => {
  const name = views.asksFor("notices", {})[0]?.name ?? "";
  const { css, html } = views.render("notices", {}, { [name]: { items: [card], next: null } }, 1, now);
  expect(html).toContain('class="page skin-1"');
  const icons = new Set(html.match(/\bi-[a-z-]+/g));
  for (const icon of icons) expect(css).toContain(`.${icon}{`);
  expect(css).not.toContain(".i-landmark{");
});
