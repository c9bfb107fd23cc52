import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Bench, openPeople, refused } from "../../../../test/people-bench.ts";
import { sweepIdentity } from "../jobs.ts";
import { patientOf } from "../people/real.ts";
import { principalNames, principalOf, principalPhone } from "./acting.ts";

let bench: Bench;
beforeAll(async () => {
  bench = await openPeople();
});
afterAll(() => bench.close());

type On = ReturnType<Bench["device"]>;
type Somebody = { on: On; phone: string; id: string };
let serial = 0;
const key = () => `key-of-a-mandate-${++serial}`;
const name = "小满稻香";
const paper = "村委会档案柜 3 号";
const day = 86_400_000;

async function somebody(): Promise<Somebody> {
  const on = bench.device("weapp");
  const phone = bench.freshPhone();
  const { me } = await bench.byCode(on, phone);
  return { on, phone, id: me.id };
}
async function village() {
  const region = await bench.village();
  return { region, secretary: await bench.staff("secretary", region) };
}
type Home = Awaited<ReturnType<typeof village>>;

/** A verified villager with a phone of their own. */
async function parent({ region, secretary }: Home, born = "19500101") {
  const who = await somebody();
  const idCard = bench.idCard(born);
  const form = { key: key(), region, name, idCard, group: "第一组", consent: true as const };
  const { id } = await (await who.on.api()).verification.submit(form);
  await (await secretary.on.api()).verification.decide({ id, accept: true });
  return { ...who, idCard };
}

const mandates = async (on: On) => (await on.api()).mandates;
const ask = async ({ on }: { on: On }, region: string, idCard: string, more: object = {}) =>
  (await mandates(on)).ask({
    ...{ key: key(), kind: "family", relation: "parent", region, name, idCard, days: 365 },
    ...{ scopes: ["appointments"], told: true },
    ...more,
  });
const acting = async ({ on }: { on: On }, id: string) => principalOf(bench.deps)(await on.ctx(), id, "appointments");
const heldBy = async ({ on }: { on: On }) => (await (await mandates(on)).mine({})).held;
const givenTo = async ({ on }: { on: On }) => (await (await mandates(on)).mine({})).given;
const newsOf = (id: string) => bench.news.filter(({ key: of }) => of.startsWith(`mandate:${id}:`));

describe("nothing is done in somebody's name before they agreed", () => {
  test("with their own account they agree, and whoever acts hears of it", async () => {
    const home = await village();
    const [mother, child] = [await parent(home), await somebody()];
    const asked = await ask(child, home.region, mother.idCard);
    expect([asked.state, asked.name, asked.idCard.includes("*")]).toEqual(["asked", "小**香", true]);
    expect(await acting(child, asked.id)).toBe("ended");
    const [seen] = await givenTo(mother);
    expect([seen?.id, seen?.may]).toEqual([asked.id, ["agree", "decline"]]);
    expect((await (await mandates(mother.on)).agree({ id: asked.id })).state).toBe("standing");
    expect(await acting(child, asked.id)).toEqual({
      index: expect.any(String),
      villages: [home.region],
      person: mother.id,
    });
    expect(newsOf(asked.id).map(({ what, to }) => [what, to])).toEqual([
      ["asked", [mother.id]],
      ["answered", [child.id]],
    ]);
  });

  test("by the code that went to their own phone, once, and not by a guess", async () => {
    const home = await village();
    const [mother, child] = [await parent(home), await somebody()];
    const { id } = await ask(child, home.region, mother.idCard);
    const agree = async (code: string) => (await mandates(child.on)).agree({ id, code });
    expect(await refused(agree("123456"))).toBe("CODE_EXPIRED");
    await (await mandates(child.on)).sendCode({ id });
    await bench.outbox.settle();
    const code = bench.sent.get(`agree ${mother.phone}`)?.at(-1) ?? "";
    expect(code).toMatch(/^\d{6}$/);
    expect(await bench.db.rows("SELECT 1 FROM mandate WHERE id = ? AND code_sealed IS NOT NULL", [id])).toEqual([]);
    const wrong = code === "000000" ? "111111" : "000000";
    expect(await refused(agree(wrong))).toBe("CODE_WRONG");
    expect((await agree(code)).consent).toBe("code");
    expect((await agree(code)).state).toBe("standing");
    expect(newsOf(id).at(-1)).toMatchObject({ what: "answered", to: [mother.id] });
  });

  test("five wrong codes are the last, a new one is a minute away, and five a day are sent", async () => {
    const home = await village();
    const [mother, child] = [await parent(home), await somebody()];
    const { id } = await ask(child, home.region, mother.idCard);
    const send = async () => (await mandates(child.on)).sendCode({ id });
    const agree = async (code: string) => (await mandates(child.on)).agree({ id, code });
    await send();
    await bench.outbox.settle();
    const code = bench.sent.get(`agree ${mother.phone}`)?.at(-1) ?? "";
    const wrong = code === "000000" ? "111111" : "000000";
    for (let tries = 0; tries < 5; tries++) expect(await refused(agree(wrong))).toBe("CODE_WRONG");
    expect(await refused(agree(code))).toBe("CODE_TRIES");
    expect(await refused(send())).toBe("CODE_TOO_SOON");
    for (let sent = 1; sent < 5; sent++) {
      bench.clock.advance(61_000);
      await send();
    }
    bench.clock.advance(61_000);
    expect(await refused(send())).toBe("CODE_TOO_MANY");
  });

  test("with a paper that the office has seen, by somebody who is no part of it", async () => {
    const home = await village();
    const child = await somebody();
    const { id } = await ask(child, home.region, bench.idCard("19400101"));
    const decide = async (on: On, more: object) => (await mandates(on)).decide({ id, move: "allow", paper, ...more });
    const other = await village();
    expect(await refused(decide(other.secretary.on, {}))).toBe("NOT_FOUND");
    expect(await refused(decide(home.secretary.on, { paper: undefined }))).toBe("PAPER_NEEDED");
    expect(await refused(decide(home.secretary.on, { move: "refuse" }))).toBe("REASON_NEEDED");
    expect((await decide(home.secretary.on, {})).consent).toBe("office");
    expect((await acting(child, id)) as object).toMatchObject({ person: null, villages: [home.region] });
    const own = await ask({ on: home.secretary.on }, home.region, bench.idCard("19410101"));
    expect(await refused((await mandates(home.secretary.on)).decide({ id: own.id, move: "allow", paper }))).toBe(
      "NOT_ALLOWED",
    );
  });

  test("for a minor by the office alone", async () => {
    const home = await village();
    const father = await somebody();
    const asked = await ask(father, home.region, bench.idCard("20200101"), { relation: "child" });
    expect(asked.may).toEqual(["withdraw"]);
    expect(await refused((await mandates(father.on)).sendCode({ id: asked.id }))).toBe("NOT_ALLOWED");
    const [line] = (await (await mandates(home.secretary.on)).queue({ state: "asked" })).items;
    expect([line?.id, line?.minor, line?.rosterName]).toEqual([asked.id, true, null]);
    expect((await (await mandates(home.secretary.on)).decide({ id: asked.id, move: "allow", paper })).state).toBe(
      "standing",
    );
  });

  test("whoever declines is not acted for, and the number is gone", async () => {
    const home = await village();
    const [mother, child] = [await parent(home), await somebody()];
    const { id } = await ask(child, home.region, mother.idCard);
    await (await mandates(mother.on)).decline({ id });
    expect(await acting(child, id)).toBe("ended");
    expect(await bench.db.rows("SELECT id_card AS card, open_key AS k FROM mandate WHERE id = ?", [id])).toEqual([
      { card: null, k: null },
    ]);
    expect(await refused((await mandates(mother.on)).agree({ id }))).toBe("WRONG_STATE");
  });
});

describe("whom it is not about", () => {
  test("a neighbour neither sees it nor moves it by its id", async () => {
    const home = await village();
    const [mother, child, neighbour] = [await parent(home), await somebody(), await parent(home)];
    const { id } = await ask(child, home.region, mother.idCard);
    const theirs = await mandates(neighbour.on);
    for (const call of [
      () => theirs.agree({ id }),
      () => theirs.agree({ id, code: "123456" }),
      () => theirs.decline({ id }),
      () => theirs.end({ id }),
      () => theirs.sendCode({ id }),
    ])
      expect(await refused(call())).toBe("NOT_FOUND");
    expect(await theirs.mine({})).toEqual({ held: [], given: [] });
    expect(await acting(neighbour, id)).toBe("none");
  });

  test("whoever has the number by another name hears nothing, and the answer is the same", async () => {
    const home = await village();
    const [mother, child] = [await parent(home), await somebody()];
    const { id, ...answer } = await ask(child, home.region, mother.idCard, { name: "谷雨清和" });
    expect(await givenTo(mother)).toEqual([]);
    expect(await refused((await mandates(mother.on)).agree({ id }))).toBe("NOT_FOUND");
    await (await mandates(child.on)).sendCode({ id });
    await bench.outbox.settle();
    expect(bench.sent.get(`agree ${mother.phone}`)).toBeUndefined();
    const nobody = await ask(await somebody(), home.region, bench.idCard("19500101"), { name: "谷雨清和" });
    expect(Object.keys(nobody).sort()).toEqual(["id", ...Object.keys(answer)].sort());
    expect(nobody.may).toEqual(answer.may);
  });
});

describe("asking", () => {
  test.each([
    ["a number that is none", { idCard: "990101195001010000" }, "ID_CARD_BAD"],
    ["a name that is none", { name: "A" }, "BAD_INPUT"],
    ["days of one's own", { days: 5000 }, "BAD_INPUT"],
    ["an agent who is none", { kind: "agent", relation: "villager", days: 30 }, "NOT_ALLOWED"],
    ["a place that is none", { region: "990101999999" }, "NO_SUCH_REGION"],
    ["a phone that is none", { phone: "123" }, "PHONE_BAD"],
  ])("with %s is refused", async (_what, more, word) => {
    const home = await village();
    const child = await somebody();
    expect(await refused(ask(child, home.region, bench.idCard("19500101"), more))).toBe(word);
    expect(await heldBy(child)).toEqual([]);
  });

  test("the same key is the same, at the same moment too; with another content it is refused; a second one is open", async () => {
    const home = await village();
    const [child, idCard] = [await somebody(), bench.idCard("19500101")];
    const same = { key: key() };
    const all = await Promise.all([1, 2, 3, 4].map(() => ask(child, home.region, idCard, same)));
    expect(new Set(all.map(({ id }) => id)).size).toBe(1);
    expect(await refused(ask(child, home.region, idCard, { ...same, days: 30 }))).toBe("KEY_REUSED");
    expect(await refused(ask(child, home.region, idCard))).toBe("MANDATE_OPEN");
  });

  test("for oneself is refused, and nobody asks through a village", async () => {
    const home = await village();
    const mother = await parent(home);
    expect(await refused(ask(mother, home.region, mother.idCard))).toBe("MANDATE_SELF");
    for (let n = 0; n < 10; n++) await ask(mother, home.region, bench.idCard("19600101"));
    expect(await refused(ask(mother, home.region, bench.idCard("19600101")))).toBe("TOO_MANY");
  });

  test("an agent's mandate ends with the office", async () => {
    const home = await village();
    const agent = await bench.staff("agent", home.region, "weapp");
    const { id } = await ask(agent, home.region, bench.idCard("19300101"), {
      kind: "agent",
      relation: "villager",
      days: 30,
    });
    await (await mandates(home.secretary.on)).decide({ id, move: "allow", paper });
    expect((await acting(agent, id)) as object).toMatchObject({ person: null });
    await bench.db.pool.query("UPDATE role_grant SET ended_at = '2026-01-02' WHERE person_id = ?", [agent.id]);
    bench.clock.advance(6_000);
    await bench.db.pool.query("UPDATE version_stamp SET version = version + 1 WHERE scope = ?", [`person:${agent.id}`]);
    bench.db.versions.forget([`person:${agent.id}`]);
    expect(await acting(agent, id)).toBe("ended");
  });
});

describe("its end", () => {
  const standing = async (home: Home) => {
    const [mother, child] = [await parent(home), await somebody()];
    const { id } = await ask(child, home.region, mother.idCard);
    await (await mandates(mother.on)).agree({ id });
    return { mother, child, id };
  };

  test("each side and the office end it at any time, and the other hears of it", async () => {
    const home = await village();
    const [one, two, three] = [await standing(home), await standing(home), await standing(home)];
    await (await mandates(one.mother.on)).end({ id: one.id });
    expect(newsOf(one.id).at(-1)).toMatchObject({ what: "over", to: [one.child.id] });
    await (await mandates(two.child.on)).end({ id: two.id });
    expect((await (await mandates(two.child.on)).end({ id: two.id })).state).toBe("ended");
    await (await mandates(home.secretary.on)).decide({ id: three.id, move: "end", reason: "授权书被收回" });
    expect((await givenTo(three.mother))[0]?.note).toBe("授权书被收回");
    for (const { child, id } of [one, two, three]) expect(await acting(child, id)).toBe("ended");
  });

  test("its days are over by the clock, and it can be asked for anew", async () => {
    const home = await village();
    const { mother, child, id } = await standing(home);
    bench.clock.advance(365 * day);
    await bench.byCode(child.on, child.phone);
    expect(await acting(child, id)).toBe("ended");
    const again = await ask(child, home.region, mother.idCard);
    expect(again.state).toBe("asked");
    bench.clock.advance(31 * day);
    await sweepIdentity(bench.db, bench.clock);
    const rows = await bench.db.rows("SELECT DISTINCT state, id_card AS card FROM mandate WHERE person_id = ?", [
      child.id,
    ]);
    expect(rows).toEqual([{ state: "ended", card: null }]);
    bench.clock.advance(181 * day);
    await sweepIdentity(bench.db, bench.clock);
    expect(await bench.db.rows("SELECT 1 FROM mandate WHERE person_id = ? AND name IS NOT NULL", [child.id])).toEqual(
      [],
    );
  });

  test.each(["mother", "child"] as const)("with the account of the %s nothing of it stays", async (who) => {
    const home = await village();
    const all = await standing(home);
    await (await all[who].on.api()).account.close({ confirm: "注销" });
    expect(await bench.db.rows("SELECT state, name, id_card AS card FROM mandate WHERE id = ?", [all.id])).toEqual([
      { state: "ended", name: null, card: null },
    ]);
  });
});

test("whoever is named to a hospital is the principal, with the phone that reaches them", async () => {
  const home = await village();
  const [mother, child] = [await parent(home), await somebody()];
  const [known, unknown] = [mother.idCard, bench.idCard("19390101")];
  const [a, b] = [
    await ask(child, home.region, known),
    await ask(child, home.region, unknown, { phone: "19900005555" }),
  ];
  for (const { id } of [a, b]) await (await mandates(home.secretary.on)).decide({ id, move: "allow", paper });
  const named = (id: string) => patientOf(bench.deps)(bench.db, child.id, id);
  expect(await named(a.id)).toEqual({ name, idNumber: known, phone: mother.phone });
  expect(await named(b.id)).toEqual({ name, idNumber: unknown, phone: child.phone });
  const text = principalPhone(bench.deps);
  expect([await text(bench.db, a.id), await text(bench.db, b.id)]).toEqual([mother.phone, "19900005555"]);
  expect([...(await principalNames(bench.deps)(bench.db, [a.id, b.id])).values()]).toEqual(["小**香", "小**香"]);
  await (await mandates(child.on)).end({ id: b.id });
  expect(await named(b.id)).toBeNull();
});

test("what an office looks at is on the record, and nothing of it leaves unmasked", async () => {
  const home = await village();
  const child = await somebody();
  const idCard = bench.idCard("19390101");
  const { id } = await ask(child, home.region, idCard);
  const page = await (await mandates(home.secretary.on)).queue({ state: "asked" });
  expect(JSON.stringify(page)).not.toContain(idCard);
  expect(JSON.stringify(page)).not.toContain(child.phone);
  expect(JSON.stringify(page)).not.toContain(name);
  const looked = await bench.db.rows<{ detail: string }>(
    "SELECT detail FROM audit WHERE act = 'mandate.look' AND actor = ?",
    [home.secretary.id],
  );
  expect(looked.some(({ detail }) => detail.includes(id))).toBe(true);
});
