import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { raiseCase } from "./cases.ts";
import { people, until } from "./county.ts";
import { aWalk, button, field, link, picture, quiet, ready, sees, text } from "./kit.ts";
import { barriers, complaints, rules } from "./look.ts";
import { address } from "./pages.ts";

/** Whoever speaks or raises something on the site: gaps are named, words are kept, and what waits for them is in sight. */
const { county, visit } = aWalk();
const key = () => crypto.randomUUID();
const editions = [
  { edition: "normal", skin: 0, rule: rules.normal },
  { edition: "elder", skin: 1, rule: rules.elder },
] as const;
type Edition = (typeof editions)[number];

async function inEdition(skin: 0 | 1, width: number) {
  const { api } = await county().person(people.villager);
  await api.account.setElder.mutate({ elder: skin });
  return visit({ as: people.villager, width, height: 568, skin });
}
/** What a person could complain about at both widths, with pictures of it. */
async function look(page: Page, { edition, rule }: Edition, name: string): Promise<string[]> {
  const found = await barriers(page);
  for (const width of [390, 320]) {
    await page.setViewportSize({ width, height: 568 });
    found.push(...(await complaints(page, rule)));
    await page.screenshot({ path: `.screens/h5/author-${edition}-${name}-${width}.png` });
  }
  return found;
}
const inSight = async (what: Locator) => {
  const box = await what.boundingBox();
  return box !== null && box.y >= 0 && box.y + box.height <= 568;
};
const hasCursor = (what: Locator) => what.evaluate((one) => one === document.activeElement);

test.each(editions)(
  "a post that is not whole shows the first gap and names it beside the button ($edition)",
  async (edition) => {
    const at = await inEdition(edition.skin, 320);
    const { page } = at;
    await at.open(address("writePost", { village: county().village.code }));
    await page.getByRole("radio", { name: /^求助/ }).click();
    const publish = button(page, /^发布/);
    const words = field(page, "内容");
    await publish.scrollIntoViewIfNeeded();
    await publish.click();
    await until("the cursor in the gap", async () => (await hasCursor(words)) || undefined);
    expect(await inSight(words)).toBe(true);
    expect(await look(page, edition, "gap")).toEqual([]);
    await publish.scrollIntoViewIfNeeded();
    await sees(page, "还没有填好：内容");
    expect(await look(page, edition, "gap-foot")).toEqual([]);

    await page.setViewportSize({ width: 320, height: 568 });
    await words.fill("囍".repeat(2_001));
    await publish.scrollIntoViewIfNeeded();
    await publish.click();
    const why = text(page, "多写了 1 个字，最多 2000 个字");
    await until("the reason in sight", async () => (await inSight(why)) || undefined);
    await sees(page, "还没有填好：内容");
    await picture(page, "author", `long-${edition.edition}`);
    await at.close();
  },
);

test("of ten photos nine are taken, and the page says that one was not", async () => {
  const at = await visit({ as: people.villager, width: 320 });
  const { page } = at;
  await at.open(address("writePost", { village: county().village.code }));
  const choosing = page.waitForEvent("filechooser");
  await button(page, "加照片").click();
  const photo = await county().photo();
  const ten = Array.from({ length: 10 }, (_, i) => ({ name: `${i}.png`, mimeType: "image/png", buffer: photo }));
  await (await choosing).setFiles(ten);
  await sees(page, "最多 9 张，有 1 张没有加上");
  await sees(page, "照片已传好 9 / 9 张");
  await picture(page, "author", "ten-photos");
  await at.close();
});

test.each(editions)("what waits for an author stands on the home page and on the tab ($edition)", async (edition) => {
  const { id } = await raiseCase(county(), `水管漏水 ${edition.edition}`, [
    { move: "start", text: "去看" },
    { move: "finish", text: "修好了" },
  ]);
  const at = await inEdition(edition.skin, 390);
  const { page } = at;
  await at.open("/");
  await sees(page, "您反映的事办好了吗？请您确认");
  await sees(page, /有 \d+ 条消息没有看/);
  await link(page, /^我的，\d+ 条未读消息/).waitFor();
  expect(await look(page, edition, "home")).toEqual([]);
  for (const name of ["services", "circle"] as const) {
    await at.open(address(name));
    await link(page, /^我的，\d+ 条未读消息/).waitFor();
  }
  await at.open("/");
  await link(page, /^去确认/).click();
  await button(page, "确认办结").waitFor();
  expect(new URL(page.url()).searchParams.get("id")).toBe(id);

  await at.open(address("me"));
  expect(await look(page, edition, "me")).toEqual([]);
  await link(page, "我发的和反映的").click();
  await page.waitForURL((url) => url.pathname === "/circle" && url.searchParams.get("show") === "mine");
  await sees(page, `水管漏水 ${edition.edition}`);
  const { api } = await county().person(people.villager);
  await api.messages.readAll.mutate({});
  await at.open("/");
  expect(await link(page, /条未读消息/).count()).toBe(0);
  quiet(at);
  await at.close();
});

test("a comment and an edit that were not sent are there after a reload, and gone when sent or when one leaves", async () => {
  const { api } = await county().person(people.villager);
  const input = { key: key(), village: county().village.code, kind: "chat" as const, text: "聊聊天" };
  const { id } = await api.circle.post.mutate(input);
  const at = await visit({ as: people.villager, width: 320 });
  const { page } = at;
  const typed = () =>
    page.evaluate(() =>
      JSON.stringify(Object.entries(localStorage).filter(([name]) => name.startsWith("typed-words"))),
    );
  await at.open(address("writePost", { id }));
  await field(page, "内容").fill("聊聊天，喝喝茶");
  await page.reload();
  await ready(page);
  await sees(page, "这是您上次没有保存的修改，可以接着改");
  expect(await field(page, "内容").inputValue()).toBe("聊聊天，喝喝茶");
  await picture(page, "author", "edit-again");
  await at.open(address("post", { id }));
  await field(page, "写评论").fill("第一句");
  await page.reload();
  await ready(page);
  await field(page, "写评论").waitFor();
  expect(await field(page, "写评论").inputValue()).toBe("第一句");
  await button(page, "发出评论").click();
  await sees(page, "评论 1");
  await expect.poll(typed).not.toContain("第一句");
  await field(page, "写评论").fill("第二句");
  await expect.poll(typed).toContain("第二句");
  await at.open(address("sessions"));
  await button(page, "退出登录").click();
  await button(page, "确定退出").click();
  await sees(page, "还没有登录");
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toMatch(/第二句|喝喝茶/);
  await at.close();
});
