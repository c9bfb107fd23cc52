import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { people } from "./county.ts";
import { aWalk, button, field, picture, sees } from "./kit.ts";

/** The form of a notice on the site. */
const { county, visit } = aWalk();

const write = async (page: Page, title: string, text: string) => {
  await field(page, /^标题/).fill(title);
  await field(page, /^内容/).fill(text);
};
/** The server does its work on the next of these; its answer is lost. */
const lose = (page: Page, procedure: string) =>
  page.route(
    `**/trpc/${procedure}*`,
    async (route) => {
      await route.fetch();
      await route.abort("connectionreset");
    },
    { times: 1 },
  );

test.each([390, 320])(
  "a question about an earlier notice begins below the bar in the largest edition at %i",
  async (width) => {
    const { api } = await county().person(people.committee);
    await api.account.setElder.mutate({ elder: 2 });
    const at = await visit({ as: people.committee, width, height: 640, skin: 2 });
    const { page } = at;
    await at.open("/write");
    const first = `关于竹溪村文化广场周五晚放电影的通知${width}`;
    await write(page, first, "第一稿");
    await lose(page, "notices.move");
    await button(page, "提交审核").click();
    await sees(page, /重试/);
    const { items } = await api.notices.desk.query({ limit: 50 });
    const { id = "", version = 0 } = items.find(({ title }) => title === first) ?? {};
    const reviewer = (await county().person(people.supervisor)).api;
    await reviewer.notices.move.mutate({ id, version, move: "return", reason: "写清地点" });
    await write(page, `另一份${width}`, "完全不同的事");
    await button(page, "提交审核").click();
    const begins = page.getByText(`前一份《${first}》`).filter({ visible: true }).first();
    await begins.waitFor();
    const bar = page.locator(".topbar").filter({ visible: true });
    const edges = async () => {
      const [above, below] = [await bar.boundingBox(), await begins.boundingBox()];
      return above && below ? { bar: above.y + above.height, words: below.y } : null;
    };
    // The page is moved when the question is drawn.
    await expect.poll(async () => (await edges())?.words).toBeLessThan(300);
    const seen = await edges();
    expect(seen?.words).toBeGreaterThanOrEqual(seen?.bar ?? Number.POSITIVE_INFINITY);
    await picture(page, "write", `question-${width}`);
    await at.close();
  },
);
