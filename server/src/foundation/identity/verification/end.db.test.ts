import { afterAll, beforeAll, expect, test } from "vitest";
import { type Bench, openPeople, refused } from "../../../../test/people-bench.ts";
import { displayNames, namesScope } from "../people/names.ts";

let bench: Bench;
beforeAll(async () => {
  bench = await openPeople();
});
afterAll(() => bench.close());

type On = ReturnType<Bench["device"]>;
let serial = 0;
const wrong = "小满稻香";
const right = "立夏麦穗";
const reason = "姓名登记错了，请用身份证上的姓名再申请";

async function village() {
  const region = await bench.village();
  return { region, secretary: await bench.staff("secretary", region) };
}
const submit = async (on: On, region: string, name: string, idCard: string) =>
  (await on.api()).verification.submit({
    key: `key-of-an-ending-${++serial}`,
    region,
    name,
    idCard,
    group: "第一组",
    consent: true,
  });
const end = async (on: On, id: string) => (await on.api()).verification.end({ id, reason });
const accept = async (on: On, id: string) => (await on.api()).verification.decide({ id, accept: true });

/** Somebody verified under a wrong name in each of these villages. */
async function verifiedIn(...places: Awaited<ReturnType<typeof village>>[]) {
  const on = bench.device("weapp");
  const phone = bench.freshPhone();
  const { me } = await bench.byCode(on, phone);
  const idCard = bench.idCard();
  const ids: string[] = [];
  for (const { region, secretary } of places) {
    const refused = await submit(on, region, wrong, idCard);
    await (await secretary.on.api()).verification.decide({ id: refused.id, accept: false, reason: "wrong-group" });
    const { id } = await submit(on, region, wrong, idCard);
    await accept(secretary.on, id);
    ids.push(id);
  }
  const [id = "", second = ""] = ids;
  return { on, phone, personId: me.id, idCard, id, second };
}
const calledNow = async (personId: string) => (await displayNames(bench.deps)(bench.db, [personId])).get(personId);

test("a verification that is ended takes name, number and rights away at once, and the person applies again rightly", async () => {
  const home = await village();
  const { on, personId, id, idCard } = await verifiedIn(home);
  expect([await calledNow(personId), (await on.caller())?.villager]).toEqual(["小**香", [home.region]]);
  const before = await bench.db.versions.current([namesScope]);

  await end(home.secretary.on, id);
  expect((await on.caller())?.villager).toEqual([]);
  expect(await calledNow(personId)).toMatch(/^199\*{4}\d{4}$/);
  expect(await bench.db.versions.current([namesScope])).not.toBe(before);
  const [mine] = (await (await on.api()).verification.mine({})).items;
  expect(mine).toMatchObject({ id, state: "ended", name: "", idCard: "", reason: null, note: reason });
  const kept =
    "SELECT id FROM villager WHERE person_id = ? AND (name IS NOT NULL OR id_card IS NOT NULL OR id_index IS NOT NULL OR group_name <> '')";
  expect(await bench.db.rows(kept, [personId])).toEqual([]);
  expect(await refused(end(home.secretary.on, id))).toBe("WRONG_STATE");

  // The number may have been the wrong one, so another is taken; the one before is free for its owner.
  const again = await submit(on, home.region, right, bench.idCard());
  await accept(home.secretary.on, again.id);
  expect([await calledNow(personId), (await on.caller())?.villager]).toEqual(["立**穗", [home.region]]);
  const owner = bench.device("weapp");
  await bench.byCode(owner, bench.freshPhone());
  expect((await accept(home.secretary.on, (await submit(owner, home.region, wrong, idCard)).id)).state).toBe(
    "verified",
  );
});

test("ending stands in the record once, with who did it and no name", async () => {
  const home = await village();
  const { personId, id } = await verifiedIn(home);
  const both = await Promise.allSettled([end(home.secretary.on, id), end(home.secretary.on, id)]);
  expect(both.filter((one) => one.status === "fulfilled")).toHaveLength(1);
  const rows = await bench.db.rows(
    "SELECT actor, region, detail FROM audit WHERE act = 'villager.end' AND on_whom = ?",
    [personId],
  );
  expect(rows).toEqual([{ actor: home.secretary.id, region: home.region, detail: JSON.stringify({ id }) }]);
});

test("a village ends its own verification only: elsewhere the person stays verified, under the one number", async () => {
  const [home, other] = [await village(), await village()];
  const { on, personId, id, second, idCard } = await verifiedIn(home, other);
  expect(await refused(end(other.secretary.on, id))).toBe("NOT_FOUND");
  expect(await refused(end(on, id))).toBe("NOT_ALLOWED");
  await end(home.secretary.on, id);
  expect([await calledNow(personId), (await on.caller())?.villager]).toEqual(["小**香", [other.region]]);
  expect(await refused(submit(on, home.region, right, bench.idCard()))).toBe("ID_CARD_BAD");
  expect((await submit(on, home.region, right, idCard)).state).toBe("pending");
  await end(other.secretary.on, second);
  expect(await bench.db.rows("SELECT id_index FROM real_name WHERE person_id = ?", [personId])).toEqual([]);
});

test("while another village verifies at the same moment, the number stays with whoever is verified", async () => {
  for (let round = 0; round < 5; round++) {
    const [home, other] = [await village(), await village()];
    const { on, personId, id, idCard } = await verifiedIn(home);
    const waiting = await submit(on, other.region, wrong, idCard);
    await Promise.all([end(home.secretary.on, id), accept(other.secretary.on, waiting.id)]);
    expect((await on.caller())?.villager).toEqual([other.region]);
    expect(await bench.db.rows("SELECT person_id FROM real_name WHERE person_id = ?", [personId])).toHaveLength(1);
  }
});

test("nobody ends the own verification, one that waits, or one without a reason", async () => {
  const home = await village();
  const colleague = await bench.staff("secretary", home.region);
  const own = await submit(home.secretary.on, home.region, right, bench.idCard());
  expect(await refused(end(colleague.on, own.id))).toBe("WRONG_STATE");
  await accept(colleague.on, own.id);
  expect(await refused(end(home.secretary.on, own.id))).toBe("NOT_ALLOWED");
  const api = await colleague.on.api();
  expect(await refused(api.verification.end({ id: own.id, reason: " " }))).toBe("BAD_INPUT");
  await end(colleague.on, own.id);
  // The office was given apart and stays.
  expect((await home.secretary.on.caller())?.grants).toEqual([{ role: "secretary", region: home.region }]);
});

test("the secretary finds who is verified in the own village, the newest first or by phone, masked and on the record", async () => {
  const [home, other] = [await village(), await village()];
  const ids: string[] = [];
  let last = { id: "", phone: "" };
  for (let at = 0; at < 3; at++) {
    bench.clock.advance(1_000);
    last = await verifiedIn(home);
    ids.unshift(last.id);
  }
  const { verification } = await home.secretary.on.api();
  const first = await verification.verified({ limit: 2 });
  const rest = await verification.verified({ limit: 2, cursor: first.next ?? "" });
  expect([...first.items, ...rest.items].map((item) => item.id)).toEqual(ids);
  expect(rest.next).toBeNull();
  expect(first.items[0]).toMatchObject({ name: "小**香", state: "verified" });
  const byPhone = await verification.find({ region: home.region, phone: last.phone });
  expect(byPhone.items.map((item) => [item.id, item.phone])).toEqual([
    [last.id, `${last.phone.slice(0, 3)}****${last.phone.slice(-4)}`],
  ]);
  const looks = await bench.db.rows<{ detail: string }>(
    "SELECT detail FROM audit WHERE act = 'villager.look' AND actor = ?",
    [home.secretary.id],
  );
  expect(looks.map(({ detail }) => detail)).toContain(JSON.stringify({ ids: [last.id] }));
  expect(looks).toHaveLength(3);
  expect(await refused(verification.find({ phone: "123" }))).toBe("PHONE_BAD");

  const neighbour = (await other.secretary.on.api()).verification;
  expect((await neighbour.find({ phone: last.phone })).items).toEqual([]);
  const inVain = "SELECT detail, region FROM audit WHERE act = 'villager.look' AND actor = ?";
  expect(await bench.db.rows(inVain, [other.secretary.id])).toEqual([{ detail: '{"ids":[]}', region: other.region }]);
  expect(await refused(neighbour.verified({ region: home.region }))).toBe("NOT_ALLOWED");
});
