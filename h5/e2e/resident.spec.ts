import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { refusedWith } from "../../server/test/client.ts";
import { roster } from "../../server/test/seed/people.ts";
import { people } from "./county.ts";
import { aWalk, button, field, heading, link, picture, quiet, ready, sees, select, text, type Visit } from "./kit.ts";

const phone = "19900000077";
/** A line of the household roster whose person has not come yet. */
const line = roster(48)[40] ?? { name: "", idCard: "", group: "" };

const { county, visit } = aWalk();
let at: Visit;
let page: Page;
let portalNotice: string;
beforeAll(async () => {
  portalNotice = await county().bringInPortal();
});

const tab = (name: string) => page.getByRole("navigation", { name: "主导航" }).getByRole("link", { name });

test("somebody who is nobody yet reads the county's notices and picks a village", async () => {
  at = await visit();
  page = at.page;
  await at.open("/");
  await heading(page, "示例县公告").waitFor();
  await sees(page, "示例县气象台发布寒潮蓝色预警");
  await link(page, /换一个村/).click();
  await field(page, "找村名").fill("竹溪");
  await button(page, "竹溪村").click();
  await heading(page, "竹溪村公告").waitFor();
  await page.reload();
  await ready(page);
  await heading(page, "竹溪村公告").waitFor();
});

test("reads list and notice, with its table, and a notice from elsewhere with its source and a word before leaving", async () => {
  await page.getByRole("link", { name: "全部", exact: true }).first().click();
  await heading(page, "竹溪村公告").last().waitFor();
  const rows = page.getByRole("list", { name: "公告" }).getByRole("listitem");
  await rows.nth(19).waitFor();
  await button(page, "看更多").or(text(page, "没有更多了")).first().scrollIntoViewIfNeeded();
  await rows.nth(20).waitFor();
  await page.getByRole("radio", { name: "停水停电" }).click();
  await link(page, /停水通知：二组/).click();
  await heading(page, "停水通知：二组、三组检修管道").waitFor();
  await page.getByRole("cell", { name: "早上 8 点" }).first().waitFor();
  await button(page, "返回").click();
  await page.getByRole("radio", { name: "停水停电", checked: true }).waitFor();

  await at.open(`/notice?id=${portalNotice}`);
  await sees(page, "转自 示例县门户网站");
  await link(page, "看原文").click();
  const leaving = page.getByRole("dialog", { name: "即将离开本站" });
  await leaving.getByText(county().world.outside.urls["portal"]?.replace(/\/$/, "") ?? "", { exact: false }).waitFor();
  await picture(page, "walk", "leaving");
  await button(leaving, "不打开，留在本页").click();
  await leaving.waitFor({ state: "hidden" });
});

test("finds by a word of two characters, by the first letters of pinyin, and is told when nothing is found", async () => {
  await at.open("/");
  await link(page, /搜公告/).click();
  const search = async (words: string) => {
    await field(page, "想找什么").fill(words);
    await button(page, "搜索").click();
  };
  await search("路灯");
  await sees(page, "村道路灯安装完成");
  await search("tstz");
  await sees(page, /停水通知/);
  await picture(page, "walk", "found");
  await search("外星人降落");
  await sees(page, /没有找到“外星人降落”/);
  await picture(page, "walk", "nothing-found");
});

test("signs in with the code that came to the phone, only after the consent", async () => {
  await at.open("/");
  await tab("我的").click();
  await link(page, "登录").click();
  await field(page, "手机号").fill(phone);
  const messages = county().messages(phone);
  await button(page, "获取验证码").click();
  await sees(page, /请先看说明/);
  expect(county().messages(phone)).toBe(messages);
  await page.getByRole("checkbox").click();
  await button(page, "获取验证码").click();
  await sees(page, /验证码已发到 199\*{4}0077/);
  await field(page, "验证码").fill("000000");
  await button(page, "登录").click();
  await sees(page, /验证码不对|不正确|错/);
  await picture(page, "walk", "wrong-code");
  await field(page, "验证码").fill(await county().codeOn(phone, messages));
  await button(page, "登录").click();
  await sees(page, /手机号 199\*{4}0077/);
  // The wrong code was answered with a refusal, and the browser notes every one.
  at.problems.splice(0);
});

test("follows the village, proves to be a villager by the roster, and sees it", async () => {
  await tab("为村").click();
  await button(page, "关注竹溪村").click();
  await link(page, "认证成为村民").click();
  await button(page, "提交申请").click();
  await sees(page, "同意的话，请在上面打勾");
  await picture(page, "walk", "verify-missing");
  await field(page, "姓名").fill(line.name);
  await field(page, "身份证号").fill(line.idCard);
  await select(page, "村民小组").selectOption({ label: line.group });
  await page.getByRole("checkbox").click();
  await button(page, "提交申请").click();
  await sees(page, "认证通过，您是竹溪村的认证村民");
  await at.open("/me");
  await sees(page, "认证村民");
  await at.open("/me/account");
  await sees(page, /199\*{4}0077/);
  expect(await page.locator("#app").innerText()).not.toMatch(new RegExp(`${line.name}|${line.idCard}|${phone}`));
  quiet(at);
});

test("sees the own devices, takes the own data home, and signs out", async () => {
  // The mini-program is another device of the same account.
  const mini = await county().person(phone);
  await at.open("/me/sessions");
  await button(page, /让它退出：.*小程序/).click();
  await button(page.getByRole("dialog"), "确定退出").click();
  await sees(page, "已退出");
  expect(await refusedWith(mini.api.account.sessions.query({}))).toBe("SIGN_IN_FIRST");

  await at.open("/me/account");
  const [file] = await Promise.all([page.waitForEvent("download"), button(page, "导出我的资料").click()]);
  const data = JSON.stringify(JSON.parse(readFileSync(await file.path(), "utf8")));
  expect(data).toContain(line.idCard);
  await sees(page, "已经交给浏览器下载");
  await button(page, "退出登录").click();
  await button(page.getByRole("dialog"), "确定退出").click();
  await sees(page, "还没有登录");
  await at.open("/");
  await heading(page, "竹溪村公告").waitFor();
  quiet(at);
  await at.close();
});

test("closes the account: afterwards the phone is nobody's", async () => {
  const { api } = await county().person(people.migrant);
  expect((await api.account.me.query({})).me?.villages.map(({ name }) => name)).toContain("竹溪村");
  at = await visit({ as: people.migrant });
  page = at.page;
  await at.open("/me/account");
  await button(page, "注销账号").click();
  const sheet = page.getByRole("dialog", { name: "注销账号" });
  await button(sheet, "确定注销").click();
  await sees(sheet, "请输入“注销”两个字");
  await picture(page, "walk", "close-account");
  await field(sheet, /请输入“注销”/).fill("注销");
  await button(sheet, "确定注销").click();
  await sees(page, "还没有登录");
  quiet(at);
  await at.close();
  const { me } = await (await county().person(people.migrant)).api.account.me.query({});
  expect([me?.name, me?.villages]).toEqual([null, []]);
});
