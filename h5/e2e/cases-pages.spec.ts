import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { type RaisedCase, raiseCase } from "./cases.ts";
import { people } from "./county.ts";
import { aWalk, button, picture, quiet, sees, type Visit } from "./kit.ts";
import { actions, barriers, complaints, rules } from "./look.ts";

const { county, visit } = aWalk();
let fresh: RaisedCase;
let handling: RaisedCase;
let paused: RaisedCase;
let refused: RaisedCase;
let answered: RaisedCase;
let rated: RaisedCase;
beforeAll(async () => {
  const start = { move: "start", text: "已收到，我们马上处理。" } as const;
  const finish = { move: "finish", text: "垃圾已经清走，路口加了一个桶。" } as const;
  fresh = await raiseCase(county(), "村口的垃圾堆了三天，苍蝇很多，请村里派人清一下。\n在二组老槐树旁边。");
  handling = await raiseCase(county(), "二组水渠堵了，田里进不来水", [start]);
  paused = await raiseCase(county(), "路灯不亮，晚上走路不安全", [start, { move: "pause", text: "等供电所送灯头来" }]);
  refused = await raiseCase(county(), "隔壁镇的桥坏了", [
    { move: "refuse", reason: "not-public-duty", text: "这座桥归云岭镇管，请打云岭镇电话反映" },
  ]);
  answered = await raiseCase(county(), "文化广场的音响太吵", [start, finish]);
  rated = await raiseCase(county(), "三组的井盖破了", [start, finish]);
  const { api } = await county().person(people.villager);
  await api.cases.rate.mutate({
    id: rated.id,
    key: "walk-case-rating-1",
    stars: 5,
    tags: [514, 517],
    text: "办得快",
  });
});

const editions = [
  { edition: "normal", skin: 0, as: rules.normal },
  { edition: "elder", skin: 1, as: rules.elder },
  { edition: "largest", skin: 2, as: rules.elder },
] as const;
type Edition = (typeof editions)[number];

async function setEdition(phone: string, skin: 0 | 1 | 2): Promise<Visit> {
  const { api } = await county().person(phone);
  await api.account.setElder.mutate({ elder: skin });
  return visit({ as: phone, skin });
}

/** axe, and nothing cut or too small at 390 and 320 pixels; a picture of each to look at. */
async function look(page: Page, { edition, as }: Edition, name: string): Promise<string[]> {
  const found: string[] = [];
  for (const width of [390, 320]) {
    await page.setViewportSize({ width, height: 844 });
    for (const line of await barriers(page)) found.push(`${name} at ${width} axe: ${line}`);
    for (const line of await complaints(page, as)) found.push(`${name} at ${width}: ${line}`);
    await picture(page, `cases-${edition}-${width}`, name);
  }
  await page.setViewportSize({ width: 390, height: 844 });
  return found;
}

test.each(editions)("the secretary's pages of cases are whole in the $edition edition", async (edition) => {
  const at = await setEdition(people.secretary, edition.skin);
  const { page } = at;
  const found: string[] = [];
  for (const [name, address] of [
    ["desk", "/cases"],
    ["fresh", `/case?id=${fresh.id}`],
    ["handling", `/case?id=${handling.id}`],
    ["paused", `/case?id=${paused.id}`],
    ["refused", `/case?id=${refused.id}`],
    ["rated", `/case?id=${rated.id}`],
    ["board", "/board"],
  ] as const) {
    await at.open(address);
    found.push(...(await look(page, edition, name)));
  }
  await at.open("/board");
  await button(page, "看数字表").click();
  found.push(...(await look(page, edition, "board-table")));
  await at.open(`/case?id=${fresh.id}`);
  for (const word of ["不予受理", "交给别人办", "转给镇里", "用常用回复", "存成常用回复"]) {
    await button(page, word).click();
    await page.getByRole("dialog").waitFor();
    found.push(...(await look(page, edition, `sheet-${word}`)));
    await button(page.getByRole("dialog"), /^(取消|关闭)$/).click();
  }
  expect(found).toEqual([]);
  quiet(at);
  await at.close();
});

test.each(editions)("what its author sees of a case is whole in the $edition edition", async (edition) => {
  const at = await setEdition(people.villager, edition.skin);
  const { page } = at;
  const found: string[] = [];
  for (const [name, address] of [
    ["author-fresh", `/case?id=${fresh.id}`],
    ["author-answered", `/case?id=${answered.id}`],
    ["author-rated", `/case?id=${rated.id}`],
  ] as const) {
    await at.open(address);
    found.push(...(await look(page, edition, name)));
  }
  await at.open(`/case?id=${answered.id}`);
  await page.getByRole("radio", { name: /^1 星/ }).click();
  await sees(page, /重新办理/);
  found.push(...(await look(page, edition, "author-one-star")));
  await button(page, "还没解决（重开）").click();
  found.push(...(await look(page, edition, "author-reopen")));
  expect(found).toEqual([]);
  quiet(at);
  await at.close();
});

test("the elder editions drop none of the secretary's actions", async () => {
  const done: string[][] = [];
  for (const { skin } of editions) {
    const at = await setEdition(people.secretary, skin);
    const every: string[] = [];
    for (const address of ["/cases", `/case?id=${fresh.id}`, `/case?id=${handling.id}`, "/board"]) {
      await at.open(address);
      every.push(...(await actions(at.page)).map((one) => `${address} ${one}`));
    }
    done.push(every);
    await at.close();
  }
  const [normal = [], elder, largest] = done;
  expect(elder).toEqual(normal);
  expect(largest).toEqual(normal);
  expect(normal.some((one) => one.endsWith("press 发送：马上处理"))).toBe(true);
});
