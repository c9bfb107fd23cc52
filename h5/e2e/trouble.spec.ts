import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { people, until } from "./county.ts";
import { aWalk, button, heading, link, picture, ready, sees } from "./kit.ts";

/** What went wrong is put right where it went wrong, and nobody is led off the site. */
const { county, visit } = aWalk();

const notices = () => `/notices?region=${county().village.code}`;
const back = (page: Page) => page.getByRole("button", { name: "返回" }).filter({ visible: true }).first();
const pathOf = (page: Page) => new URL(page.url()).pathname;

test("返回 on a notice that was opened directly leads home, and to the list when one came from there, also after a reload", async () => {
  const id = await county().noticeId("停水通知：二组");
  const at = await visit();
  const { page } = at;
  // Another site's page lies behind.
  await page.goto("data:text/html,<title>elsewhere</title>");
  await at.open(`/notice?id=${id}`);
  await back(page).click();
  await page.waitForURL((url) => url.pathname === "/");

  await at.open(notices());
  await link(page, /停水通知：五组/).click();
  await heading(page, /停水通知：五组/).waitFor();
  await page.reload();
  await heading(page, /停水通知：五组/).waitFor();
  await ready(page);
  await back(page).click();
  await page.waitForURL((url) => url.pathname === "/notices");
  expect(pathOf(page)).toBe("/notices");
  await at.close();
});

test.each([0, 2] as const)(
  "a form that is not filled in puts the cursor into the first gap and names the others beside the button (edition %i)",
  async (edition) => {
    const { api } = await county().person(people.villager);
    await api.account.setElder.mutate({ elder: edition });
    const at = await visit({ as: people.villager, width: 320, height: 568, skin: edition });
    const { page } = at;
    await at.open("/verify?region=990101101202");
    await button(page, "提交申请").click();
    await sees(page, "还没有填好：姓名、身份证号、村民小组、同意核对");
    const name = page.getByRole("textbox", { name: "姓名" });
    await until("the cursor", async () => (await name.evaluate((one) => one === document.activeElement)) || undefined);
    const box = await name.boundingBox();
    expect(box && box.y >= 0 && box.y + box.height <= 568).toBe(true);
    await page.screenshot({ path: `.screens/h5/walk-gap-${edition}.png` });
    await page.keyboard.type("王小雨");
    await button(page, "提交申请").click();
    await sees(page, "还没有填好：身份证号、村民小组、同意核对");
    await picture(page, "walk", `gap-${edition}`);
    await api.account.setElder.mutate({ elder: 0 });
    await at.close();
  },
);

test("what was asked without a network is asked again by itself when it is back", async () => {
  const at = await visit();
  const { page } = at;
  await at.open("/search");
  await at.context.setOffline(true);
  await page.getByRole("textbox", { name: "想找什么" }).fill("寒潮");
  await button(page, "搜索").click();
  await sees(page, "没有连上网络，请检查网络后重试");
  expect(await page.getByText("还没有保存过").filter({ visible: true }).count()).toBe(0);
  await at.context.setOffline(false);
  await sees(page, "“寒潮”的结果");
  await at.close();
});

test("the desk's preview opens the files of a notice and tells when it was published", async () => {
  const id = await county().noticeId("路灯亮了");
  const { publishedAt } = await county().world.anybody().notices.get.query({ id });
  const at = await visit({ as: people.secretary, desk: true });
  await at.open(`/desk/notices/${id}`);
  const preview = at.page.getByRole("region", { name: "标准版预览" });
  const file = preview.getByRole("link", { name: /验收单\.pdf/ });
  const href = await file.getAttribute("href");
  const answer = await at.context.request.get(new URL(href ?? "", county().url).href);
  expect([answer.status(), answer.headers()["content-type"]]).toEqual([200, "application/pdf"]);
  const day = new Date(publishedAt + 8 * 3_600_000).getUTCDate();
  expect(await preview.locator(".phone-meta").first().innerText()).toMatch(new RegExp(`月${day}日`));
  await at.close();
});
