/** What people do at the desk, and what they meet there beside the lived months. */
import mysql from "mysql2/promise";
import type { Page } from "playwright-core";
import { county as countyPlace } from "../../server/test/seed/places.ts";
import { type County, people, until } from "./county.ts";
import { button, field, heading, picture, sees } from "./kit.ts";

/** Without waiting for the minute between two codes. */
export const forgetCodes = (county: County) => say(county, "DELETE FROM login_code");

/** As if they had stayed away for long: the sessions of this person on the desk are over. */
export async function endSessions(county: County, phone: string): Promise<void> {
  const { api } = await county.person(phone);
  const { items } = await api.account.sessions.query({});
  for (const { id, channel } of items) if (channel === "desk") await api.account.endSession.mutate({ id });
}

async function say(county: County, sql: string, values: string[] = []): Promise<void> {
  const db = await mysql.createConnection(county.world.config.DATABASE_URL);
  await db.execute(sql, values);
  await db.end();
}

/** A job that was tried in vain, of a kind that nothing takes up again. */
export const deadLetter = (county: County) =>
  say(
    county,
    `INSERT INTO outbox (kind, idem_key, payload, state, attempts, fault, region, due_at, created_at, ended_at)
     VALUES ('portals.pictures', 'walk', '{}', 'dead', 12, 'ECONNREFUSED http://www.example.gov.cn/pictures/2026/11/1.png',
       ?, NOW(3), NOW(3), NOW(3))`,
    [countyPlace.code],
  );

/** A source that was never there, beside one that is. */
export async function faultyPortal(county: County): Promise<void> {
  await county.bringInPortal();
  const { api } = await county.person(people.countyClerk);
  const { id } = await api.portals.add.mutate({
    key: "walk-portal-0404",
    region: countyPlace.code,
    name: "清溪镇人民政府网站通知公告栏目",
    url: `${county.world.outside.urls["portal"]}/nothing-here/feed.xml`,
    category: "announcement",
    reach: "subtree",
  });
  await until("the portal's fault", async () => {
    await county.world.settle();
    const { items } = await api.portals.list.query({});
    return items.find((one) => one.id === id && one.fault !== null);
  });
}

/** Somebody whom the roster does not know asks the village to be verified. */
export async function applicant(county: County): Promise<void> {
  const { api } = await county.person("19900000094");
  await api.verification.submit.mutate({
    key: "walk-applicant-0",
    region: county.village.code,
    name: "郑大雪",
    idCard: "990101198812010018",
    group: "三组",
    consent: true,
  });
}

/** Presses a move and the button of its dialog. */
export async function move(page: Page, name: string, reason?: string): Promise<void> {
  await button(page, name).click();
  const dialog = page.getByRole("dialog", { name });
  if (reason !== undefined) await dialog.getByRole("textbox").fill(reason);
  await dialog.getByRole("button", { name, exact: true }).click();
  await dialog.waitFor({ state: "hidden" });
}

export const editor = (page: Page) => page.getByRole("textbox", { name: "正文" });

/** Phone and code; the desk then asks for the second factor. */
export async function byCode(page: Page, county: County, phone: string): Promise<void> {
  await page.goto("/desk/");
  await heading(page, /工作台$/).waitFor();
  await signInAgain(page, county, phone);
}

/** On the sign-in page that stands there already. */
export async function signInAgain(page: Page, county: County, phone: string): Promise<void> {
  await field(page, "手机号").fill(phone);
  await page.getByRole("checkbox").check();
  const messages = county.messages(phone);
  await button(page, "获取验证码").click();
  await sees(page, `验证码已发到 ${phone.slice(0, 3)}****${phone.slice(-4)}`);
  await field(page, "短信验证码").fill(await county.codeOn(phone, messages));
  await button(page, /^登\s*录$/).click();
}
export async function bySecondFactor(page: Page, county: County, phone: string): Promise<void> {
  await field(page, "动态口令").fill(await county.digits(phone));
  await button(page, "进入工作台").click();
  await page.getByRole("navigation", { name: "主菜单" }).waitFor();
}

/** The same page as pictures, from a wide screen to a phone. */
export async function pictures(page: Page, folder: string, name: string): Promise<void> {
  for (const [width, height] of [
    [1366, 768],
    [390, 844],
    [320, 640],
  ] as const) {
    await page.setViewportSize({ width, height });
    await picture(page, `${folder}-${width}`, name);
  }
  await page.setViewportSize({ width: 1366, height: 768 });
}
