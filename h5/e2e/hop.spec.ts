import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { people } from "./county.ts";
import { aWalk, button, link, quiet, ready, sees } from "./kit.ts";

const phone =
  "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/120.0.0.0 Mobile Safari/537.36";
const insides = [
  { where: "WeChat", userAgent: `${phone} MicroMessenger/8.0.50 WeChat/arm64 NetType/4G`, way: /微信/ },
  { where: "Alipay", userAgent: `${phone} AlipayClient/10.6.0 Language/zh-Hans AliApp(AP/10.6.0)`, way: /支付宝/ },
] as const;

/** What the vendors' pages say of 王谷雨. */
const resident = { miniOpenid: "oMini_resident", unionid: "uUnion_resident", alipayOpenId: "aOpen_resident" };

const { county, visit } = aWalk();

const meOf = (page: Page) =>
  page.evaluate(async () => {
    const answer = await fetch("/trpc/account.me?input=%7B%7D", { headers: { "x-client": "web/1.0.0" } });
    const { result } = (await answer.json()) as { result: { data: { me: { id: string; channels: string[] } | null } } };
    return result.data.me;
  });

test.each(insides)(
  "inside $where one tap signs in the person of the mini-program",
  async ({ where, userAgent, way }) => {
    const mini =
      where === "WeChat"
        ? await county().world.person({ openid: resident.miniOpenid, unionid: resident.unionid })
        : await county().world.person({ channel: "alipay", openid: resident.alipayOpenId, phone: people.villager });
    const at = await visit({ userAgent });
    const { page } = at;
    await at.open("/me");
    await link(page, "登录").click();
    await page.getByRole("checkbox").first().click();
    await button(page, way).or(link(page, way)).first().click();
    // The platform's own page, which a real phone answers by itself.
    await link(page, /王谷雨/).click();
    await page.waitForURL((url) => url.origin === county().url);
    await ready(page);
    const me = await meOf(page);
    expect(me?.id).toBe(mini.id);
    await at.open("/me");
    await sees(page, "199****0001");
    quiet(at);
    await at.close();
  },
);

test("the village that one wants to follow is followed after the platform's page", async () => {
  const mini = await county().world.person({ openid: resident.miniOpenid, unionid: resident.unionid });
  const followed = async () => (await mini.api.account.me.query({})).me?.villages.map(({ name }) => name);
  expect(await followed()).not.toContain("桃坪村");
  const at = await visit({ userAgent: insides[0].userAgent });
  const { page } = at;
  await at.open("/villages?follow=1");
  await button(page, /^桃坪村/).click();
  await page.waitForURL(/sign-in/);
  await page.getByRole("checkbox").first().click();
  await link(page, insides[0].way).first().click();
  await link(page, /王谷雨/).click();
  await page.waitForURL((url) => url.origin === county().url);
  await ready(page);
  await expect.poll(followed, { timeout: 20_000 }).toContain("桃坪村");
  await at.open("/me");
  await sees(page, "桃坪村");
  expect(await page.evaluate(() => Object.keys(localStorage))).not.toContain("wanted-village");
  quiet(at);
  await at.close();
});

test("who says no on the platform's page is told so and finds the way back", async () => {
  const at = await visit({ userAgent: insides[0].userAgent });
  const { page } = at;
  await at.open("/sign-in");
  await page.getByRole("checkbox").first().click();
  await button(page, insides[0].way).or(link(page, insides[0].way)).first().click();
  const state = new URL(page.url()).searchParams.get("state") ?? "";
  await page.goto(`${county().url}/auth/wechat/back?state=${state}`);
  await sees(page, "登录没有成功");
  expect(await meOf(page).catch(() => null)).toBeNull();
  await page.getByRole("link").last().click();
  await page.waitForURL((url) => url.origin === county().url && !url.pathname.startsWith("/auth"));
  await at.close();
});
