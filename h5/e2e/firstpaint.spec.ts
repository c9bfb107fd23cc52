import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { people } from "./county.ts";
import { aWalk, heading, quiet, ready, sees } from "./kit.ts";

const { county, visit } = aWalk();
let id: string;
beforeAll(async () => {
  id = await county().noticeId("停水通知：二组");
});

const metas = (page: Page) =>
  page.evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll("meta[name]")].map((el) => [el.getAttribute("name"), el.getAttribute("content")]),
    ),
  );

describe("without scripts", () => {
  test("home, list and notice are read and lead to one another, in both editions", async () => {
    for (const skin of [0, 1] as const) {
      const at = await visit({ scripts: false, skin });
      const { page } = at;
      await at.open("/");
      await sees(page, "示例县气象台发布寒潮蓝色预警");
      expect(await page.locator(`.skin-${skin}`).count()).toBe(1);
      await page.getByRole("link", { name: "健康医疗" }).first().click();
      await at.open(`/notices?region=${county().village.code}`);
      await heading(page, "竹溪村公告").waitFor();
      const rows = await page.getByRole("listitem").count();
      expect(rows).toBe(20);
      await page.getByRole("link", { name: "看更多" }).click();
      await sees(page, "竹溪村微门户开通了");
      await at.open(`/notice?id=${id}`);
      await heading(page, "停水通知：二组、三组检修管道").waitFor();
      await page.getByRole("cell", { name: "早上 8 点" }).first().waitFor();
      await at.close();
    }
  });

  test("the government's page tags stand in the head", async () => {
    const at = await visit({ scripts: false });
    await at.open("/");
    const site = { SiteName: "示例县微门户", SiteDomain: "www.example.gov.cn", SiteIDCode: "9901010001" };
    expect(await metas(at.page)).toMatchObject(site);
    await at.open(`/notices?region=${county().village.code}`);
    const column = await metas(at.page);
    expect(column).toMatchObject(site);
    for (const name of ["ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"])
      expect(column[name]).toBeTruthy();
    await at.open(`/notice?id=${id}`);
    const article = await metas(at.page);
    expect(article).toMatchObject({ ...site, ArticleTitle: "停水通知：二组、三组检修管道" });
    expect(article["PubDate"]).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d/);
    expect(article["ContentSource"]).toBeTruthy();
    expect(article["Url"]).toContain(id);
    await at.close();
  });

  test("a page of a person's own holds nothing of the person", async () => {
    const at = await visit({ as: people.villager, scripts: false });
    for (const path of ["/", "/me", "/circle", "/me/account", "/me/sessions", "/verify"]) {
      const html = await (await at.context.request.get(path)).text();
      expect(html).not.toMatch(/王谷雨|谷雨|199\*{4}0001|19900000001|verified/);
    }
    await at.close();
  });
});

type Shift = { value: number; what: string };
type Seen = { shifts: Shift[]; blank: number; drawn: boolean };
declare global {
  var seen: Seen;
}
/** Layout shifts, and frames in which the words of the first page were gone, from the first byte on. */
async function watch(page: Page, words: string): Promise<void> {
  await page.addInitScript((words) => {
    const seen: Seen = { shifts: [], blank: 0, drawn: false };
    globalThis.seen = seen;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & {
        value: number;
        sources?: { node?: Element | null }[];
      })[])
        seen.shifts.push({
          value: entry.value,
          what: entry.sources?.map(({ node }) => node?.className ?? "").join(" ") ?? "",
        });
    }).observe({ type: "layout-shift", buffered: true });
    const frame = () => {
      const there = [...document.querySelectorAll("#first, #app")].some(
        (el) =>
          el.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
          (el.textContent ?? "").includes(words),
      );
      if (there) seen.drawn = true;
      else if (seen.drawn) seen.blank += 1;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  }, words);
}

describe("when the app takes over", () => {
  const pages = () => [
    { path: "/", words: "示例县气象台" },
    { path: `/notices?region=${county().village.code}`, words: "停水通知：五组" },
    { path: `/notice?id=${id}`, words: "停水通知：二组" },
  ];

  test.each([0, 1] as const)("nothing moves, nothing blinks, nothing is refused (edition %i)", async (skin) => {
    for (const { path, words } of pages()) {
      const at = await visit({ skin });
      await watch(at.page, words);
      await at.open(path);
      await at.page.waitForLoadState("networkidle");
      await ready(at.page);
      const seen = await at.page.evaluate(() => globalThis.seen);
      const sum = seen.shifts.reduce((all, { value }) => all + value, 0);
      expect({ path, blank: seen.blank, drawn: seen.drawn }).toEqual({ path, blank: 0, drawn: true });
      expect(sum, `${path} moved: ${JSON.stringify(seen.shifts)}`).toBeLessThanOrEqual(0.02);
      quiet(at);
      await at.close();
    }
  });

  test("the policy lets nothing run or load but the site's own", async () => {
    const at = await visit();
    const answer = await at.page.goto("/");
    const policy = answer?.headers()["content-security-policy"] ?? "";
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toMatch(/unsafe-inline|unsafe-eval|\*/);
    await at.close();
  });
});
