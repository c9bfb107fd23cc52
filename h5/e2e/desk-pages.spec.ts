import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { people } from "./county.ts";
import { applicant, byCode, deadLetter, faultyPortal } from "./desk.ts";
import { deskPages, type Shown } from "./desk-pages.ts";
import { aWalk, heading, picture, quiet, sees, type Visit } from "./kit.ts";
import { barriers, complaints, type Rules, rules } from "./look.ts";

const { county, visit } = aWalk();
beforeAll(async () => {
  await Promise.all([applicant(county()), deadLetter(county()), faultyPortal(county())]);
});

const widths: { width: number; height: number; as: Rules; large: boolean }[] = [
  { width: 1366, height: 768, as: rules.desk, large: true },
  { width: 1024, height: 768, as: rules.desk, large: false },
  { width: 390, height: 844, as: rules.deskPhone, large: true },
];

/** The browser's own type size, as somebody has set it. */
const typeSize = (page: Page, percent: number) =>
  page.evaluate((percent) => {
    document.documentElement.style.fontSize = `${percent}%`;
  }, percent);

/** axe at both ends, and at every width nothing cut off, nothing sideways, nothing too small. */
async function look(page: Page, name: string): Promise<string[]> {
  const found: string[] = [];
  const note = (where: string, lines: string[]) => found.push(...lines.map((line) => `${name} ${where}: ${line}`));
  for (const { width, height, as, large } of widths) {
    await page.setViewportSize({ width, height });
    note(`axe at ${width}`, await barriers(page));
    note(`at ${width}`, await complaints(page, as, "body"));
    await picture(page, `desk-${width}`, name);
    if (!large) continue;
    await typeSize(page, 200);
    note(`at ${width} and 200 %`, await complaints(page, as, "body"));
    await picture(page, `desk-${width}-200`, name);
    await typeSize(page, 100);
  }
  return found;
}

async function lookAt(at: Visit, shown: Shown[]): Promise<void> {
  const found: string[] = [];
  for (const { name, address, title, holds, first } of shown) {
    await at.page.setViewportSize({ width: 1366, height: 768 });
    await at.open(address);
    await heading(at.page, title).waitFor();
    if (holds !== undefined) await sees(at.page, holds);
    await first?.(at.page);
    found.push(...(await look(at.page, name)));
  }
  expect(found).toEqual([]);
  quiet(at);
  await at.close();
}

/** A dozen pages, five looks at each: many times what one page takes on a slow machine. */
const forAll = 600_000;
test.each(deskPages)(
  "every desk page of $who is whole, from a wide screen to a phone",
  async ({ phone, shown }) => {
    await lookAt(await visit({ as: phone, desk: true }), await shown(county()));
  },
  forAll,
);

test("the way in is whole: phone, then the one-time password", async () => {
  await lookAt(await visit({ desk: true }), [{ name: "sign-in", address: "/desk/", title: /工作台$/ }]);
  const way = await visit({ desk: true });
  const { page } = way;
  await byCode(page, county(), people.townClerk);
  await heading(page, "输入动态口令").waitFor();
  const found = await look(page, "second");
  await way.context.clearCookies();
  const fresh = "19900000092";
  await county().person(fresh);
  const { api } = await county().person(people.secadmin);
  await api.grants.give.mutate({ phone: fresh, role: "committee", region: county().village.code });
  await byCode(page, county(), fresh);
  await heading(page, "绑定动态口令").waitFor();
  await page.locator(".secret").waitFor();
  expect([...found, ...(await look(page, "enrol"))]).toEqual([]);
  quiet(way);
  await way.close();
  const at = await visit({ as: people.villager, desk: true });
  await lookAt(at, [{ name: "not-staff", address: "/desk/", title: "这个账号没有工作台的岗位" }]);
});
