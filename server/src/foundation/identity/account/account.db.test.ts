import { codeRule, privacyVersion } from "@weimenhu/domain/identity/privacy";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Bench, county, openPeople, refused } from "../../../../test/people-bench.ts";
import { callerScope } from "../../../kernel/caller.ts";
import { bump, inTx } from "../../../kernel/tx.ts";
import { sweepIdentity } from "../jobs.ts";
import { displayNames, inOffice, publicNames } from "../people/names.ts";

let bench: Bench;
beforeAll(async () => {
  bench = await openPeople();
});
afterAll(() => bench.close());

const consent = privacyVersion;
let serial = 0;
const key = () => `key-of-application-${++serial}`;

/** A verified villager of a village of their own, with WeChat joined. */
async function villager() {
  const [region, idCard, phone, openid] = [await bench.village(), bench.idCard(), bench.freshPhone(), `w${++serial}`];
  const clerk = await bench.staff("clerk", region);
  const rows = [{ name: "谷雨青禾", idCard, group: "第一组", household: "户1" }];
  await (await clerk.on.api()).verification.importRoster({ region, rows });
  const on = bench.device("weapp");
  on.took(await (await on.api()).signIn.wechat({ code: openid, consent }));
  on.took(await (await on.api()).signIn.wechatPhone({ code: phone }));
  const api = await on.api();
  await api.regions.follow({ code: region });
  const form = { key: key(), region, name: "谷雨青禾", idCard, group: "第一组", consent: true as const };
  bench.clock.advance(1_000);
  await api.verification.submit(form);
  const { me } = await (await on.api()).account.me({});
  if (!me) throw new Error("not signed in");
  return { on, me, region, idCard, phone, openid };
}

describe("me", () => {
  test("is nobody without a session, and masked with one", async () => {
    expect(await (await bench.device("web").api()).account.me({})).toEqual({ me: null });
    const { me, region, phone, idCard } = await villager();
    expect(me).toMatchObject({
      name: "谷**禾",
      phone: `${phone.slice(0, 3)}****${phone.slice(-4)}`,
      villages: [
        { code: region, name: "竹溪村", town: "清溪镇", home: true, verification: "verified", group: "第一组" },
      ],
      consented: true,
    });
    const text = JSON.stringify(me);
    for (const whole of [phone, idCard, "谷雨青禾"]) expect(text).not.toContain(whole);
  });
  test("asks for consent again when the privacy text has changed", async () => {
    const on = bench.device("web");
    const { me } = await bench.byCode(on, bench.freshPhone());
    await bench.db.pool.query("UPDATE consent SET version = '2020-01-01' WHERE person_id = ?", [me.id]);
    expect((await (await on.api()).account.me({})).me?.consented).toBe(false);
    expect(await refused((await on.api()).account.consent({ version: "2020-01-01" }))).toBe("CONSENT_FIRST");
    await (await on.api()).account.consent({ version: consent });
    expect((await (await on.api()).account.me({})).me?.consented).toBe(true);
  });
  test("takes nothing new in before the privacy text of now is agreed to, and shows all the same", async () => {
    const { on, me, region, idCard } = await villager();
    const other = await bench.village();
    await inTx(bench.db, async (tx) => {
      await tx.execute(sql`UPDATE consent SET version = '2020-01-01' WHERE person_id = ${me.id} AND what = 'privacy'`);
      await bump(tx, callerScope(me.id));
    });
    const form = { region: other, name: "谷雨青禾", idCard, group: "第一组", consent: true as const };
    const submit = async () => (await on.api()).verification.submit({ ...form, key: key() });
    expect(await refused(submit())).toBe("CONSENT_FIRST");
    expect((await (await on.api()).verification.mine({})).items.map((item) => item.region)).toEqual([region]);
    await (await on.api()).account.consent({ version: consent });
    // The very next call: what was known of the caller before does not stand.
    expect(await submit()).toMatchObject({ region: other, state: "pending" });
  });
  test("keeps the elder edition on the account, on every device", async () => {
    const phone = bench.freshPhone();
    const [one, two] = [bench.device("web"), bench.device("weapp")];
    await bench.byCode(one, phone);
    await (await one.api()).account.setElder({ elder: 2 });
    expect((await bench.byCode(two, phone)).me.elder).toBe(2);
  });
});

test("the export holds everything about me in full, and nothing that opens my account", async () => {
  const { on, phone, idCard, region, openid } = await villager();
  const { filename, json } = await (await on.api()).account.export({});
  expect(filename).toMatch(/^我的资料-\d{4}-\d\d-\d\d\.json$/);
  const whole = JSON.parse(json);
  expect(whole).toMatchObject({
    person: { phone },
    identities: [{ provider: "wechat-mini", subject: openid }],
    consents: [{ what: "privacy" }, { what: "id-card" }],
    follows: [{ region, home: true }],
    verification: [{ region, state: "verified", name: "谷雨青禾", idCard }],
    roster: [{ region, group: "第一组", household: "户1" }],
    roles: [],
  });
  // What I did and from where, and never on whom.
  expect(whole.audit.map((row: { act: string }) => row.act)).toContain("villager.apply");
  for (const row of whole.audit) expect(Object.keys(row)).toEqual(["at", "act", "channel", "ip"]);
  const hashes = await bench.db.rows<{ token_hash: string }>("SELECT token_hash FROM session");
  for (const { token_hash } of hashes) expect(json).not.toContain(token_hash);
  expect(json).not.toContain(on.token);
});

describe("closing the account", () => {
  test("ends everything at once, and leaves nothing by which the person could be found", async () => {
    const { on, me, phone, idCard, openid } = await villager();
    const web = bench.device("web");
    await bench.byCode(web, phone);
    await (await on.api()).account.close({ confirm: "注销" });
    expect(await web.caller()).toBeNull();
    expect(on.token).toBeNull();
    const kept = await bench.db.rows("SELECT * FROM person WHERE id = ?", [me.id]);
    expect(kept).toMatchObject([{ state: "closed", phone: null, phone_index: null }]);
    expect(await bench.db.rows("SELECT * FROM villager WHERE person_id = ?", [me.id])).toMatchObject([
      { state: "ended", name: null, id_card: null, id_index: null, group_name: "", note: null },
    ]);
    for (const table of ["identity", "real_name", "totp", "follow"]) {
      expect(await bench.db.rows(`SELECT * FROM ${table} WHERE person_id = ?`, [me.id]), table).toEqual([]);
    }
    expect(await bench.db.rows("SELECT subject FROM identity WHERE subject = ?", [openid])).toEqual([]);
    const audit = JSON.stringify(await bench.db.rows("SELECT * FROM audit WHERE actor = ?", [me.id]));
    expect(audit).toContain("account.close");
    for (const whole of [phone, idCard, "谷雨青禾"]) expect(audit).not.toContain(whole);
    expect((await displayNames(bench.deps)(bench.db, [me.id])).get(me.id)).toBe("已注销用户");
  });

  test("sets phone, WeChat account and ID number free for a new person", async () => {
    const { on, me, phone, idCard, openid, region } = await villager();
    await (await on.api()).account.close({ confirm: "注销" });
    const back = bench.device("weapp");
    back.took(await (await back.api()).signIn.wechat({ code: openid, consent }));
    back.took(await (await back.api()).signIn.wechatPhone({ code: phone }));
    const now = (await (await back.api()).account.me({})).me;
    expect(now?.id).not.toBe(me.id);
    expect(now).toMatchObject({ name: null, villages: [], roles: [] });
    const form = { key: key(), region, name: "谷雨青禾", idCard, group: "第一组", consent: true as const };
    expect((await (await back.api()).verification.submit(form)).state).toBe("verified");
  });

  test("does not bring the next text message nearer, and voids the code that is under way", async () => {
    const [on, phone] = [bench.device("web"), bench.freshPhone()];
    await bench.byCode(on, phone);
    const code = await bench.codeFor(bench.device("web"), phone);
    await (await on.api()).account.close({ confirm: "注销" });
    const stranger = bench.device("web");
    const ask = async () => (await stranger.api()).signIn.requestCode({ phone, consent });
    expect(await refused(ask())).toBe("CODE_TOO_SOON");
    expect(await refused((await stranger.api()).signIn.withCode({ phone, code, consent }))).toBe("CODE_EXPIRED");
    bench.clock.advance(codeRule.gapMs);
    expect(await ask()).toEqual({ seconds: 60 });
  });

  test("asked for twice at the same moment happens once", async () => {
    const { on, me } = await villager();
    const api = await on.api();
    const ended = await Promise.allSettled([1, 2, 3].map(() => api.account.close({ confirm: "注销" })));
    expect(ended.filter((end) => end.status === "fulfilled")).toHaveLength(1);
    const acts = await bench.db.rows("SELECT act FROM audit WHERE act = 'account.close' AND on_whom = ?", [me.id]);
    expect(acts).toHaveLength(1);
  });

  test("is refused to the last administrator of a kind, and ends the roles of everybody else", async () => {
    const { sysadmin } = await bench.admins();
    const on = bench.device("desk");
    await bench.byCode(on, sysadmin, true);
    expect(await refused((await on.api()).account.close({ confirm: "注销" }))).toBe("LAST_HOLDER");
    expect(await on.caller()).not.toBeNull();
    const second = await bench.staff("sysadmin", county);
    await (await second.on.api()).account.close({ confirm: "注销" });
    expect(await bench.db.rows("SELECT reason FROM role_grant WHERE person_id = ?", [second.id])).toEqual([
      { reason: "account closed" },
    ]);
    expect(await refused((await on.api()).account.close({ confirm: "注销" }))).toBe("LAST_HOLDER");
  });
});

test("names in staff views: officials by name, residents masked, the unknown by their masked phone", async () => {
  const [official, resident] = [await villager(), await villager()];
  const stranger = bench.device("web");
  const phone = bench.freshPhone();
  const { me } = await bench.byCode(stranger, phone);
  await bench.db.pool.query(
    "INSERT INTO role_grant (id, person_id, region, role, since) VALUES (?, ?, ?, 'secretary', '2026-01-01')",
    [`N${official.me.id.slice(1)}`, official.me.id, official.region],
  );
  const names = await displayNames(bench.deps)(bench.db, [official.me.id, resident.me.id, me.id, "unknown"]);
  expect(names).toEqual(
    new Map([
      [official.me.id, "谷雨青禾"],
      [resident.me.id, "谷**禾"],
      [me.id, `${phone.slice(0, 3)}****${phone.slice(-4)}`],
    ]),
  );
});

test("who holds an office is called by the full name in it, and masked like every neighbour outside of it", async () => {
  const official = await villager();
  await bench.db.pool.query(
    "INSERT INTO role_grant (id, person_id, region, role, since, ended_at) VALUES (?, ?, ?, 'secretary', '2026-01-01', '2026-06-01')",
    [`M${official.me.id.slice(1)}`, official.me.id, official.region],
  );
  const neighbour = await villager();
  const keys = [official.me.id, inOffice(official.me.id), neighbour.me.id, inOffice(neighbour.me.id)];
  const names = await publicNames(bench.deps)(bench.db, keys);
  expect(keys.map((key) => names.get(key))).toEqual(["谷**禾", "谷雨青禾", "谷**禾", "谷**禾"]);
});

test("what nobody can use any more is swept, what lives stays", async () => {
  const on = bench.device("web");
  await bench.byCode(on, bench.freshPhone());
  bench.clock.advance(61 * 86_400_000);
  const fresh = bench.device("web");
  await bench.byCode(fresh, bench.freshPhone());
  await sweepIdentity(bench.db, bench.clock);
  const count = async (table: string) =>
    Number((await bench.db.rows<{ n: number }>(`SELECT COUNT(*) AS n FROM ${table}`))[0]?.n);
  expect([await count("session"), await count("login_code")]).toEqual([1, 1]);
  expect(await fresh.caller()).not.toBeNull();
});
