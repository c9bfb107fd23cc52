import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Bench, county, openPeople, refused } from "../../../../test/people-bench.ts";
import { shanghaiDay } from "../../../kernel/clock.ts";
import { waitingVerifications } from "./decide.ts";

let bench: Bench;
beforeAll(async () => {
  bench = await openPeople();
});
afterAll(() => bench.close());

type On = ReturnType<Bench["device"]>;
let serial = 0;
const key = () => `key-of-application-${++serial}`;
const name = "小满稻香";
const line = (idCard: string, more = {}) => ({ name, idCard, group: "第一组", household: "户1", ...more });

/** A village with its secretary and a roster. */
async function village(...roster: ReturnType<typeof line>[]) {
  const region = await bench.village();
  const secretary = await bench.staff("secretary", region);
  if (roster.length > 0) await (await secretary.on.api()).verification.importRoster({ region, rows: roster });
  return { region, secretary };
}
const resident = async () => {
  const on = bench.device("weapp");
  const { me } = await bench.byCode(on, bench.freshPhone());
  return { on, id: me.id };
};
const submit = async (on: On, region: string, idCard: string, more = {}) =>
  (await on.api()).verification.submit({ key: key(), region, name, idCard, group: "第一组", consent: true, ...more });
const decide = async (on: On, id: string, accept: boolean, more = {}) =>
  (await on.api()).verification.decide({ id, accept, ...more });

describe("an application", () => {
  test("that agrees with the roster is verified at once, in the roster's group, and masked", async () => {
    const idCard = bench.idCard();
    const { region } = await village(line(idCard), line(bench.idCard(), { group: "第二组" }));
    const { on } = await resident();
    expect((await (await on.api()).verification.groups({ region })).groups).toEqual(["第一组", "第二组"]);
    const answer = await submit(on, region, idCard.toLowerCase(), { group: "第二组" });
    expect(answer).toMatchObject({ state: "verified", name: "小**香", group: "第一组", regionName: "竹溪村" });
    expect(answer.idCard).toBe(`${idCard.slice(0, 6)}********${idCard.slice(-4)}`);
    expect((await on.caller())?.villager).toEqual([region]);
    expect(await refused(submit(on, region, idCard))).toBe("ALREADY_VERIFIED");
  });

  test.each([
    ["an unknown ID number", {}, false],
    ["another name", { name: "立夏麦穗" }, true],
  ])("with %s waits for the secretary", async (_what, more, onRoster) => {
    const idCard = bench.idCard();
    const { region } = await village(line(onRoster ? idCard : bench.idCard()));
    const { on } = await resident();
    expect((await submit(on, region, idCard, more)).state).toBe("pending");
    expect((await on.caller())?.villager).toEqual([]);
    expect(await refused(submit(on, region, idCard, more))).toBe("APPLICATION_OPEN");
  });

  test("of a child under fourteen is refused on the last day before the birthday, and nothing of it is kept", async () => {
    const born = (years: number, days: number) => {
      const day = shanghaiDay(bench.clock.now() + days * 86_400_000).replaceAll("-", "");
      return `${Number(day.slice(0, 4)) - years}${day.slice(4)}`;
    };
    const { region } = await village();
    const { on, id } = await resident();
    expect(await refused(submit(on, region, bench.idCard(born(14, 1))))).toBe("CHILD_OFFLINE");
    const kept = await bench.db.rows("SELECT id FROM villager WHERE person_id = ?", [id]);
    expect(kept).toEqual([]);
    expect((await submit(on, region, bench.idCard(born(14, 0)))).state).toBe("pending");
  });

  test("that somebody looks at stands in the record with who looked, and no name", async () => {
    const { region, secretary } = await village();
    const { on } = await resident();
    const { id } = await submit(on, region, bench.idCard());
    await (await secretary.on.api()).verification.queue({ region });
    const rows = await bench.db.rows<{ actor: string; detail: string }>(
      "SELECT actor, detail FROM audit WHERE act = 'villager.look' AND region = ?",
      [region],
    );
    expect(rows).toEqual([{ actor: secretary.id, detail: JSON.stringify({ ids: [id] }) }]);
  });

  test.each([
    ["a wrong check character", { idCard: "990101198001010010" }, "ID_CARD_BAD"],
    ["a name that is none", { name: "abc1" }, "NAME_BAD"],
    ["a group of elsewhere", { group: "第九组" }, "BAD_INPUT"],
    ["a town for a village", { region: county }, "NOT_A_VILLAGE"],
    ["no separate consent", { consent: false }, "BAD_INPUT"],
  ])("with %s is refused", async (_what, more, word) => {
    const idCard = bench.idCard();
    const { region } = await village(line(idCard));
    const { on, id } = await resident();
    expect(await refused(submit(on, region, idCard, more))).toBe(word);
    expect(await bench.db.rows("SELECT id FROM villager WHERE person_id = ?", [id])).toEqual([]);
  });

  test("sent twice with the same key is one, also at the same moment; with another content it is refused", async () => {
    const idCard = bench.idCard();
    const { region } = await village(line(bench.idCard()));
    const { on, id } = await resident();
    const same = { key: key() };
    const all = await Promise.all([1, 2, 3, 4].map(() => submit(on, region, idCard, same)));
    expect(new Set(all.map((one) => one.id)).size).toBe(1);
    expect(await bench.db.rows("SELECT state FROM villager WHERE person_id = ?", [id])).toHaveLength(1);
    expect(await refused(submit(on, region, bench.idCard(), same))).toBe("KEY_REUSED");
  });

  test("with the ID number of somebody verified, anywhere in the county, is refused", async () => {
    const idCard = bench.idCard();
    const [here, there] = [await village(line(idCard)), await village(line(idCard))];
    const [first, second] = [await resident(), await resident()];
    await submit(first.on, here.region, idCard);
    expect(await refused(submit(second.on, here.region, idCard))).toBe("ID_CARD_TAKEN");
    expect(await refused(submit(second.on, there.region, idCard))).toBe("ID_CARD_TAKEN");
    expect((await submit(first.on, there.region, idCard)).state).toBe("verified");
    expect(await refused(submit(first.on, (await village()).region, bench.idCard()))).toBe("ID_CARD_BAD");
  });

  test("for one ID number by five people at the same moment verifies one", async () => {
    const idCard = bench.idCard();
    const { region } = await village(line(idCard));
    const people = [await resident(), await resident(), await resident(), await resident(), await resident()];
    const ended = await Promise.allSettled(people.map(({ on }) => submit(on, region, idCard)));
    expect(ended.filter((end) => end.status === "fulfilled")).toHaveLength(1);
    expect(
      await bench.db.rows("SELECT id FROM villager WHERE region = ? AND state = 'verified'", [region]),
    ).toHaveLength(1);
  });

  test("tried over and over against the roster is stopped", async () => {
    const { region } = await village(line(bench.idCard()));
    const { on } = await resident();
    const taken = bench.idCard();
    const owner = await resident();
    const other = await village(line(taken));
    await submit(owner.on, other.region, taken);
    const words: string[] = [];
    for (let tried = 0; tried < 21; tried++) words.push(await refused(submit(on, region, taken)));
    expect(words.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => "ID_CARD_TAKEN"));
    expect(words[20]).toBe("TOO_MANY");
  });

  test("needs a verified phone, and lies sealed", async () => {
    const idCard = bench.idCard();
    const { region } = await village(line(idCard));
    const follower = bench.device("weapp");
    const { privacyVersion } = await import("@weimenhu/domain/identity/privacy");
    follower.took(await (await follower.api()).signIn.wechat({ code: "w-follower", consent: privacyVersion }));
    expect(await refused(submit(follower, region, idCard))).toBe("PHONE_FIRST");
    const { on } = await resident();
    await submit(on, region, idCard);
    for (const table of ["villager", "roster", "real_name", "audit", "consent"]) {
      const text = JSON.stringify(await bench.db.rows(`SELECT * FROM ${table}`));
      expect(text, table).not.toContain(idCard);
      expect(text, table).not.toContain(name);
    }
  });
});

describe("the secretary", () => {
  test("sees what waits in the own village, oldest first, masked, page by page", async () => {
    const rostered = bench.idCard();
    const { region, secretary } = await village(line(rostered, { name: "立夏麦穗" }));
    const ids: string[] = [];
    for (let at = 0; at < 5; at++) {
      const { on } = await resident();
      bench.clock.advance(1_000);
      ids.push((await submit(on, region, at === 0 ? rostered : bench.idCard())).id);
    }
    const api = await secretary.on.api();
    const seen: string[] = [];
    let cursor: string | undefined;
    for (let pages = 0; pages < 3; pages++) {
      const page = await api.verification.queue({ limit: 2, ...(cursor === undefined ? {} : { cursor }) });
      seen.push(...page.items.map((item) => item.id));
      cursor = page.next ?? undefined;
    }
    expect([seen, cursor]).toEqual([ids, undefined]);
    const [first, second] = (await api.verification.queue({ region })).items;
    expect(first).toMatchObject({ rosterName: "立**穗", rosterGroup: "第一组", name: "小**香" });
    expect(first?.phone).toMatch(/^199\*{4}\d{4}$/);
    expect(second).toMatchObject({ rosterName: null, rosterGroup: null });
    expect(await refused(api.verification.queue({ cursor: "1; DROP TABLE" }))).toBe("CURSOR_BAD");
    const waits = await waitingVerifications(bench.deps)(await secretary.on.ctx());
    expect(waits.map((item) => item.id)).toEqual(ids);
    expect(waits[0]).toMatchObject({ kind: "verification", region, title: "认证申请：小**香" });
  });

  test("of another village sees nothing of it, and an id from there is not found", async () => {
    const { region } = await village();
    const neighbour = await village();
    const { on } = await resident();
    const { id } = await submit(on, region, bench.idCard());
    const api = await neighbour.secretary.on.api();
    expect((await api.verification.queue({})).items.map((item) => item.id)).not.toContain(id);
    expect(await refused(api.verification.queue({ region }))).toBe("NOT_ALLOWED");
    expect(await refused(decide(neighbour.secretary.on, id, true))).toBe("NOT_FOUND");
    expect(await waitingVerifications(bench.deps)(await neighbour.secretary.on.ctx())).toEqual([]);
    expect(await refused(api.verification.importRoster({ region, rows: [] }))).toBe("NOT_ALLOWED");
    expect(await refused((await on.api()).verification.queue({}))).toBe("NOT_ALLOWED");
  });

  test("accepts or refuses with a reason, once, and the applicant may apply again", async () => {
    const { region, secretary } = await village();
    const { on, id: personId } = await resident();
    const { id } = await submit(on, region, bench.idCard());
    expect(await refused(decide(secretary.on, id, false))).toBe("REASON_NEEDED");
    expect(await refused(decide(secretary.on, id, false, { reason: "other" }))).toBe("REASON_NEEDED");
    const no = await decide(secretary.on, id, false, { reason: "wrong-group", note: "您在第二组" });
    expect(no).toMatchObject({ state: "refused", reason: "wrong-group", note: "您在第二组" });
    expect(await refused(decide(secretary.on, id, true))).toBe("WRONG_STATE");
    expect((await (await on.api()).account.me({})).me?.villages).toEqual([]);
    const again = await submit(on, region, bench.idCard());
    const both = await Promise.allSettled([
      decide(secretary.on, again.id, true),
      decide(secretary.on, again.id, false, { reason: "moved-away" }),
    ]);
    expect(both.filter((end) => end.status === "fulfilled")).toHaveLength(1);
    const mine = (await (await on.api()).verification.mine({})).items;
    expect(mine.map((item) => item.id)).toEqual([again.id, id]);
    const acts = await bench.db.rows("SELECT actor FROM audit WHERE act = 'villager.decide' AND on_whom = ?", [
      personId,
    ]);
    expect(acts).toEqual([{ actor: secretary.id }, { actor: secretary.id }]);
  });

  test("does not decide on the own application", async () => {
    const { region, secretary } = await village();
    const { id } = await submit(secretary.on, region, bench.idCard());
    expect(await refused(decide(secretary.on, id, true))).toBe("NOT_ALLOWED");
  });

  test("cannot verify a second person under an ID number, nor one who closed the account", async () => {
    const { region, secretary } = await village();
    const [idCard, one, two, gone] = [bench.idCard(), await resident(), await resident(), await resident()];
    const first = await submit(one.on, region, idCard);
    const second = await submit(two.on, region, idCard);
    const third = await submit(gone.on, region, bench.idCard());
    await decide(secretary.on, first.id, true);
    expect(await refused(decide(secretary.on, second.id, true))).toBe("ID_CARD_TAKEN");
    expect((await (await two.on.api()).verification.mine({})).items[0]?.state).toBe("pending");
    await (await gone.on.api()).account.close({ confirm: "注销" });
    expect(await refused(decide(secretary.on, third.id, true))).toBe("WRONG_STATE");
    expect((await one.on.caller())?.villager).toEqual([region]);
  });

  test("brings in the roster: bad lines are named, good ones stored, the same file again changes nothing", async () => {
    const { region, secretary } = await village();
    const [one, two] = [bench.idCard(), bench.idCard()];
    const rows = [
      line(one, { name: " 小满 稻香 " }),
      line("123"),
      line(two, { name: "x" }),
      line(two, { group: "" }),
      line(two, { household: "户\u0007" }),
      line(one.toLowerCase(), { group: "第二组" }),
    ];
    const api = await secretary.on.api();
    const answer = await api.verification.importRoster({ region, rows });
    expect(answer.stored).toBe(1);
    expect(answer.faults.map((fault) => fault.row)).toEqual([2, 3, 4, 5, 6]);
    expect(answer.faults[0]?.why).toContain("身份证号");
    await api.verification.importRoster({ region, rows });
    await api.verification.importRoster({ region, rows: [line(one, { group: "第三组" })] });
    expect(await bench.db.rows("SELECT group_name FROM roster WHERE region = ?", [region])).toEqual([
      { group_name: "第三组" },
    ]);
    const { on } = await resident();
    expect(await submit(on, region, one, { group: "第三组" })).toMatchObject({ state: "verified", group: "第三组" });
  });
});
