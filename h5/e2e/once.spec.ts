import type { Page, Request } from "playwright-core";
import { expect, test } from "vitest";
import { moveCase, raiseCase } from "./cases.ts";
import { people } from "./county.ts";
import { aWalk, button, field, ready, sees } from "./kit.ts";
import { address } from "./pages.ts";

/** What was done and whose answer was lost is done once, also when the page was loaded anew in between. */
const { county, visit } = aWalk();

const say = async (text: string) => {
  const input = { key: crypto.randomUUID(), village: county().village.code, kind: "chat" as const, text };
  return (await county().person(people.villager)).api.circle.post.mutate(input);
};
const said = async (id: string, words: string) => {
  const { discussion } = await (await county().person(people.villager)).api.circle.get.query({ id });
  return discussion.filter(({ text }) => text === words).length;
};
const stepsOf = async (id: string) =>
  (await (await county().person(people.secretary)).api.cases.get.query({ id })).steps.map(({ move, photos }) =>
    photos.length > 0 ? `${move} with ${photos.length}` : move,
  );

/** The server does it, and its answer does not come. */
async function lose(page: Page, procedure: string): Promise<void> {
  await page.route(
    new RegExp(`trpc/${procedure.replace(".", "\\.")}`),
    async (route) => {
      await route.fetch();
      await route.abort();
    },
    { times: 1 },
  );
}

test("a comment that stands already is not said twice after a reload, nor from another tab", async () => {
  const { id } = await say("晒谷场借两天");
  const at = await visit({ as: people.villager });
  const { page } = at;
  await at.open(address("post", { id }));
  await field(page, "写评论").fill("可以的");
  await page.getByRole("checkbox", { name: /^@村里/ }).check();
  await lose(page, "circle.comment");
  await button(page, "发出评论").click();
  await button(page, "重试").waitFor();
  expect(await said(id, "可以的")).toBe(1);

  const tab = await at.context.newPage();
  await tab.goto(address("post", { id }));
  await ready(tab);
  await field(tab, "写评论").waitFor();
  expect(await field(tab, "写评论").inputValue()).toBe("可以的");
  expect(await tab.getByRole("checkbox", { name: /^@村里/ }).isChecked()).toBe(true);
  await lose(tab, "circle.comment");
  await button(tab, "发出评论").click();
  await button(tab, "重试").waitFor();
  await tab.close();

  await page.reload();
  await ready(page);
  await field(page, "写评论").waitFor();
  await button(page, "发出评论").click();
  await expect.poll(() => field(page, "写评论").inputValue()).toBe("");
  expect(await page.getByRole("checkbox", { name: /^@村里/ }).isChecked()).toBe(false);
  expect(await said(id, "可以的")).toBe(1);

  await field(page, "写评论").fill("可以的");
  await button(page, "发出评论").click();
  await sees(page, "评论 2");
  expect(await said(id, "可以的")).toBe(2);
  await at.close();
});

test("an official answer is given once, also after a reload", async () => {
  const { id } = await say("几点停电");
  const at = await visit({ as: people.secretary });
  const { page } = at;
  await at.open(address("post", { id }));
  await button(page, "代表村里答复").click();
  await field(page, /^答复/).fill("晚上八点到九点");
  await lose(page, "circle.reply");
  await button(page, "发出答复").click();
  await button(page, "重试").waitFor();
  await page.reload();
  await ready(page);
  await button(page, "代表村里答复").click();
  expect(await field(page, /^答复/).inputValue()).toBe("晚上八点到九点");
  const answered = page.waitForResponse(/trpc\/circle\.reply/);
  await button(page, "发出答复").click();
  expect((await answered).ok()).toBe(true);
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  expect(await said(id, "晚上八点到九点")).toBe(1);
  await at.close();
});

test("a step from the desk is one step after a reload, with its photo: by its key, or because the record shows it", async () => {
  const { id } = await raiseCase(county(), "水塔漏水");
  await moveCase(county(), id, [{ move: "start", text: "马上去" }]);
  const at = await visit({ as: people.committee, desk: true });
  const { page } = at;
  await at.open(`/desk/cases/${id}`);
  await field(page, "答复的话").fill("阀门换好了");
  const chosen = page.waitForEvent("filechooser");
  await button(page, "加照片").click();
  await (await chosen).setFiles({ name: "a.png", mimeType: "image/png", buffer: await county().photo() });
  await page.getByAltText("要发的照片 1").waitFor();
  // It is cut on its way, and arrives late: when the page that was loaded anew has read the record of before.
  const late: Request[] = [];
  await page.route(
    /trpc\/cases\.move/,
    (route) => {
      late.push(route.request());
      return route.abort();
    },
    { times: 1 },
  );
  await button(page, "发送：处理进展").click();
  await sees(page, /网络没有连上或太慢/);
  await at.open(`/desk/cases/${id}`);
  expect(await field(page, "答复的话").inputValue()).toBe("阀门换好了");
  await page.getByAltText("要发的照片 1").waitFor();
  for (const one of late) {
    const headers = { ...one.headers(), origin: county().url };
    const answer = await at.context.request.post(one.url(), { headers, data: one.postData() ?? "" });
    expect(answer.ok()).toBe(true);
  }
  expect(await stepsOf(id)).toEqual(["raise", "start", "note with 1"]);
  await button(page, "发送：处理进展").click();
  await sees(page, "已发送：说说进展");
  expect(await stepsOf(id)).toEqual(["raise", "start", "note with 1"]);

  // Where the record shows it already, its words are not offered under another move.
  await field(page, "答复的话").fill("水塔修好了");
  await page.getByRole("radio", { name: "办好了" }).check();
  await lose(page, "cases.move");
  await button(page, "发送：办好了").click();
  await sees(page, /网络没有连上或太慢/);
  await at.open(`/desk/cases/${id}`);
  await sees(page, "这件事现在不用您答复。");
  expect(await stepsOf(id)).toEqual(["raise", "start", "note with 1", "finish"]);
  await at.close();
});
