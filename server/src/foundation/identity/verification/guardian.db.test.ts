import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Bench, openPeople, refused } from "../../../../test/people-bench.ts";
import { shanghaiDay } from "../../../kernel/clock.ts";
import { guardians } from "./guardian.ts";

let bench: Bench;
beforeAll(async () => {
  bench = await openPeople();
});
afterAll(() => bench.close());

type On = ReturnType<Bench["device"]>;
let serial = 0;
const paper = "村委会档案柜 3 号";
/** As an ID card says it: so many years ago, and so many days more from now. */
const born = (years: number, days = 0) => {
  const day = shanghaiDay(bench.clock.now() + days * 86_400_000).replaceAll("-", "");
  return `${Number(day.slice(0, 4)) - years}${day.slice(4)}`;
};
async function village() {
  const region = await bench.village();
  return { region, secretary: await bench.staff("secretary", region) };
}
type Home = Awaited<ReturnType<typeof village>>;
async function somebody() {
  const on = bench.device("weapp");
  const phone = bench.freshPhone();
  const { me } = await bench.byCode(on, phone);
  return { on, phone, id: me.id };
}
const submit = async (on: On, region: string, idCard: string, key = `key-of-a-child-${++serial}`) =>
  (await on.api()).verification.submit({
    key,
    region,
    name: "小满稻香",
    idCard,
    group: "第一组",
    consent: true,
  });
const decide = async (on: On, id: string, accept: boolean) =>
  (await on.api()).verification.decide({ id, accept, ...(accept ? {} : { reason: "wrong-group" as const }) });
const rules = () => guardians(bench.deps);
const note = async (by: On, region: string, phone: string, on = true, where = paper) =>
  rules().note(await by.ctx(), { village: region, phone, paper: where, on });
const list = async (by: On, region: string, more = {}) => rules().list(await by.ctx(), { village: region, ...more });
const end = async (by: On, id: string) => rules().end(await by.ctx(), { id });
const agreed = (person: string, region: string) => rules().agreed(bench.db, person, region);
const kept = (person: string) =>
  bench.db.rows<{ state: string; named: number }>(
    `SELECT state, (name IS NOT NULL OR id_card IS NOT NULL OR id_index IS NOT NULL OR group_name <> '') AS named
     FROM villager WHERE person_id = ? ORDER BY applied_at, id`,
    [person],
  );
/** A child for whom the village has noted it. */
async function noted(home: Home) {
  const child = await somebody();
  await note(home.secretary.on, home.region, child.phone);
  return child;
}

describe("a child under fourteen", () => {
  test("applies once the village has noted that a guardian agrees, the day before the birthday too, and is decided as all are", async () => {
    const home = await village();
    const child = await somebody();
    const idCard = bench.idCard(born(14, 1));
    expect(await refused(submit(child.on, home.region, idCard))).toBe("CHILD_OFFLINE");
    const form = async () => (await child.on.api()).verification.groups({ region: home.region });
    expect(await form()).toEqual({ groups: [], guardian: false });
    await note(home.secretary.on, home.region, child.phone);
    expect((await form()).guardian).toBe(true);
    const { id } = await submit(child.on, home.region, idCard);
    expect((await decide(home.secretary.on, id, true)).state).toBe("verified");
    expect((await child.on.caller())?.villager).toEqual([home.region]);
  });

  test("is taken in by the village that noted it, by no other, and for that account alone", async () => {
    const [home, other] = [await village(), await village()];
    const child = await noted(home);
    const sibling = await somebody();
    const idCard = bench.idCard(born(9));
    expect(await refused(submit(child.on, other.region, idCard))).toBe("CHILD_OFFLINE");
    expect(await refused(submit(sibling.on, home.region, idCard))).toBe("CHILD_OFFLINE");
    expect([...(await kept(child.id)), ...(await kept(sibling.id))]).toEqual([]);
  });

  test("whose guardian takes it back has nothing waiting any more, and name and number are gone at once", async () => {
    const home = await village();
    const child = await noted(home);
    const idCard = bench.idCard(born(9));
    await decide(home.secretary.on, (await submit(child.on, home.region, idCard)).id, false);
    const waiting = await submit(child.on, home.region, idCard);
    await note(home.secretary.on, home.region, child.phone, false);
    expect(await kept(child.id)).toEqual([
      { state: "refused", named: 0 },
      { state: "ended", named: 0 },
    ]);
    const [mine] = (await (await child.on.api()).verification.mine({})).items;
    expect(mine).toMatchObject({ id: waiting.id, state: "ended", name: "", idCard: "" });
    expect(mine?.note).toContain("家长收回了同意");
    expect(await refused(decide(home.secretary.on, waiting.id, true))).toBe("WRONG_STATE");
    expect(await refused(submit(child.on, home.region, idCard))).toBe("CHILD_OFFLINE");
    await note(home.secretary.on, home.region, child.phone);
    expect((await submit(child.on, home.region, idCard)).state).toBe("pending");
  });

  test("once verified stays a villager without the consent, and does not count as one whose guardian agrees", async () => {
    const home = await village();
    const child = await noted(home);
    await decide(home.secretary.on, (await submit(child.on, home.region, bench.idCard(born(9)))).id, true);
    await note(home.secretary.on, home.region, child.phone, false);
    expect(await agreed(child.id, home.region)).toBe(false);
    expect((await child.on.caller())?.villager).toEqual([home.region]);
    // The guardian agrees again: a verified child is noted as well.
    await note(home.secretary.on, home.region, child.phone);
    expect(await agreed(child.id, home.region)).toBe(true);
  });

  test("while it is taken back at the same moment leaves nothing that waits", async () => {
    for (let round = 0; round < 5; round++) {
      const home = await village();
      const child = await noted(home);
      const [id] = (await list(home.secretary.on, home.region)).items.map((item) => item.id);
      await Promise.allSettled([
        submit(child.on, home.region, bench.idCard(born(9))),
        end(home.secretary.on, id ?? ""),
      ]);
      expect(await agreed(child.id, home.region)).toBe(false);
      expect((await kept(child.id)).filter(({ state, named }) => state === "pending" || named === 1)).toEqual([]);
    }
  });

  test("who has turned fourteen meanwhile keeps the application: it stands by the own consent", async () => {
    const home = await village();
    const child = await noted(home);
    await submit(child.on, home.region, bench.idCard(born(14)));
    await note(home.secretary.on, home.region, child.phone, false);
    expect(await kept(child.id)).toEqual([{ state: "pending", named: 1 }]);
  });
});

describe("the secretary", () => {
  test("notes it for the own village alone; the committee, the clerk, another village and the child do not", async () => {
    const [home, other] = [await village(), await village()];
    const child = await somebody();
    const committee = await bench.staff("committee", home.region);
    const clerk = await bench.staff("clerk", home.region);
    for (const { on } of [committee, clerk, other.secretary, child]) {
      expect(await refused(note(on, home.region, child.phone))).toBe("NOT_ALLOWED");
      expect(await refused(list(on, home.region))).toBe("NOT_ALLOWED");
    }
    await note(home.secretary.on, home.region, child.phone);
    const [id] = (await list(home.secretary.on, home.region)).items.map((item) => item.id);
    for (const { on } of [committee, clerk, other.secretary, child])
      expect(await refused(end(on, id ?? ""))).toBe("NOT_FOUND");
    // From there on, by phone: it is another village's and stays.
    await note(other.secretary.on, other.region, child.phone, false);
    expect(await agreed(child.id, home.region)).toBe(true);
  });

  test("reads whom the village noted, the newest first, masked, page by page, and takes one back by its id, once, also when asked at the same moment", async () => {
    const home = await village();
    const [first, second] = [await noted(home), await noted(home)];
    const { id: application } = await submit(second.on, home.region, bench.idCard(born(9)));
    await decide(home.secretary.on, application, true);
    bench.clock.advance(1_000);
    const third = await noted(home);
    const page = await list(home.secretary.on, home.region, { limit: 2 });
    const rest = await list(home.secretary.on, home.region, { limit: 2, cursor: page.next ?? "" });
    const masked = ({ phone }: { phone: string }) => `${phone.slice(0, 3)}****${phone.slice(-4)}`;
    const all = [...page.items, ...rest.items];
    expect(all.map(({ name, phone }) => [name, phone])).toEqual([
      [null, masked(third)],
      ["小**香", masked(second)],
      [null, masked(first)],
    ]);
    expect([page.next === null, rest.next]).toEqual([false, null]);
    expect(all[0]).toMatchObject({ paper, by: expect.stringMatching(/^199\*{4}\d{4}$/) });
    expect(await refused(list(home.secretary.on, home.region, { cursor: "1" }))).toBe("CURSOR_BAD");
    const id = all[0]?.id ?? "";
    const ends = await Promise.all([1, 2, 3].map(() => end(home.secretary.on, id)));
    expect([...ends, await end(home.secretary.on, id)]).toEqual([1, 2, 3, 4].map(() => ({ ok: true })));
    expect((await list(home.secretary.on, home.region)).items).toHaveLength(2);
    expect(
      await bench.db.rows("SELECT 1 FROM audit WHERE act = 'guardian.end' AND on_whom = ?", [third.id]),
    ).toHaveLength(1);
  });

  test("who notes it twice, also at the same moment, has one line, with where the paper lies now", async () => {
    const home = await village();
    const child = await noted(home);
    await Promise.all([1, 2, 3].map(() => note(home.secretary.on, home.region, child.phone)));
    await note(home.secretary.on, home.region, child.phone, true, "镇里的档案室");
    expect((await list(home.secretary.on, home.region)).items.map((item) => item.paper)).toEqual(["镇里的档案室"]);
  });

  test("notes nobody who is known to be fourteen or older, and nobody without an account", async () => {
    const home = await village();
    const [grown, gone] = [await somebody(), await somebody()];
    await decide(home.secretary.on, (await submit(grown.on, home.region, bench.idCard(born(14)))).id, true);
    expect(await refused(note(home.secretary.on, home.region, grown.phone))).toBe("NOT_A_CHILD");
    expect(await refused(note(home.secretary.on, home.region, "19900009876"))).toBe("NO_SUCH_PERSON");
    expect(await refused(note(home.secretary.on, home.region, "12345"))).toBe("PHONE_BAD");
    await (await gone.on.api()).account.close({ confirm: "注销" });
    expect(await refused(note(home.secretary.on, home.region, gone.phone))).toBe("NO_SUCH_PERSON");
    expect((await list(home.secretary.on, home.region)).items).toEqual([]);
  });

  test("leaves each ask on the record, in vain too, and each look at the list as one at minors' data; no words of the paper", async () => {
    const home = await village();
    const child = await noted(home);
    await refused(note(home.secretary.on, home.region, "19900009876"));
    const { items } = await list(home.secretary.on, home.region);
    await end(home.secretary.on, items[0]?.id ?? "");
    const rows = await bench.db.rows<{ act: string; on_whom: string | null; detail: string }>(
      "SELECT act, on_whom, detail FROM audit WHERE actor = ? AND region = ? AND act LIKE 'guardian.%' ORDER BY at, act",
      [home.secretary.id, home.region],
    );
    expect(rows).toHaveLength(5);
    for (const line of [
      { act: "guardian.seek", on_whom: child.id, detail: '{"found":true}' },
      { act: "guardian.seek", on_whom: null, detail: '{"found":false}' },
      { act: "guardian.note", on_whom: child.id, detail: "{}" },
      { act: "guardian.look", on_whom: null, detail: JSON.stringify({ ids: [items[0]?.id], minor: true }) },
      { act: "guardian.end", on_whom: child.id, detail: '{"ids":[]}' },
    ])
      expect(rows).toContainEqual(line);
    expect(JSON.stringify(rows)).not.toContain("档案柜");
  });

  test("who tries number after number is stopped for the day", async () => {
    const home = await village();
    const words: string[] = [];
    for (let tried = 0; tried < 61; tried++)
      words.push(await refused(note(home.secretary.on, home.region, `1990000${8000 + tried}`)));
    expect(words.filter((word) => word === "NO_SUCH_PERSON")).toHaveLength(60);
    expect(words.at(-1)).toBe("TOO_MANY");
  });
});

test("what a village noted of a child is in the child's export and goes with the account", async () => {
  const home = await village();
  const child = await noted(home);
  const { guardian } = JSON.parse((await (await child.on.api()).account.export({})).json);
  expect(guardian).toEqual([{ region: home.region, paper, notedAt: expect.any(String), endedAt: null }]);
  await (await child.on.api()).account.close({ confirm: "注销" });
  expect(await bench.db.rows("SELECT 1 FROM guardian WHERE person_id = ?", [child.id])).toEqual([]);
  expect((await list(home.secretary.on, home.region)).items).toEqual([]);
});
