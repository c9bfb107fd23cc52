import { privacyVersion } from "@weimenhu/domain/identity/privacy";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Bench, openPeople, refused } from "../../../../test/people-bench.ts";

let bench: Bench;
beforeAll(async () => {
  bench = await openPeople();
});
afterAll(() => bench.close());

type On = ReturnType<Bench["device"]>;
const masked = (phone: string) => `${phone.slice(0, 3)}****${phone.slice(-4)}`;
const change = async (on: On, phone: string, code: string) => (await on.api()).account.changePhone({ phone, code });
const me = async (on: On) => (await (await on.api()).account.me({})).me;
const idOf = async (on: On) => (await me(on))?.id ?? "";
const left = (id: string) => bench.db.rows<{ phone: string }>("SELECT phone FROM phone_left WHERE person_id = ?", [id]);
/** A code on its way to a number, asked for by this person. */
const codeTo = async (on: On, phone: string) => {
  const code = await bench.codeFor(on, phone);
  bench.clock.advance(61_000);
  return code;
};
const someone = async () => {
  const [on, phone] = [bench.device("web"), bench.freshPhone()];
  await bench.byCode(on, phone);
  return { on, phone };
};

describe("a phone that is changed", () => {
  test("signs the same person in from then on, and the old one is nobody's", async () => {
    const { on, phone } = await someone();
    const next = bench.freshPhone();
    const before = await me(on);
    expect(await change(on, next, await codeTo(on, next))).toEqual({ ok: true });
    expect(await me(on)).toMatchObject({ id: before?.id, phone: masked(next) });
    const [later, stranger] = [bench.device("weapp"), bench.device("web")];
    expect((await bench.byCode(later, next)).me.id).toBe(before?.id);
    expect((await bench.byCode(stranger, phone)).me.id).not.toBe(before?.id);
  });

  test("ends every other session and no platform account is a strong factor; the one that asked stays, and it is on the record", async () => {
    const { on, phone } = await someone();
    const other = bench.device("weapp");
    await bench.byCode(other, phone);
    const id = (await me(on))?.id ?? "";
    await bench.db.pool.query(
      "INSERT INTO identity (provider, subject, person_id, bound, created_at) VALUES ('alipay', ?, ?, 1, '2026-01-01')",
      [`a-${id}`, id],
    );
    const next = bench.freshPhone();
    await change(on, next, await codeTo(on, next));
    bench.db.versions.forget([`person:${id}`]);
    expect(await me(other)).toBeNull();
    expect((await me(on))?.phone).toBe(masked(next));
    const rows = await bench.db.rows("SELECT bound FROM identity WHERE person_id = ?", [id]);
    expect(rows).toEqual([{ bound: 0 }]);
    const acts = await bench.db.rows("SELECT act, detail FROM audit WHERE on_whom = ? AND act = 'phone.change'", [id]);
    expect(acts).toHaveLength(1);
    expect(JSON.stringify(acts)).not.toContain(next);
  });

  test("is not another account's: that one keeps it, and the asker keeps the own", async () => {
    const [{ on, phone }, neighbour] = [await someone(), await someone()];
    expect(await refused(change(on, neighbour.phone, await codeTo(on, neighbour.phone)))).toBe("PHONE_OTHERS");
    expect((await me(on))?.phone).toBe(masked(phone));
    expect((await me(neighbour.on))?.phone).toBe(masked(neighbour.phone));
  });

  test("wants the code that was sent to it: a wrong one is refused and counted, one for the old number is worth nothing", async () => {
    const { on, phone } = await someone();
    const next = bench.freshPhone();
    const [right, old] = [await codeTo(on, next), await codeTo(on, phone)];
    const wrong = right === "000000" ? "000001" : "000000";
    expect(await refused(change(on, next, old === right ? wrong : old))).toBe("CODE_WRONG");
    for (let tries = 1; tries < 5; tries++) expect(await refused(change(on, next, wrong))).toBe("CODE_WRONG");
    expect(await refused(change(on, next, right))).toBe("CODE_TRIES");
    expect(await refused(change(on, "12345", right))).toBe("PHONE_BAD");
    expect((await me(on))?.phone).toBe(masked(phone));
  });

  test("asked for again after the answer was lost, is done", async () => {
    const { on } = await someone();
    const next = bench.freshPhone();
    const code = await codeTo(on, next);
    await change(on, next, code);
    expect(await change(on, next, code)).toEqual({ ok: true });
  });

  test("is not the one that stands: that is said before a code is sent to it, and at the act to whoever has a code all the same", async () => {
    const { on, phone } = await someone();
    const asked = { phone, consent: privacyVersion, change: true };
    expect(await refused((await on.api()).signIn.requestCode(asked))).toBe("PHONE_OWN");
    const other = bench.device("web");
    await bench.byCode(other, phone);
    expect(await refused(change(on, phone, await codeTo(on, phone)))).toBe("PHONE_OWN");
    expect((await me(other))?.phone).toBe(masked(phone));
    // Nobody learns by it that a number is known.
    const [neighbour, stranger] = [await someone(), bench.device("web")];
    await expect((await neighbour.on.api()).signIn.requestCode(asked)).resolves.toEqual({ seconds: 60 });
    bench.clock.advance(61_000);
    await expect((await stranger.api()).signIn.requestCode(asked)).resolves.toEqual({ seconds: 60 });
  });

  test("wanted by two at the same moment becomes one person's", async () => {
    const [one, two] = [await someone(), await someone()];
    const next = bench.freshPhone();
    const code = await codeTo(one.on, next);
    const ended = await Promise.allSettled([change(one.on, next, code), change(two.on, next, code)]);
    expect(ended.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const phones = [(await me(one.on))?.phone, (await me(two.on))?.phone];
    expect(phones.filter((phone) => phone === masked(next))).toHaveLength(1);
  });

  test("tells the number that was left, once and from a sealed note; no other number is told, and none when it was refused", async () => {
    const [{ on, phone }, neighbour] = [await someone(), await someone()];
    const next = bench.freshPhone();
    const code = await codeTo(on, next);
    await refused(change(on, neighbour.phone, await codeTo(on, neighbour.phone)));
    bench.told.length = 0;
    await change(on, next, code);
    await change(on, next, code);
    const notes = await bench.db.rows("SELECT payload FROM outbox WHERE kind = 'sms.changed' AND state = 'waiting'");
    const rows = await left(await idOf(on));
    expect([notes, rows].map(({ length }) => length)).toEqual([1, 1]);
    // Neither open nor sealed in the outbox, which no change of the keys reaches.
    expect(JSON.stringify(notes)).not.toContain(String(rows[0]?.phone));
    expect(JSON.stringify([notes, rows])).not.toMatch(new RegExp([phone, next].join("|")));
    expect(bench.told).toEqual([]);
    await bench.outbox.settle();
    expect(bench.told).toEqual([phone]);
    expect(await left(await idOf(on))).toEqual([]);
  });

  test("is told to nobody any more when the account was closed before, and the number goes with it", async () => {
    const { on, phone } = await someone();
    const [next, id] = [bench.freshPhone(), await idOf(on)];
    await change(on, next, await codeTo(on, next));
    expect((await (await on.api()).account.export({})).json).toContain(phone);
    bench.told.length = 0;
    await (await on.api()).account.close({ confirm: "注销" });
    expect(await left(id)).toEqual([]);
    await bench.outbox.settle();
    expect(bench.told).toEqual([]);
  });

  test("carries no office away from an open session without the second factor", async () => {
    const { on, id } = await bench.staff("committee", await bench.village());
    const next = bench.freshPhone();
    const code = await codeTo(on, next);
    await bench.db.pool.query("UPDATE session SET strong_until = NULL WHERE person_id = ?", [id]);
    await bench.db.pool.query("UPDATE version_stamp SET version = version + 1 WHERE scope = ?", [`person:${id}`]);
    bench.db.versions.forget([`person:${id}`]);
    expect(await refused(change(on, next, code))).toBe("SECOND_FACTOR_FIRST");
  });
});
