import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { until } from "./county.ts";
import { aWalk, button, heading, picture } from "./kit.ts";

/** The step from one page of the site to another: on a network that hangs, by keyboard, and over a reload. */
const { county, visit } = aWalk();

const list = () => `/notices?region=${county().village.code}`;
const row = (page: Page) => page.getByRole("link", { name: /停水通知：五组/ });
const focused = (page: Page) =>
  page.evaluate(() => {
    const at = document.activeElement;
    return `${at?.tagName} ${at?.textContent?.slice(0, 40)}`;
  });

test("a page whose script hangs marks the row at once, and within seconds says what to do", async () => {
  const at = await visit();
  let hangs = false;
  // A request that is neither answered nor refused.
  await at.context.route("**/js/*.js", (route) => (hangs ? undefined : route.continue()));
  // Nothing is read ahead on a network that never rests.
  await at.page.addInitScript("window.requestIdleCallback = () => 0");
  await at.open(list());
  hangs = true;
  await row(at.page).click();
  await at.page.locator('a[aria-busy="true"]').waitFor();
  await picture(at.page, "walk", "step-marked");
  await at.page.getByRole("dialog", { name: "没有打开那一页" }).waitFor({ timeout: 20_000 });
  await picture(at.page, "walk", "step-hangs");
  hangs = false;
  await button(at.page, "重试").click();
  await heading(at.page, /停水通知：五组/).waitFor();
  await at.close();
});

test("the notice's script is there before it is asked for", async () => {
  const at = await visit();
  await at.open(list());
  const loaded = () =>
    at.page.evaluate(() => performance.getEntriesByType("resource").filter(({ name }) => /\/js\//.test(name)).length);
  let before = -1;
  await until("quiet", async () => {
    const now = await loaded();
    const still = now === before && (await at.page.evaluate(() => document.readyState)) === "complete";
    before = now;
    return still ? true : undefined;
  });
  await at.page.waitForLoadState("networkidle");
  const asked: string[] = [];
  at.page.on("request", (one) => /\/js\//.test(one.url()) && asked.push(one.url()));
  await row(at.page).click();
  await heading(at.page, /停水通知：五组/).waitFor();
  expect(asked).toEqual([]);
  await at.close();
});

test("by keyboard a page begins at its heading, and Back returns to the row that was pressed", async () => {
  const at = await visit();
  await at.open(list());
  await row(at.page).focus();
  await at.page.keyboard.press("Enter");
  await heading(at.page, /停水通知：五组/).waitFor();
  await until("the heading", async () => ((await focused(at.page)).startsWith("H1 停水通知：五组") ? true : undefined));
  await at.page.goBack();
  await until("the row", async () => (/^A .*停水通知：五组/.test(await focused(at.page)) ? true : undefined));
  await at.close();
});

test("the chosen kind of notices is still chosen when the page is loaded anew", async () => {
  const at = await visit();
  await at.open(list());
  await at.page.getByRole("radio", { name: "停水停电" }).click();
  await at.page.reload();
  await until("the kind", async () =>
    (await at.page.getByRole("radio", { name: "停水停电", checked: true }).count()) === 1 ? true : undefined,
  );
  await at.close();
});
