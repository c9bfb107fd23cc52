import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { raiseCase } from "./cases.ts";
import { people } from "./county.ts";
import { aWalk, picture, quiet, type Visit } from "./kit.ts";
import { barriers, complaints, rules } from "./look.ts";
import { address, questions, routes, type Shown, staffPages } from "./pages.ts";

const { county, visit } = aWalk();
let asked: Record<string, Record<string, string>>;
let portalNotice: string;
beforeAll(async () => {
  portalNotice = await county().bringInPortal();
  asked = await questions(county());
  const { api } = await county().person(people.secretary);
  const { items } = await api.notices.desk.query({ limit: 20 });
  asked["deskNotice"] = { id: items[0]?.id ?? "" };
  asked["case"] = { id: (await raiseCase(county(), "二组的水渠堵了，田里进不来水")).id };
});

const shownTo = (names: string[]): Shown[] => names.map((name) => ({ name, address: address(name, asked[name]) }));
const own = ["me", "circle", "sessions", "account", "verify", "phone"];
const everybody = () =>
  shownTo(Object.keys(routes).filter((name) => !staffPages.includes(name) && !own.includes(name)));

const editions = [
  { edition: "normal", skin: 0 },
  { edition: "elder", skin: 1 },
] as const;

/** axe, sizes, nothing cut at 390 and 320 pixels and with type twice as large; and pictures to look at. */
async function look(at: Visit, edition: "normal" | "elder", { name, address }: Shown): Promise<string[]> {
  const { page } = at;
  const found: string[] = [];
  const note = (where: string, lines: string[]) => found.push(...lines.map((line) => `${name} ${where}: ${line}`));
  await page.setViewportSize({ width: 390, height: 844 });
  await at.open(address);
  note("axe", await barriers(page));
  note("at 390", await complaints(page, rules[edition]));
  await picture(page, `${edition}-390`, name);
  await page.setViewportSize({ width: 320, height: 640 });
  note("at 320", await complaints(page, rules[edition]));
  await picture(page, `${edition}-320`, name);
  await page.setViewportSize({ width: 390, height: 844 });
  await twiceAsLarge(page);
  note("at 200 %", await complaints(page, rules[edition]));
  await picture(page, `${edition}-200`, name);
  return found;
}

/** As somebody has set the browser's own type size. */
const twiceAsLarge = (page: Page) =>
  page.evaluate(() => {
    document.documentElement.style.fontSize = "200%";
  });

async function lookAll(at: Visit, edition: "normal" | "elder", pages: Shown[]): Promise<void> {
  const found: string[] = [];
  for (const one of pages) found.push(...(await look(at, edition, one)));
  expect(found).toEqual([]);
  quiet(at);
  await at.close();
}

test.each(editions)("every page that anybody sees is whole in the $edition edition", async ({ edition, skin }) => {
  const at = await visit({ skin });
  const portal = { name: "notice-portal", address: address("notice", { id: portalNotice }) };
  const away = shownTo(["me", "circle"]).map((one) => ({ ...one, name: `${one.name}-out` }));
  await lookAll(at, edition, [...everybody(), portal, ...away]);
});

test.each(editions)("every page of a villager's own is whole in the $edition edition", async ({ edition, skin }) => {
  const phone = skin === 0 ? people.villager : people.elder;
  await lookAll(await visit({ as: phone, skin }), edition, shownTo(["home", ...own]));
});

test.each(editions)("every page of the secretary is whole in the $edition edition", async ({ edition, skin }) => {
  const { api } = await county().person(people.secretary);
  await api.account.setElder.mutate({ elder: skin });
  const at = await visit({ as: people.secretary, skin });
  const mine = shownTo(["services", "me"]).map((one) => ({ ...one, name: `${one.name}-secretary` }));
  await lookAll(at, edition, [...mine, ...shownTo(staffPages)]);
});
