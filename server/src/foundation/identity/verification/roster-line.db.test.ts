import { afterAll, beforeAll, expect, test } from "vitest";
import { type Bench, openPeople, refused } from "../../../../test/people-bench.ts";
import { idCardIndex } from "./sealed.ts";

let bench: Bench;
beforeAll(async () => {
  bench = await openPeople();
});
afterAll(() => bench.close());

type On = ReturnType<Bench["device"]>;
let serial = 0;
const name = "立夏麦穗";
const group = "第一组";
const reason = "户口迁到了县城";

/** A village whose roster has one line, and its secretary. */
async function village() {
  const region = await bench.village();
  const { on } = await bench.staff("secretary", region);
  const idCard = bench.idCard();
  const rows = [{ name, idCard, group, household: "甲12" }];
  await (await on.api()).verification.importRoster({ region, rows });
  return { region, on, idCard };
}
const look = async (on: On, region: string, idCard: string) =>
  (await (await on.api()).verification.rosterLine({ region, idCard })).line;
const remove = async (on: On, region: string, idCard: string) =>
  (await (await on.api()).verification.removeRosterLine({ region, idCard, reason })).removed;
const apply = async (on: On, region: string, idCard: string) => {
  const input = { key: `key-of-roster-line-${++serial}`, region, name, idCard, group, consent: true as const };
  return (await (await on.api()).verification.submit(input)).state;
};
const someone = async () => {
  const on = bench.device("weapp");
  await bench.byCode(on, bench.freshPhone());
  return on;
};
const audit = (region: string) =>
  bench.db.rows<{ act: string; onWhom: string | null; detail: string }>(
    "SELECT act, on_whom AS onWhom, detail FROM audit WHERE region = ? AND act LIKE 'roster.%' ORDER BY at, shard, seq",
    [region],
  );

test("a line that is taken out lets nobody in at once any more; taking it out again is no fault and no second record", async () => {
  const { region, on, idCard } = await village();
  expect(await look(on, region, ` ${idCard} `)).toEqual({
    name: "立**穗",
    idCard: `${idCard.slice(0, 6)}********${idCard.slice(-4)}`,
    group,
    household: "甲12",
    verified: false,
  });
  expect([await remove(on, region, idCard), await remove(on, region, idCard)]).toEqual([true, false]);
  expect(await look(on, region, idCard)).toBeNull();
  expect(await apply(await someone(), region, idCard)).toBe("pending");
  const acts = await audit(region);
  expect(acts.map(({ act }) => act)).toEqual(["roster.import", "roster.look", "roster.remove", "roster.look"]);
  expect(JSON.stringify(acts)).toContain(reason);
  expect(JSON.stringify(acts)).not.toContain(idCard);
});

test("whoever was verified by the line stays a villager, and the one who takes it out is told before", async () => {
  const { region, on, idCard } = await village();
  const villager = await someone();
  expect(await apply(villager, region, idCard)).toBe("verified");
  expect(await look(on, region, idCard)).toMatchObject({ verified: true });
  await remove(on, region, idCard);
  expect((await villager.caller())?.villager).toEqual([region]);
});

test("the record tells later whose line was looked at and taken out, and holds neither number nor name", async () => {
  const { region, on, idCard } = await village();
  const villager = await someone();
  await look(on, region, idCard);
  await apply(villager, region, idCard);
  await look(on, region, idCard);
  await remove(on, region, idCard);
  const unknown = bench.idCard();
  await look(on, region, unknown);
  const acts = (await audit(region)).slice(1);
  const personId = (await villager.caller())?.personId;
  const [line, none] = [idCard, unknown].map((number) => idCardIndex(bench.deps.seal, number));
  expect(acts.map(({ act, onWhom, detail }) => ({ act, onWhom, ...JSON.parse(detail) }))).toEqual([
    { act: "roster.look", onWhom: null, line, found: true },
    { act: "roster.look", onWhom: personId, line, found: true },
    { act: "roster.remove", onWhom: personId, line, reason },
    { act: "roster.look", onWhom: null, line: none, found: false },
  ]);
  expect(JSON.stringify(acts)).not.toMatch(new RegExp([idCard, unknown, name].join("|")));
});

test("another village's line is not touched, and its secretary may not ask", async () => {
  const [here, there] = [await village(), await village()];
  expect(await look(here.on, here.region, there.idCard)).toBeNull();
  expect(await remove(here.on, here.region, there.idCard)).toBe(false);
  expect(await refused(remove(here.on, there.region, there.idCard))).toBe("NOT_ALLOWED");
  expect(await refused(look(here.on, there.region, there.idCard))).toBe("NOT_ALLOWED");
  expect(await refused(look(here.on, here.region, "12345"))).toBe("ID_CARD_BAD");
  expect(await look(there.on, there.region, there.idCard)).not.toBeNull();
});
