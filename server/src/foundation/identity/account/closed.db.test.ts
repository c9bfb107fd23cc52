import { privacyVersion } from "@weimenhu/domain/identity/privacy";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type Bench, county, openPeople, refused } from "../../../../test/people-bench.ts";
import type { Holding } from "../../../kernel/holdings.ts";
import { migrationsFolder, readMigrations } from "../../../kernel/migrate.ts";

const consent = privacyVersion;
const confirm = "注销";
let bench: Bench;
let serial = 0;
const name = (what = "openid") => `${what}-${++serial}-of-nobody`;

/** Where a closing account stands still, when a test wants it to: everything of this room is gone, nothing is committed. */
let pause: (() => Promise<void>) | null = null;
const slow: Holding = {
  name: "slow",
  tables: [],
  export: async () => null,
  close: async () => {
    await pause?.();
  },
};

beforeAll(async () => {
  bench = await openPeople(undefined, [slow]);
});
beforeEach(() => {
  pause = null;
});
afterAll(() => bench.close());

type On = ReturnType<Bench["device"]>;
const byWechat = async (on: On, code: string) => on.took(await (await on.api()).signIn.wechat({ code, consent }));

/** Somebody with a WeChat account and a phone. */
async function resident() {
  const [openid, phone, on] = [name(), bench.freshPhone(), bench.device("weapp")];
  await byWechat(on, openid);
  const { me } = on.took(await (await on.api()).signIn.wechatPhone({ code: phone }));
  return { openid, phone, on, me };
}

/** Every text column of the whole database that holds the word. */
async function placesOf(word: string): Promise<string[]> {
  const columns = await bench.db.rows<{ tab: string; col: string }>(
    `SELECT table_name AS tab, column_name AS col FROM information_schema.columns
     WHERE table_schema = DATABASE() AND data_type IN ('varchar', 'char', 'text', 'mediumtext', 'longtext')`,
  );
  const found: string[] = [];
  for (const { tab, col } of columns) {
    const rows = await bench.db.rows(`SELECT 1 FROM \`${tab}\` WHERE \`${col}\` LIKE ? LIMIT 1`, [`%${word}%`]);
    if (rows.length > 0) found.push(`${tab}.${col}`);
  }
  return found;
}

describe("a closed account", () => {
  test("is tied to no platform account and no phone in any column of any table", async () => {
    const [phone, openid, union] = [bench.freshPhone(), name(), name("union")];
    // An account that joined another before leaves its sessions too.
    await bench.byCode(bench.device("web"), phone);
    const on = bench.device("weapp");
    const { me: early } = await byWechat(on, `${openid}|${union}`);
    const { me } = on.took(await (await on.api()).signIn.wechatPhone({ code: phone }));
    expect(early.id).not.toBe(me.id);
    await byWechat(bench.device("weapp"), openid);
    expect(await placesOf(openid)).toContain("session.subject");
    await (await on.api()).account.close({ confirm });
    for (const word of [openid, union, phone]) expect(await placesOf(word), word).toEqual([]);
    const sessions = await bench.db.rows(
      "SELECT DISTINCT provider, subject, device FROM session WHERE person_id IN (?, ?)",
      [me.id, early.id],
    );
    expect(sessions).toEqual([{ provider: null, subject: null, device: "" }]);
  });

  test("gets no new name from a sign-in that comes while it closes: that one begins anew, and later ones go on", async () => {
    const { on, openid, me } = await resident();
    const union = name("union");
    let go = () => {};
    const reached = new Promise<void>((resolve) => {
      pause = () =>
        new Promise((open) => {
          go = open;
          resolve();
        });
    });
    const closing = (await on.api()).account.close({ confirm });
    await reached;
    let over = false;
    const signIn = byWechat(bench.device("weapp"), `${openid}|${union}`).finally(() => {
      over = true;
    });
    // InnoDB shows its transactions anew only to one who has not looked for a tenth of a second.
    const arrived = async () => expect(over || (await waiting()) > 0).toBe(true);
    await vi.waitFor(arrived, { timeout: 4_000, interval: 200 });
    go();
    await closing;
    const { me: fresh } = await signIn;
    expect(fresh.id).not.toBe(me.id);
    expect((await byWechat(bench.device("weapp"), `${openid}|${union}`)).me.id).toBe(fresh.id);
    expect(await bench.db.rows("SELECT subject FROM identity WHERE person_id = ?", [me.id])).toEqual([]);
  });

  test("that a name was left on does not keep its owner out", async () => {
    const { on, openid, me } = await resident();
    const union = name("union");
    await (await on.api()).account.close({ confirm });
    for (const [provider, subject] of [
      ["wechat-mini", openid],
      ["wechat-union", union],
    ])
      await bench.db.pool.query("INSERT INTO identity VALUES (?, ?, ?, 1, '2026-01-01')", [provider, subject, me.id]);
    const back = await byWechat(bench.device("weapp"), `${openid}|${union}`);
    expect(back.me).toMatchObject({ phone: null, strong: false });
    expect(back.me.id).not.toBe(me.id);
    expect((await byWechat(bench.device("weapp"), `${name()}|${union}`)).me.id).toBe(back.me.id);
  });

  test("of earlier days is cleaned by the migration, and an open one is left alone", async () => {
    const [gone, stays, region] = [await resident(), await resident(), await bench.village()];
    await (await gone.on.api()).account.close({ confirm });
    await (await stays.on.api()).regions.follow({ code: region });
    const { pool } = bench.db;
    await pool.query(
      "UPDATE session SET provider = 'wechat-mini', subject = ?, device = '苹果手机' WHERE person_id = ?",
      [gone.openid, gone.me.id],
    );
    await pool.query("INSERT INTO identity VALUES ('wechat-mini', ?, ?, 1, '2026-01-01')", [gone.openid, gone.me.id]);
    await pool.query("INSERT INTO follow (person_id, region, created_at) VALUES (?, ?, '2026-01-01')", [
      gone.me.id,
      region,
    ]);
    const migration = readMigrations(migrationsFolder()).find((one) => one.name === "0065_closed_people.sql");
    for (const statement of migration?.statements ?? []) await pool.query(statement);
    expect(await placesOf(gone.openid)).toEqual([]);
    expect(await bench.db.rows("SELECT person_id FROM follow WHERE region = ?", [region])).toEqual([
      { person_id: stays.me.id },
    ]);
    expect(await placesOf(stays.openid)).toEqual(expect.arrayContaining(["identity.subject", "session.subject"]));
    expect(await stays.on.caller()).not.toBeNull();
  });

  test("takes no write of a call that another process let through a moment before", async () => {
    const { on, me } = await resident();
    const region = await bench.village();
    const late = await on.api();
    await (await on.api()).account.close({ confirm });
    const form = { key: "key-of-the-late-one", region, name: "谷雨青禾", idCard: bench.idCard(), group: "第一组" };
    const writes = [
      () => late.regions.follow({ code: region }),
      () => late.regions.setHome({ code: region }),
      () => late.account.setElder({ elder: 2 }),
      () => late.account.consent({ version: consent }),
      () => late.verification.submit({ ...form, consent: true }),
    ];
    await bench.db.pool.query("DELETE FROM consent WHERE person_id = ?", [me.id]);
    for (const write of writes) expect(await refused(write()), String(write)).toBe("SIGN_IN_FIRST");
    for (const table of ["follow", "villager", "consent"])
      expect(await bench.db.rows(`SELECT * FROM ${table} WHERE person_id = ?`, [me.id]), table).toEqual([]);
    expect(await bench.db.rows("SELECT elder FROM person WHERE id = ?", [me.id])).toEqual([{ elder: 0 }]);
  });

  test("takes none of an office either", async () => {
    const [security, system, secretary] = [
      await bench.staff("secadmin", county),
      await bench.staff("sysadmin", county),
      await bench.staff("secretary", await bench.village()),
    ];
    const [grants, places, village] = [await security.on.api(), await system.on.api(), await secretary.on.api()];
    const { phone } = await resident();
    await bench.db.pool.query("UPDATE person SET state = 'closed' WHERE id IN (?)", [
      [security.id, system.id, secretary.id],
    ]);
    const [held] = await bench.db.rows<{ id: string; region: string }>(
      "SELECT id, region FROM role_grant WHERE person_id = ?",
      [secretary.id],
    );
    const { id = "", region = "" } = held ?? {};
    const line = { name: "谷雨青禾", idCard: bench.idCard(), group: "一组", household: "1" };
    const writes = [
      () => grants.grants.give({ phone, role: "committee", region }),
      () => grants.grants.end({ id, reason: "换届" }),
      () => grants.grants.removeSecond({ id, reason: "手机丢了" }),
      () => places.regions.add({ code: "990101997000", name: "镇" }),
      () => village.verification.importRoster({ region, rows: [line] }),
    ];
    for (const write of writes) expect(await refused(write()), String(write)).toBe("SIGN_IN_FIRST");
  });
});

/** Transactions of this database that wait for a lock. */
const waiting = async () =>
  (
    await bench.db.rows(
      `SELECT 1 FROM information_schema.innodb_trx t JOIN information_schema.processlist p ON p.id = t.trx_mysql_thread_id
       WHERE t.trx_state = 'LOCK WAIT' AND p.db = DATABASE()`,
    )
  ).length;

describe("a session that was ended a moment ago elsewhere", () => {
  test("gives out and changes nothing of the account", async () => {
    const { on, me, phone } = await resident();
    const late = await on.api();
    const other = bench.device("web");
    await bench.byCode(other, phone);
    const api = await other.api();
    const mine = (await api.account.sessions({})).items.filter(({ channel }) => channel === "weapp");
    for (const { id } of mine) await api.account.endSession({ id });
    expect(await refused(late.account.export({}))).toBe("SIGN_IN_FIRST");
    expect(await refused(late.account.close({ confirm }))).toBe("SIGN_IN_FIRST");
    expect(await refused(late.signIn.wechatPhone({ code: phone }))).toBe("SIGN_IN_FIRST");
    expect(await bench.db.rows("SELECT state FROM person WHERE id = ?", [me.id])).toEqual([{ state: "open" }]);
    expect(await bench.db.rows("SELECT act FROM audit WHERE act = 'account.export' AND on_whom = ?", [me.id])).toEqual(
      [],
    );
  });

  test("joins no phone to the account, and sets up no second factor", async () => {
    const follower = bench.device("weapp");
    const openid = name();
    const { me } = await byWechat(follower, openid);
    const phone = bench.freshPhone();
    const code = await bench.codeFor(bench.device("web"), phone);
    const late = await follower.api();
    await (await follower.api()).account.signOut({});
    expect(await refused(late.signIn.withCode({ phone, code, consent }))).toBe("SIGN_IN_FIRST");
    expect(await bench.db.rows("SELECT phone FROM person WHERE id = ?", [me.id])).toEqual([{ phone: null }]);

    const { on, id } = await bench.staff("clerk", county);
    const desk = await on.api();
    await (await on.api()).account.signOut({});
    expect(await refused(desk.signIn.enrol({}))).toBe("SIGN_IN_FIRST");
    expect(await bench.db.rows("SELECT person_id FROM totp WHERE person_id = ?", [id])).toEqual([]);
  });
});
