import type { Block, Body, Cell } from "@weimenhu/domain/body";
import type { MiniHost } from "@weimenhu/minihost";
import { beforeAll, describe, expect, test } from "vitest";
import { aCounty, firstScreenNodes, open, pages, phonesOf, platforms } from "./kit.ts";
import { published } from "./people.ts";

/** Long notices as villages really have them: drawn in pieces, whole in the end, and kept whole. The kit refuses a heavy `setData`. */
const county = aCounty();

const p = (v: string): Block => ({ t: "p", c: [{ t: "text", v }] });
const cell = (v: string, more: Partial<Cell> = {}): Cell => ({ c: [{ t: "text", v }], ...more });
const paid = (n: number) =>
  Array.from({ length: n }, (_, i) =>
    [`${i + 1}`, `王某某${i + 1}号`, "第三村民小组", "3.25 亩", "¥106.48"].map((v) => cell(v)),
  );
const heads = ["序号", "姓名", "小组", "面积", "金额"].map((v) => cell(v, { head: true }));
const items = Array.from({ length: 300 }, (_, i) => [p(`第 ${i + 1} 条：请各组按时完成`)]);

/** What is in it, and words of its very end. */
const notices: [string, Body, string][] = [
  ["补偿款发放名单", [p("公示七天。"), { t: "table", rows: [heads, ...paid(150)] }, p("名单到此为止")], "名单到此为止"],
  ["没有表头的名单", [{ t: "table", rows: paid(600) }], "王某某600号"],
  ["责任清单", [{ t: "ol", items }], "第 300 条"],
  ["一章接一章", [{ t: "quote", c: [{ t: "ul", items: [[{ t: "ol", items }], [p("附则")]] }] }], "附则"],
  [
    "规划说明",
    Array.from({ length: 60 }, (_, i) => p(`第 ${i + 1} 段。${"这是很长的一段话。".repeat(100)}`)),
    "第 60 段",
  ],
  ["不分段的长文", [p(`${"这是不分段的话。".repeat(2_400)}全文完`)], "全文完"],
  ["全是日期", [p(`${"11月22日 09:30、".repeat(1_400)}全文完`)], "全文完"],
  ["带引号的长文", [p(`${'"'.repeat(19_000)}全文完`)], "全文完"],
  [
    "长话的格子",
    [{ t: "table", rows: [heads, heads.map(() => cell("说明。".repeat(2_000))), ...paid(3)] }],
    "王某某3号",
  ],
];
const ids = new Map<string, string>();
beforeAll(async () => {
  for (const [title, body] of notices) ids.set(title, await published(county(), title, body));
}, 120_000);

const more = { role: "button", text: /^显示后面的内容/ } as const;

describe.each(platforms)("long notices on %s", (platform) => {
  const phones = phonesOf(platform, county);

  test.each(notices)("%s: a light first screen, and every word by the button", async (title, _body, end) => {
    const host = await phones.start({ url: `/${pages.notice}?id=${ids.get(title)}` });
    expect(await host.nodes()).toBeLessThanOrEqual(firstScreenNodes);
    expect(await host.find(more)).not.toBeNull();
    expect(await host.texts()).not.toContain(end);
    await toTheEnd(host, () => host.tap(more));
    expect(await host.texts()).toContain(end);
  });

  test("scrolling down brings the rest too, row after row, in the elder edition as well", async () => {
    const [title] = notices[0] ?? [""];
    const host = await phones.start({ url: `/${pages.notice}?id=${ids.get(title)}`, storage: { skin: 1 } });
    await toTheEnd(host, () => host.reachBottom());
    const words = await host.texts();
    for (let i = 1; i <= 150; i += 1) expect(words).toContain(`王某某${i}号`);
    expect(words).toContain("名单到此为止");
  });

  test("nothing large is sent again when the network goes and comes while all of it stands there", async () => {
    const [title] = notices[1] ?? [""];
    const host = await phones.start({ url: `/${pages.notice}?id=${ids.get(title)}` });
    await toTheEnd(host, () => host.tap(more));
    host.network.offline = true;
    await host.waitFor(async () => (await host.texts()).includes("没有网络"), "the word of the lost network");
    host.network.offline = false;
    await host.waitFor(async () => !(await host.texts()).includes("没有网络"), "the network");
  });

  test("a long notice that was read is whole without a network", async () => {
    const [title] = notices[4] ?? [""];
    const url = `${pages.notice}?id=${ids.get(title)}`;
    const host = await phones.start({ url: `/${url}` });
    const later = await phones.start({ storage: host.storage, network: "none", url: `/${pages.about}` });
    await open(later, url);
    await toTheEnd(later, () => later.tap(more));
    expect(await later.texts()).toContain("第 60 段");
  });
});

async function toTheEnd(host: MiniHost, go: () => Promise<void>): Promise<void> {
  for (let i = 0; i < 40 && (await host.find(more)); i += 1) await go();
  expect(await host.find(more)).toBeNull();
}
