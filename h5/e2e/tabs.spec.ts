import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { people } from "./county.ts";
import { forgetCodes } from "./desk.ts";
import { aWalk, button, field, link, sees, type Visit } from "./kit.ts";

const { county, visit } = aWalk();

/** Somebody else signs in in the same browser; this tab does not hear of it. */
async function takenBy(at: Visit, as: string, desk = false) {
  const other = await visit({ as, desk });
  const cookies = await other.context.cookies();
  await other.close();
  await at.context.clearCookies();
  await at.context.addCookies(cookies);
}

/** A tab that knows of them, and says so to the others; it is loaded anew for them first. */
async function inSecondTab(at: Visit) {
  const tab = await at.context.newPage();
  await tab.goto("/me");
  await sees(tab, /手机号 199/);
  await tab.close();
}

test("what one person typed is not sent as another's who signed in in a second tab, and is there when the first is back", async () => {
  const at = await visit({ as: people.committee });
  await at.open("/write");
  await field(at.page, /^标题/).fill("没有写完的一份");
  await field(at.page, /^内容/).fill("还差一段。");
  await takenBy(at, people.secretary);
  await button(at.page, "提交审核").click();
  await at.page.waitForURL((url) => url.pathname === "/");
  const { api } = await county().person(people.secretary);
  const { items } = await api.notices.desk.query({ limit: 50 });
  expect(items.map(({ title }) => title)).not.toContain("没有写完的一份");

  await takenBy(at, people.committee);
  await at.open("/write");
  await expect.poll(() => field(at.page, /^标题/).inputValue()).toBe("没有写完的一份");
  await at.close();
});

test("what one person typed is not shown to another who signed in in a second tab", async () => {
  const at = await visit({ as: people.committee });
  await at.open("/write");
  await field(at.page, /^标题/).fill("只有我看得到");
  await takenBy(at, people.secretary);
  await inSecondTab(at);
  await at.page.waitForURL((url) => url.pathname === "/");
  await at.close();
});

test("another who signs in in the same tab starts at home, and finds nothing of whoever was there", async () => {
  const { api } = await county().person(people.villager);
  const words = "只给村干部看的话";
  const input = { key: "walk-same-tab-01", village: county().village.code, kind: "chat", audience: "cadres" } as const;
  const { id } = await api.circle.post.mutate({ ...input, text: words });
  const at = await visit({ as: people.villager });
  const { page } = at;
  await at.open(`/post?id=${id}`);
  await sees(page, words);
  await at.context.clearCookies({ name: /^(?!skin|place)/ });
  await button(page, /^赞/).click();
  await link(page, "去登录").click();
  await field(page, "手机号").fill(people.follower);
  await page.getByRole("checkbox").click();
  const messages = county().messages(people.follower);
  await button(page, "获取验证码").click();
  await field(page, "验证码").fill(await county().codeOn(people.follower, messages));
  await button(page, "登录").click();
  await page.waitForURL((url) => url.pathname === "/");
  expect(await page.evaluate(() => JSON.stringify(Object.entries(localStorage)))).not.toContain(words);
  await at.close();
});

test("a late word that nobody is signed in does not sign out whom the cookie knows", async () => {
  const at = await visit({ as: people.villager });
  const { page } = at;
  await at.open("/me");
  const refusal = { word: "SIGN_IN_FIRST", zh: "请先登录", details: {} };
  const late = [{ error: { message: refusal.zh, code: -32_001, data: { refusal } } }];
  await page.route("**/trpc/account.sessions*", (route) => route.fulfill({ status: 401, json: late }), { times: 1 });
  await link(page, "登录过的设备").click();
  await sees(page, "请先登录");
  await page.goBack();
  await sees(page, /手机号 199/);
  await link(page, "登录过的设备").click();
  await sees(page, "这台设备");
  await at.close();
});

test("the desk shows and keeps nothing for somebody without an office who signed in in a second tab", async () => {
  await forgetCodes(county());
  const at = await visit({ as: people.secretary, desk: true });
  const { page } = at;
  await at.open("/desk/notices");
  await sees(page, "退出");
  await forgetCodes(county());
  await takenBy(at, people.villager, true);
  const comesToFront = () =>
    page.evaluate(() => {
      document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
      return document.body.innerText;
    });
  await expect.poll(comesToFront, { timeout: 10_000 }).toContain("这个账号没有工作台的岗位");
  expect(await page.locator("#root [hidden]").count()).toBe(0);
  await at.close();
});

test("a desk window that stays in view beside another hears there who is here now: nobody, or somebody else", async () => {
  const one = await visit({ as: people.secretary, desk: true });
  const [first, second] = [one.page, await one.context.newPage()];
  const name = (page: Page) => page.locator("header > .hint").filter({ visible: true });
  await one.open("/desk");
  await second.goto("/desk");
  const left = await name(second).innerText();
  await takenBy(one, people.supervisor, true);
  await second.reload();
  const here = await name(second).innerText();
  expect(here).not.toBe(left);
  await expect.poll(() => name(first).innerText()).toBe(here);
  await button(second, "退出").click();
  await field(first, "手机号").waitFor();
  // Signed out on purpose: nothing waits underneath for a return.
  await expect.poll(() => first.locator("#root [hidden]").count()).toBe(0);
  expect(await first.locator("body").innerText()).not.toContain("登录时间到了");
  expect(await name(first).count()).toBe(0);
  await one.close();
});
