import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { people, until } from "./county.ts";
import { aWalk, button, field, heading, network, picture, ready, sees, text, type Visit } from "./kit.ts";

const { county, visit } = aWalk();
let id: string;
beforeAll(async () => {
  id = await county().noticeId("停水通知：二组");
});

/** The service worker has taken the page under its care, with the app's files. */
async function cared(page: Page): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready);
  await until("the worker's control", () =>
    page.evaluate(() => (navigator.serviceWorker.controller === null ? undefined : true)),
  );
}

async function seen(at: Visit): Promise<void> {
  await at.open("/");
  await cared(at.page);
  await at.open(`/notices?region=${county().village.code}`);
  await at.open(`/notice?id=${id}`);
  await heading(at.page, /停水通知：二组/).waitFor();
}

test("without a network what was seen is read again, with its time and with a word that it is old", async () => {
  const at = await visit();
  await seen(at);
  await network(at, false);
  await at.page.reload();
  await heading(at.page, /停水通知：二组/).waitFor();
  await sees(at.page, "早上 8 点");
  await sees(at.page, "没有网络，看到的是以前保存的内容");
  // Half a day later it says of when it is.
  await at.page.clock.setSystemTime(Date.now() + 12 * 3_600_000);
  await at.page.reload();
  await heading(at.page, /停水通知：二组/).waitFor();
  await picture(at.page, "walk", "offline-old");
  await sees(at.page, /没有更新成功，这是 .*\d\d:\d\d 的内容/);
  await at.open(`/notices?region=${county().village.code}`);
  await sees(at.page, /停水通知：五组/);
  // A page that was never seen says what is the matter, and comes by itself when the network does.
  await at.page.goto(`/notice?id=${await county().noticeId("流感疫苗")}`);
  await sees(at.page, "没有网络，这一页还没有保存过，连上网以后才能看");
  expect(await text(at.page, "以前保存的内容").count()).toBe(0);
  await picture(at.page, "walk", "offline-never-seen");
  await network(at, true);
  await heading(at.page, "流感疫苗接种安排").waitFor();
  expect(await text(at.page, "没有网络").count()).toBe(0);
  await at.close();
});

test("while the server is down what was seen is read again", async () => {
  const at = await visit();
  await seen(at);
  await at.context.route("**/trpc/**", (route) => route.abort("connectionrefused"));
  await at.open(`/notices?region=${county().village.code}`);
  await sees(at.page, /停水通知：五组/);
  await at.close();
});

test("a request that failed says what to do, and trying again brings the page", async () => {
  const at = await visit();
  await at.open("/");
  let down = true;
  await at.context.route("**/trpc/regions.tree**", (route) =>
    down ? route.fulfill({ status: 503, json: {} }) : route.continue(),
  );
  await at.open("/villages");
  await button(at.page, "重试").waitFor();
  await picture(at.page, "walk", "fault");
  down = false;
  await button(at.page, "重试").click();
  await sees(at.page, "竹溪村");
  await at.close();
});

test("on a slow network the shape of the list comes first, then the list", async () => {
  const at = await visit();
  await at.open("/");
  let go = () => {};
  const held = new Promise<void>((resolve) => {
    go = resolve;
  });
  await at.context.route("**/trpc/**", async (route) => {
    await held;
    await route.continue();
  });
  await at.page.getByRole("link", { name: "健康医疗", exact: true }).click();
  await at.page.getByRole("status", { name: "正在读取，请稍等" }).first().waitFor();
  go();
  await sees(at.page, "示例县人民医院可以手机挂号");
  await at.close();
});

test("a notice that could not be sent keeps every word, also when the page is opened anew", async () => {
  const at = await visit({ as: people.committee });
  const { page } = at;
  await at.open("/write");
  await field(page, "标题").fill("没有网络时写的公告");
  await field(page, "内容").fill("这几句话一个字也不能丢。");
  await at.context.setOffline(true);
  await button(page, "提交审核").click();
  await sees(page, /没有连上网络/);
  expect(await field(page, "内容").inputValue()).toBe("这几句话一个字也不能丢。");
  await at.context.setOffline(false);
  await page.reload();
  await ready(page);
  expect(await field(page, "标题").inputValue()).toBe("没有网络时写的公告");
  expect(await field(page, "内容").inputValue()).toBe("这几句话一个字也不能丢。");
  await button(page, "提交审核").click();
  await sees(page, "待审核");
  await at.close();
});
