import { readFileSync } from "node:fs";
import type { Locator, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { people, until } from "./county.ts";
import { bySecondFactor, editor, endSessions, forgetCodes, move, signInAgain } from "./desk.ts";
import { aWalk, button, field, heading, link, quiet, sees, select, text } from "./kit.ts";

const { county, visit } = aWalk();

/** Presses a key until the focus is there. */
async function walkTo(page: Page, goal: Locator, key = "Tab"): Promise<void> {
  for (let steps = 0; steps < 60; steps++) {
    if (await goal.evaluate((el) => el === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${goal} is not reached with ${key}`);
}

test("a notice is written, saved and handed in with the keyboard alone", async () => {
  const at = await visit({ as: people.committee, desk: true });
  const { page } = at;
  await at.open("/desk/notices");
  await walkTo(page, button(page, "写公告"));
  await page.keyboard.press("Enter");
  await heading(page, "写公告").waitFor();
  await walkTo(page, field(page, "标题"));
  await page.keyboard.type("键盘写的公告");
  await walkTo(page, select(page, "栏目"));
  await page.keyboard.press("ArrowDown");
  await walkTo(page, page.getByRole("toolbar").getByRole("button", { name: "大标题" }));
  await walkTo(page, page.getByRole("toolbar").getByRole("button", { name: "表格" }), "ArrowRight");
  await page.keyboard.press("Enter");
  await page.keyboard.type("时间");
  await page.keyboard.press("Tab");
  await page.keyboard.type("地点");
  // A dialog begins in its first field, and gives the cursor back to the text.
  await page.keyboard.press("Escape");
  await walkTo(page, page.getByRole("toolbar").getByRole("button", { name: "链接" }), "ArrowRight");
  await page.keyboard.press("Enter");
  const link = page.getByRole("dialog", { name: "链接" });
  await link.locator("input:focus").waitFor();
  await page.keyboard.type("0990-1234567");
  await page.keyboard.press("Enter");
  await link.waitFor({ state: "hidden" });
  // In a table the tab key goes from cell to cell: Escape leads out of the text.
  await page.keyboard.press("Escape");
  await walkTo(page, button(page, "保存草稿"), "Shift+Tab");
  await page.keyboard.press("Enter");
  await sees(page, "已保存");
  await walkTo(page, button(page, "提交审核"));
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "提交审核" });
  await dialog.waitFor();
  await walkTo(page, dialog.getByRole("button", { name: "提交审核" }));
  await page.keyboard.press("Enter");
  await sees(page, "待审核");
  await sees(page, "等另一位同事审核");
  await sees(page, "地点");
  quiet(at);
  await at.close();
});

test("whose session ends while writing signs in again and finds every word", async () => {
  const at = await visit({ as: people.committee, desk: true });
  const { page } = at;
  await at.open("/desk/notices/new");
  await field(page, "标题").fill("写到一半的公告");
  await select(page, "栏目").selectOption("culture");
  await editor(page).click();
  await page.keyboard.type("这几句话一个字也不能丢。");
  await endSessions(county(), people.committee);
  await forgetCodes(county());
  await button(page, "保存草稿").click();
  await sees(page, "登录时间到了，请重新登录。刚才的页面和填写的内容都还在。");
  expect(await text(page, "这几句话").count()).toBe(0);
  at.problems.splice(0);
  await signInAgain(page, county(), people.committee);
  await bySecondFactor(page, county(), people.committee);
  expect(await field(page, "标题").inputValue()).toBe("写到一半的公告");
  expect(await editor(page).innerText()).toContain("这几句话一个字也不能丢。");
  // Nothing still says what is no longer true.
  expect(await page.getByRole("alert").filter({ visible: true }).count()).toBe(0);
  await button(page, "保存草稿").click();
  await sees(page, "已保存");
  await at.close();
});

test("who leaves right after the last word finds it again", async () => {
  const at = await visit({ as: people.countyClerk, desk: true });
  const { page } = at;
  await at.open("/desk/notices/new");
  await field(page, "标题").fill("马上就走");
  await page.evaluate(() => document.querySelector<HTMLElement>("a.back")?.click());
  await heading(page, "公告").waitFor();
  await link(page, "继续写").click();
  await heading(page, "写公告").waitFor();
  expect(await field(page, "标题").inputValue()).toBe("马上就走");
  quiet(at);
  await at.close();
});

test("what could not be fetched is never called empty", async () => {
  const at = await visit({ as: people.townClerk, desk: true });
  await at.context.route("**/trpc/**portals.list**", (route) => route.fulfill({ status: 500, json: {} }));
  await at.page.goto("/desk/portals");
  await button(at.page, "重试").waitFor();
  expect(await text(at.page, "还没有外部来源").count()).toBe(0);
  await at.context.unroute("**/trpc/**portals.list**");
  await button(at.page, "重试").click();
  await sees(at.page, "还没有外部来源");
  await at.close();
});

test("a source that is read again says so until it was read", async () => {
  await county().bringInPortal();
  const at = await visit({ as: people.countyClerk, desk: true });
  await at.open("/desk/portals");
  // Longer than the list takes to come again: a reading that is over by then is never seen under way.
  county().world.outside.portal.control.fault({ kind: "delay", ms: 4_000 });
  const again = button(at.page, "立即更新 示例县门户网站");
  await again.click();
  await sees(at.page, "正在读取");
  await county().world.settle();
  await text(at.page, "正在读取").waitFor({ state: "detached" });
  await sees(at.page, "立即更新");
  quiet(at);
  await at.close();
});

test("from the draft to the withdrawal: timed, taken back, published, pinned, withdrawn, by three people", async () => {
  const { committee: writer, supervisor: reviewer, secretary: publisher } = people;
  const { api } = await county().person(writer);
  const draft = await api.notices.draft.mutate({
    key: "walk-clerk-timed",
    region: county().village.code,
    title: "竹溪村年货赶集的时间",
    category: "culture",
    body: [{ t: "p", c: [{ t: "text", v: "腊月二十赶集。" }] }],
  });
  await api.notices.move.mutate({ id: draft.id, version: draft.version, move: "submit" });
  const review = await visit({ as: reviewer, desk: true });
  await review.open(`/desk/notices/${draft.id}`);
  await move(review.page, "审核通过");
  await sees(review.page, "待发布");

  const at = await visit({ as: publisher, desk: true });
  const { page } = at;
  await at.open(`/desk/notices/${draft.id}`);
  await move(page, "定时发布");
  await sees(page, "已定时发布");
  // What was just done stands in the record without a reload.
  await sees(page.getByLabel("版本"), /定时发布/);
  await move(page, "取消定时");
  await page.getByRole("button", { name: "发布", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "发布", exact: true }).click();
  await sees(page, "已发布");
  // One of the two, never both.
  await move(page, "置顶");
  await button(page, "取消置顶").waitFor();
  expect(await page.getByRole("button", { name: "置顶", exact: true }).count()).toBe(0);
  await move(page, "取消置顶");
  await page.getByRole("button", { name: "置顶", exact: true }).waitFor();
  await button(page, "撤回").click();
  const dialog = page.getByRole("dialog", { name: "撤回" });
  await dialog.getByRole("button", { name: "撤回" }).click();
  await sees(dialog, "请填写理由");
  await dialog.getByRole("textbox").fill("时间写错了");
  await dialog.getByRole("button", { name: "撤回" }).click();
  await sees(page, "已撤回");
  quiet(review, at);
  await review.close();
  await at.close();
});

describe("my account", () => {
  test("shows where I am signed in, signs another device out, and hands me what is kept about me", async () => {
    const { api } = await county().person(people.townClerk);
    const at = await visit({ as: people.townClerk, desk: true });
    const { page } = at;
    await at.open("/desk/account");
    await link(page, "我的账号").waitFor();
    const others = page.getByRole("button", { name: /^让 .* 退出$/ });
    const before = await others.count();
    expect(before).toBeGreaterThan(0);
    await others.first().click();
    await button(page.getByRole("dialog"), "确定退出").click();
    await until("one device fewer", async () => ((await others.count()) === before - 1 ? true : undefined));
    const [download] = await Promise.all([page.waitForEvent("download"), button(page, "导出我的资料").click()]);
    expect(JSON.parse(readFileSync(await download.path(), "utf8"))).toBeTypeOf("object");
    expect((await api.account.sessions.query({}).catch(() => null))?.items.length ?? 0).toBeLessThanOrEqual(before);
    quiet(at);
    await at.close();
  });

  test("is closed only with the word typed, and then nobody is signed in with it any more", async () => {
    const phone = "19900000093";
    const { api, id } = await county().person(phone);
    const { api: admin } = await county().person(people.secadmin);
    await admin.grants.give.mutate({ phone, role: "committee", region: county().village.code });
    const at = await visit({ desk: true });
    const { page } = at;
    await signInFresh(page, phone);
    await link(page, "我的账号").click();
    await button(page, "注销账号").click();
    const dialog = page.getByRole("dialog", { name: "注销账号" });
    await button(dialog, "确定注销").click();
    await sees(dialog, "请输入“注销”两个字");
    expect((await api.account.me.query({})).me?.id).toBe(id);
    await dialog.getByRole("textbox").fill("注销");
    await button(dialog, "确定注销").click();
    await field(page, "手机号").waitFor();
    expect((await api.account.me.query({})).me).toBeNull();
    quiet(at);
    await at.close();
  });
});

/** Somebody new sets up the second factor on the way in. */
async function signInFresh(page: Page, phone: string): Promise<void> {
  await page.goto("/desk/");
  await heading(page, /工作台$/).waitFor();
  await signInAgain(page, county(), phone);
  await heading(page, "绑定动态口令").waitFor();
  county().enrol(phone, (await page.locator(".secret").innerText()).replace(/\s/g, ""));
  await bySecondFactor(page, county(), phone);
}
