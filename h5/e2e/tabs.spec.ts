import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type County, openCounty, people } from "./county.ts";
import { button, field, openBrowser, type Visit, visit } from "./kit.ts";

let county: County;
let browser: Browser;
beforeAll(async () => {
  [county, browser] = await Promise.all([openCounty(), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await county?.close();
});

/** Somebody else signs in in the same browser; this tab does not hear of it. */
async function takenBy(at: Visit, as: string) {
  const other = await visit(browser, county, { as });
  const cookies = await other.context.cookies();
  await other.close();
  await at.context.clearCookies();
  await at.context.addCookies(cookies);
}

async function inSecondTab(at: Visit) {
  const here = () => localStorage.getItem("person");
  const before = await at.page.evaluate(here);
  const tab = await at.context.newPage();
  await tab.goto("/me");
  await expect.poll(() => tab.evaluate(here)).not.toBe(before);
  await tab.close();
}

test("what one person typed is not sent as another's who signed in in a second tab, and is there when the first is back", async () => {
  const at = await visit(browser, county, { as: people.committee });
  await at.open("/write");
  await field(at.page, /^标题/).fill("没有写完的一份");
  await field(at.page, /^内容/).fill("还差一段。");
  await takenBy(at, people.secretary);
  await button(at.page, "提交审核").click();
  await at.page.waitForURL((url) => url.pathname === "/");
  const { api } = await county.person(people.secretary);
  const { items } = await api.notices.desk.query({ limit: 50 });
  expect(items.map(({ title }) => title)).not.toContain("没有写完的一份");

  await takenBy(at, people.committee);
  await at.open("/write");
  await expect.poll(() => field(at.page, /^标题/).inputValue()).toBe("没有写完的一份");
  await at.close();
});

test("what one person typed is not shown to another who signed in in a second tab", async () => {
  const at = await visit(browser, county, { as: people.committee });
  await at.open("/write");
  await field(at.page, /^标题/).fill("只有我看得到");
  await takenBy(at, people.secretary);
  await inSecondTab(at);
  await at.page.waitForURL((url) => url.pathname === "/");
  await at.close();
});
