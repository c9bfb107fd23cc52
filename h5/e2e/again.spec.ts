import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { moveCase, raiseCase } from "./cases.ts";
import { people } from "./county.ts";
import { aWalk, button, field, link, picture, quiet, sees } from "./kit.ts";
import { barriers, complaints, rules } from "./look.ts";
import { address } from "./pages.ts";

/** What was not let pass: said why, appealed for, put right and sent as a new one. */
const { county, visit } = aWalk();

/** Adds a photo; answers by which name the checker meets it. */
async function addPhoto(page: Page, bytes: Buffer): Promise<string> {
  const sent = page.waitForResponse(
    (answer) => answer.request().method() === "POST" && answer.url().endsWith("/media"),
  );
  const choosing = page.waitForEvent("filechooser");
  await button(page, "加照片").click();
  await (await choosing).setFiles({ name: "桥.png", mimeType: "image/png", buffer: bytes });
  const { url } = (await (await sent).json()) as { url: string };
  return url.split("/").at(-1)?.split(".")[0] ?? url;
}

/** The sandbox's portal draws every picture in a colour of its own. */
const photoOf = async (name: string): Promise<Buffer> =>
  Buffer.from(await (await fetch(new URL(`/images/${name}.png`, county().world.outside.urls["portal"]))).arrayBuffer());

const editions = [
  { edition: "normal", skin: 0 },
  { edition: "elder", skin: 1 },
  { edition: "largest", skin: 2 },
] as const;

test("a photo that is not let pass is named by its number; without it the post goes out as a new one", async () => {
  const at = await visit({ as: people.villager });
  const { page } = at;
  const words = "村口的桥栏杆断了一截，孩子上学从这里过";
  await at.open(address("writePost", { village: county().village.code }));
  await page.getByRole("radio", { name: /^建议/ }).click();
  await field(page, "内容").fill(words);
  await field(page, /^在哪里/).fill("村口的桥");
  await addPhoto(page, await photoOf("1"));
  const bad = await addPhoto(page, await photoOf("2"));
  await sees(page, "照片已传好 2 / 2 张");
  county().world.outside.alipay.control.judge(bad, "block");
  await button(page, "发布").click();
  await sees(page, words);
  await county().world.settle();
  const { api } = await county().person(people.villager);
  const own = async () => (await api.circle.feed.query({ which: "mine", q: words })).items;
  await expect.poll(async () => (await own())[0]?.check, { timeout: 15_000 }).toBe("refused");
  const old = (await own())[0]?.id ?? "";
  await sees(page, /第 2 张照片没有通过自动审核/);

  for (const { edition, skin } of editions) {
    const looks = await visit({ as: people.villager, skin });
    await api.account.setElder.mutate({ elder: skin });
    const wanted = rules[skin === 0 ? "normal" : "elder"];
    const found: string[] = [];
    for (const [name, where] of [
      ["post-refused", address("post", { id: old })],
      ["again", address("writePost", { again: old })],
    ] as const) {
      for (const width of [390, 320]) {
        await looks.page.setViewportSize({ width, height: 844 });
        await looks.open(where);
        found.push(...(await complaints(looks.page, wanted)), ...(await barriers(looks.page)));
        await picture(looks.page, `circle-${edition}`, `${name}-${width}`);
      }
    }
    expect(found).toEqual([]);
    await looks.close();
  }

  await link(page, "改好再发").click();
  await sees(page, /原来的第 2 张照片没有通过，没有带过来/);
  await sees(page, "照片已传好 1 / 1 张");
  expect(await field(page, "内容").inputValue()).toBe(words);
  expect(await field(page, /^在哪里/).inputValue()).toBe("村口的桥");
  expect(await page.getByRole("radio", { name: /^建议/ }).isChecked()).toBe(true);
  await field(page, "内容").fill(`${words}，请修一修`);
  await button(page, "发布").click();
  await sees(page, `${words}，请修一修`);
  await county().world.settle();
  await expect
    .poll(async () => (await own()).map(({ check }) => check), { timeout: 15_000 })
    .toEqual(["passed", "refused"]);
  expect((await own()).map((one) => one.photos.length)).toEqual([1, 2]);
  quiet(at);
  await at.close();
});

test("that one appealed stands beside what was refused after the page is loaded anew, and how it was decided", async () => {
  const { api } = await county().person(people.villager);
  const office = (await county().person(people.secretary)).api;
  const input = { village: county().village.code, kind: "chat" as const, text: "说了几句气话" };
  const { id } = await api.circle.post.mutate({ key: crypto.randomUUID(), ...input });
  await (await county().person(people.elder)).api.circle.report.mutate({ id, why: "骂人" });
  await office.circle.decide.mutate({ id, pass: false, reason: "请不要骂人" });
  const at = await visit({ as: people.villager });
  const { page } = at;
  await at.open(address("post", { id }));
  await button(page, "弄错了？申诉").click();
  await field(page, "为什么应该让大家看到").fill("没有骂人，只是着急");
  await button(page, "提交申诉").click();
  await sees(page, /已经收到您的申诉/);
  await at.open(address("post", { id }));
  await sees(page, /已经收到您的申诉/);
  expect(await page.getByRole("button", { name: "弄错了？申诉" }).count()).toBe(0);
  const looks = async (state: string) => {
    const found: string[] = [];
    for (const { edition, skin } of editions) {
      await api.account.setElder.mutate({ elder: skin });
      const other = await visit({ as: people.villager, skin });
      for (const width of [390, 320]) {
        await other.page.setViewportSize({ width, height: 844 });
        await other.open(address("post", { id }));
        found.push(...(await complaints(other.page, rules[skin === 0 ? "normal" : "elder"])));
        await picture(other.page, `circle-${edition}`, `appealed-${state}-${width}`);
      }
      await other.close();
    }
    expect(found).toEqual([]);
  };
  await looks("waits");
  const town = (await county().person(people.townClerk)).api;
  await town.circle.decide.mutate({ id, pass: true });
  await at.open(address("post", { id }));
  await sees(page, /同意了您的申诉/);
  await looks("upheld");
  quiet(at);
  await at.close();
});

test("of words that were refused in a case the appeal stands in its record, on the page of the post and of the case", async () => {
  const words = "明明没通就说办好了";
  const { id, post } = await raiseCase(county(), "水渠还是堵着", [
    { move: "start", text: "去看看" },
    { move: "finish", text: "通了" },
  ]);
  county().world.outside.wechat.control.judgeWords(words, "risky");
  await moveCase(county(), id, [{ move: "reopen", text: words, by: people.villager }]);
  await county().world.settle();
  const { api } = await county().person(people.villager);
  const refused = async () => (await api.cases.get.query({ id })).steps.find(({ text }) => text === words);
  await expect.poll(async () => (await refused())?.check, { timeout: 15_000 }).toBe("refused");
  const at = await visit({ as: people.villager });
  const { page } = at;
  await at.open(address("post", { id: post }));
  await button(page, "弄错了？申诉").click();
  await field(page, "为什么应该让大家看到").fill("没有骗人");
  await button(page, "提交申诉").click();
  for (const where of [address("post", { id: post }), address("case", { id })]) {
    await at.open(where);
    await sees(page, /已经收到您的申诉/);
    expect(await page.getByRole("button", { name: "弄错了？申诉" }).count()).toBe(0);
  }
  quiet(at);
  await at.close();
});
