import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { people, until } from "./county.ts";
import { aWalk, button, field, link, network, picture, quiet, ready, sees, text } from "./kit.ts";
import { barriers, complaints, rules } from "./look.ts";
import { address } from "./pages.ts";

/** The village circle in browsers: how its pages stand, and what they keep. */
const { county, visit } = aWalk();
let help: string;
let mine: string;
beforeAll(async () => {
  [help, mine] = await talk();
});

const key = () => crypto.randomUUID();
const village = () => county().village.code;

/** A village that talks: a case with an answer and comments, a thing shared, something hidden. */
async function talk(): Promise<[string, string]> {
  const [villager, elder, secretary] = await Promise.all(
    [people.villager, people.elder, people.secretary].map((phone) => county().person(phone)),
  );
  if (!villager || !elder || !secretary) throw new Error("somebody is missing");
  const post = (of: typeof villager, kind: "help" | "share" | "oversight" | "chat", words: string, hideMe = false) =>
    of.api.circle.post.mutate({
      key: key(),
      village: village(),
      kind,
      text: words,
      place: kind === "help" ? "村口桥边第三根电线杆" : undefined,
      hideMe,
    });
  await post(elder, "chat", "今天赶集，菜价还行。");
  await post(villager, "oversight", "去年修水渠的账目，能不能贴出来让大家看看？", true);
  const { id: own } = await post(
    villager,
    "share",
    `${"今年的桃子熟得早，想卖桃子的，可以把桃子送到村部门口，合作社每天早上七点半来收，按大小分三档。".repeat(6)}`,
  );
  const { id } = await post(elder, "help", "村口的路灯坏了三盏，晚上看不见路，老人和孩子走路不安全，请村里来看看。");
  await secretary.api.circle.reply.mutate({ id, key: key(), text: "收到，今天下午就请电工去看，换好后拍照给大家看。" });
  const said = await villager.api.circle.comment.mutate({ id, key: key(), text: "我家门口那盏也不亮。" });
  const under = said.discussion[0]?.id ?? "";
  await elder.api.circle.comment.mutate({ id, key: key(), under, text: "一起修了吧。", callVillage: true });
  await villager.api.circle.like.mutate({ id, on: true });
  const migrant = await county().person(people.migrant);
  const [loud, hidden] = [
    await post(migrant, "chat", "天天说一样的话。"),
    await post(migrant, "oversight", "水渠的账目贴了吗？", true),
  ];
  for (const one of [loud, hidden]) await villager.api.circle.block.mutate({ id: one.id, on: true });
  await county().world.settle();
  return [id, own];
}

/** As somebody has set the browser's own type size. */
const twiceAsLarge = (page: Page) =>
  page.evaluate(() => {
    document.documentElement.style.fontSize = "200%";
  });

const editions = [
  { edition: "normal", skin: 0 },
  { edition: "elder", skin: 1 },
  { edition: "largest", skin: 2 },
] as const;

test.each(editions)("the circle's pages are whole in the $edition edition", async ({ edition, skin }) => {
  const { api } = await county().person(people.villager);
  await api.account.setElder.mutate({ elder: skin });
  const at = await visit({ as: people.villager, skin });
  const { page } = at;
  const wanted = rules[skin === 0 ? "normal" : "elder"];
  const found: string[] = [];
  const shown: [string, string][] = [
    ["circle", address("circle")],
    ["circle-mine", address("circle", { show: "mine" })],
    ["circle-followed", address("circle", { show: "followed" })],
    ["circle-about", address("circle", { show: "about" })],
    ["post", address("post", { id: help })],
    ["post-own", address("post", { id: mine, sent: "1" })],
    ["write", address("writePost", { village: village() })],
    ["edit", address("writePost", { id: mine })],
    ["search", address("searchPosts", { village: village() })],
    ["log", address("circleLog", { village: village() })],
    ["blocked", address("blocked")],
    ["home", address("home")],
    ["me", address("me")],
  ];
  for (const [name, where] of shown) {
    const note = (size: string, lines: string[]) => found.push(...lines.map((line) => `${name} ${size}: ${line}`));
    await page.setViewportSize({ width: 390, height: 844 });
    await at.open(where);
    // A kind that may call the village.
    if (name === "write") await page.getByRole("radio", { name: /^建议/ }).click();
    note("axe", await barriers(page));
    note("at 390", await complaints(page, wanted));
    await picture(page, `circle-${edition}`, `${name}-390`);
    await page.setViewportSize({ width: 320, height: 640 });
    note("at 320", await complaints(page, wanted));
    await picture(page, `circle-${edition}`, `${name}-320`);
    await page.setViewportSize({ width: 390, height: 844 });
    await twiceAsLarge(page);
    note("at 200 %", await complaints(page, wanted));
    await picture(page, `circle-${edition}`, `${name}-200`);
  }
  expect(found).toEqual([]);
  quiet(at);
  await at.close();
});

test("a post with a photo, written without a network, is kept over a reload and goes out once", async () => {
  const at = await visit({ as: people.migrant });
  const { page, context } = at;
  await at.open(address("circle"));
  await link(page, "发布").click();
  // The chips of the page before go by the same names until it is gone.
  await field(page, "内容").waitFor();
  await page.getByRole("radio", { name: /^分享/ }).click();
  await field(page, "内容").fill("在外面也想着村里的桃子");
  await context.setOffline(true);
  const choosing = page.waitForEvent("filechooser");
  await button(page, "加照片").click();
  await (await choosing).setFiles({ name: "桃子.png", mimeType: "image/png", buffer: await county().photo() });
  await sees(page, /照片 1 没有传上/);
  await button(page, /^发布/).click();
  await sees(page, "待发送");
  await sees(page, /照片 1 张，都存在这部手机里/);
  await context.setOffline(false);
  await page.reload();
  await ready(page);
  await text(page, "待发送").waitFor({ state: "detached" });
  const { api } = await county().person(people.migrant);
  const own = async () => (await api.circle.feed.query({ which: "mine", q: "村里的桃子" })).items;
  await expect.poll(async () => (await own()).length).toBe(1);
  expect((await own())[0]?.photos).toHaveLength(1);
  await at.close();
});

test("what was said in the village is read again without a network, as of then, and nothing of it stays after signing out", async () => {
  const at = await visit({ as: people.follower });
  const { page } = at;
  const words = /村口的路灯坏了三盏/;
  await at.open("/");
  await page.evaluate(() => navigator.serviceWorker.ready);
  await until("the worker's control", () =>
    page.evaluate(() => (navigator.serviceWorker.controller === null ? undefined : true)),
  );
  await at.open(address("circle"));
  await sees(page, words);
  await at.open(address("post", { id: help }));
  await sees(page, "我家门口那盏也不亮。");
  await network(at, false);
  for (const [name, where, said] of [
    ["offline", address("circle"), words],
    ["offline-post", address("post", { id: help }), "我家门口那盏也不亮。"],
  ] as const) {
    await page.goto(where);
    await sees(page, said);
    await sees(page, "没有网络，看到的是以前保存的内容");
    for (const width of [390, 320]) {
      await page.setViewportSize({ width, height: 844 });
      await picture(page, "circle-normal", `${name}-${width}`);
    }
  }
  await network(at, true);
  await at.open(address("sessions"));
  expect(await page.evaluate(() => JSON.stringify(localStorage))).toMatch(words);
  await button(page, "退出登录").click();
  await button(page, "确定退出").click();
  await sees(page, "还没有登录");
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toMatch(words);
  await at.close();
});

test("what somebody reads stays where it is while news comes, and is there at one tap", async () => {
  const at = await visit({ as: people.elder });
  const { page } = at;
  await at.open(address("circle"));
  const { api } = await county().person(people.villager);
  const words = "新修的水渠通水了";
  await api.circle.post.mutate({ key: key(), village: village(), kind: "share", text: words });
  await sees(page, /有 1 条新的/);
  expect(await text(page, words).count()).toBe(0);
  await button(page, /有 1 条新的/).click();
  await sees(page, words);
  quiet(at);
  await at.close();
});

test("somebody who is not signed in is led in, and still finds the village's notices", async () => {
  const at = await visit();
  const { page } = at;
  await page.addInitScript((place) => {
    localStorage.setItem("place", JSON.stringify({ data: place }));
  }, county().village);
  await at.open(address("circle"));
  await sees(page, "村里公告");
  await button(page, "关注竹溪村").waitFor();
  await at.open(address("post", { id: help }));
  await sees(page, "村里人说的话，登录并关注这个村以后才能看");
  await at.close();
});
