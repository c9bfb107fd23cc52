import { createHash } from "node:crypto";
import { privacyVersion, sessionRule } from "@weimenhu/domain/identity/privacy";
import { generateSync } from "otplib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Bench, county, openPeople, refused } from "../../../../test/people-bench.ts";
import { openDb } from "../../../kernel/db.ts";
import { resolveCaller } from "./caller.ts";
import { deviceLabel } from "./device.ts";

let bench: Bench;
beforeAll(async () => {
  bench = await openPeople();
});
afterAll(() => bench.close());

const minute = 60_000;
const signedIn = async (channel: "web" | "desk" = "web") => {
  const on = bench.device(channel);
  const { me } = await bench.byCode(on, bench.freshPhone(), channel === "desk");
  return { on, me };
};
const seenAt = async (personId: string) =>
  (await bench.db.rows<{ seen_at: string }>("SELECT seen_at FROM session WHERE person_id = ?", [personId]))[0]?.seen_at;

test("only the hash of a token is kept, and it opens nothing", async () => {
  const { on, me } = await signedIn();
  const token = on.token ?? "";
  const rows = await bench.db.rows<{ token_hash: string }>("SELECT * FROM session WHERE person_id = ?", [me.id]);
  expect(JSON.stringify(rows)).not.toContain(token);
  expect(rows[0]?.token_hash).toBe(createHash("sha256").update(token).digest("hex"));
  for (const wrong of ["", rows[0]?.token_hash ?? "", `${token}x`, token.slice(1), `${token.slice(0, -1)}'`]) {
    expect(await resolveCaller(bench.db, bench.clock, wrong)).toBeNull();
  }
});

test("a session ends after 30 days unseen, on the desk after 12 hours, and every call puts that off", async () => {
  const [web, desk] = [await signedIn("web"), await signedIn("desk")];
  for (let times = 0; times < 3; times++) {
    bench.clock.advance(sessionRule.deskIdleMs - minute);
    expect(await desk.on.caller()).not.toBeNull();
  }
  bench.clock.advance(sessionRule.deskIdleMs);
  expect(await desk.on.caller()).toBeNull();
  expect(await web.on.caller()).not.toBeNull();
  bench.clock.advance(sessionRule.idleMs - minute);
  expect(await web.on.caller()).not.toBeNull();
  bench.clock.advance(sessionRule.idleMs);
  expect(await web.on.caller()).toBeNull();
});

const day = 86_400_000;
/** Used again and again, so that it never lies unused for too long. */
async function useUntil(on: Awaited<ReturnType<typeof signedIn>>["on"], end: number, step: number): Promise<void> {
  while (bench.clock.now() + step < end) {
    bench.clock.advance(step);
    expect(await on.caller()).not.toBeNull();
  }
  bench.clock.set(end - 1);
  expect(await on.caller()).not.toBeNull();
}

test("however often it is used, a sign-in ends after 180 days, on the desk after seven, and is not listed any more", async () => {
  const desk = await signedIn("desk");
  const deskBegan = bench.clock.now();
  await useUntil(desk.on, deskBegan + 7 * day, 11 * 3_600_000);
  bench.clock.advance(1);
  expect(await desk.on.caller()).toBeNull();

  const phone = bench.freshPhone();
  const web = bench.device("web");
  await bench.byCode(web, phone);
  const began = bench.clock.now();
  await useUntil(web, began + 180 * day, 29 * day);
  const other = bench.device("weapp");
  await bench.byCode(other, phone);
  expect(bench.clock.now()).toBeGreaterThan(began + 180 * day);
  expect(await web.caller()).toBeNull();
  expect((await (await other.api()).account.sessions({})).items).toHaveLength(1);
});

test("a life that the operator made shorter holds for sessions that are open already", async () => {
  const { on } = await signedIn("web");
  const token = on.token ?? "";
  bench.clock.advance(10 * day);
  const openAnew = openDb(bench.config, bench.clock);
  const known = (days: number) => resolveCaller(openAnew, bench.clock, token, { any: days, desk: 7 });
  try {
    expect(await known(10)).toBeNull();
    expect(await known(11)).not.toBeNull();
  } finally {
    await openAnew.close();
  }
});

test("the second factor gives a new token, not a longer life", async () => {
  const { on, id } = await bench.staff("clerk", county);
  const began = Number(
    (
      await bench.db.rows<{ at: string }>(
        "SELECT UNIX_TIMESTAMP(created_at) * 1000 AS at FROM session WHERE person_id = ?",
        [id],
      )
    )[0]?.at,
  );
  const { secret } = await (await on.api()).signIn.enrol({});
  while (bench.clock.now() + 11 * 3_600_000 < began + 7 * day) {
    bench.clock.advance(11 * 3_600_000);
    const digits = generateSync({ secret, epoch: Math.floor(bench.clock.now() / 1000) });
    on.took(await (await on.api()).signIn.second({ digits }));
  }
  bench.clock.set(began + 7 * day - 1);
  expect(await on.caller()).toMatchObject({ strong: true });
  bench.clock.advance(1);
  expect(await on.caller()).toBeNull();
});

test("the time of the last call is written once in five minutes, however many calls there are", async () => {
  const on = bench.device("web");
  const { me } = await bench.byCode(on, bench.freshPhone());
  bench.clock.advance(10 * minute);
  await on.caller();
  const first = await seenAt(me.id);
  bench.clock.advance(5 * minute - 1);
  for (let calls = 0; calls < 5; calls++) await on.caller();
  expect(await seenAt(me.id)).toBe(first);
  bench.clock.advance(1);
  for (let calls = 0; calls < 5; calls++) await on.caller();
  expect(await seenAt(me.id)).not.toBe(first);
});

test("people see their own sessions, and end their own only", async () => {
  const phone = bench.freshPhone();
  const [here, there] = [bench.device("web"), bench.device("weapp")];
  await bench.byCode(here, phone);
  await bench.byCode(there, phone);
  const stranger = (await signedIn()).on;
  const api = await here.api();
  const { items } = await api.account.sessions({});
  expect(items.map(({ channel, current, device }) => ({ channel, current, device }))).toEqual([
    { channel: "weapp", current: false, device: "微信小程序 · 安卓" },
    { channel: "web", current: true, device: "浏览器 · 安卓" },
  ]);
  const other = items.find((item) => !item.current)?.id ?? "";
  expect(await refused((await stranger.api()).account.endSession({ id: other }))).toBe("NOT_FOUND");
  expect(await there.caller()).not.toBeNull();
  await api.account.endSession({ id: other });
  expect(await there.caller()).toBeNull();
  expect(await api.account.endSession({ id: other })).toEqual({ ok: true });
  expect(
    await bench.db.rows(
      "SELECT 1 FROM audit WHERE act = 'session.end' AND on_whom IN (SELECT person_id FROM session WHERE id = ?)",
      [other],
    ),
  ).toHaveLength(1);
  expect(await refused((await stranger.api()).account.endSession({ id: other }))).toBe("NOT_FOUND");
  expect(await refused(api.account.endSession({ id: "0".repeat(26) }))).toBe("NOT_FOUND");
  expect((await api.account.sessions({})).items).toHaveLength(1);
});

test("a session that another process ended is gone here too, within seconds", async () => {
  const { on, me } = await signedIn();
  const token = on.token ?? "";
  const elsewhere = openDb(bench.config, bench.clock);
  try {
    expect(await resolveCaller(elsewhere, bench.clock, token)).not.toBeNull();
    await (await on.api()).account.signOut({});
    expect(on.token).toBeNull();
    expect(await resolveCaller(bench.db, bench.clock, token)).toBeNull();
    await expect.poll(() => resolveCaller(elsewhere, bench.clock, token), { timeout: 5_000 }).toBeNull();
  } finally {
    await elsewhere.close();
  }
  expect(me.id).toHaveLength(26);
});

test("signing in again on a device gives a new token and ends the one before", async () => {
  const weapp = bench.device("weapp");
  weapp.took(await (await weapp.api()).signIn.wechat({ code: "fix-1", consent: privacyVersion }));
  const before = weapp.token;
  weapp.took(await (await weapp.api()).signIn.wechat({ code: "fix-1", consent: privacyVersion }));
  expect(weapp.token).not.toBe(before);
  expect(await weapp.caller()).not.toBeNull();
  weapp.token = before;
  expect(await weapp.caller()).toBeNull();
});

test("a token that somebody planted in a browser is worth nothing after the sign-in", async () => {
  const attacker = bench.device("web");
  await bench.byCode(attacker, bench.freshPhone());
  const victim = bench.device("web");
  victim.token = attacker.token;
  expect(await refused(bench.byCode(victim, bench.freshPhone()))).toBe("PHONE_TAKEN");
  victim.token = null;
  const { me } = await bench.byCode(victim, bench.freshPhone());
  expect((await victim.caller())?.personId).toBe(me.id);
  expect(victim.token).not.toBe(attacker.token);
});

test("the platform account is the strong factor only when the platform itself vouched for the phone", async () => {
  const phone = bench.freshPhone();
  const weapp = bench.device("weapp");
  await bench.byCode(weapp, phone);
  expect(await weapp.caller()).toMatchObject({ phoneVerified: true, strong: false });

  // Somebody who holds the SIM card joins his own WeChat account: still no more than the text message proved.
  const thief = bench.device("weapp");
  thief.took(await (await thief.api()).signIn.wechat({ code: "thief", consent: privacyVersion }));
  await bench.byCode(thief, phone);
  expect(await thief.caller()).toMatchObject({ phoneVerified: true, strong: false });
  const again = bench.device("weapp");
  again.took(await (await again.api()).signIn.wechat({ code: "thief", consent: privacyVersion }));
  expect(await again.caller()).toMatchObject({ phoneVerified: true, strong: false });

  const owner = bench.device("weapp");
  owner.took(await (await owner.api()).signIn.wechat({ code: "owner", consent: privacyVersion }));
  owner.took(await (await owner.api()).signIn.wechatPhone({ code: phone }));
  expect(await owner.caller()).toMatchObject({ phoneVerified: true, strong: true });
  const later = bench.device("weapp");
  later.took(await (await later.api()).signIn.wechat({ code: "owner", consent: privacyVersion }));
  expect(await later.caller()).toMatchObject({ strong: true });
  again.took(await (await again.api()).signIn.wechat({ code: "thief", consent: privacyVersion }));
  expect(await again.caller()).toMatchObject({ strong: false });
});

test("a grant counts until its last moment, and not one longer", async () => {
  const { on, me } = await signedIn();
  const until = bench.clock.now() + 10 * minute;
  await bench.db.pool.query(
    "INSERT INTO role_grant (id, person_id, region, role, since, until_at) VALUES (?, ?, ?, 'clerk', '2026-01-01', ?)",
    [`G${me.id.slice(1)}`, me.id, county, new Date(until).toISOString().slice(0, 23).replace("T", " ")],
  );
  await (await on.api()).account.setElder({ elder: 1 });
  await (await on.api()).regions.follow({ code: await bench.village() });
  await expect.poll(async () => (await on.caller())?.grants.length, { timeout: 7_000 }).toBe(1);
  bench.clock.set(until - 1);
  expect((await on.caller())?.grants).toEqual([{ role: "clerk", region: county }]);
  bench.clock.set(until);
  expect((await on.caller())?.grants).toEqual([]);
});

test.each([
  ["weapp", "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) MicroMessenger/8.0", "微信小程序 · 苹果手机"],
  ["web", "Mozilla/5.0 (Linux; Android 14) Chrome/120 MicroMessenger/8.0", "微信 · 安卓"],
  ["web", "Mozilla/5.0 (Windows NT 10.0) Chrome/120 Safari/537 Edg/120", "Edge 浏览器 · Windows 电脑"],
  ["web", "", "浏览器"],
  ["desk", "Mozilla/5.0 (X11; Linux x86_64) Firefox/120", "工作台 · Linux 电脑"],
] as const)("a device is named so that its owner knows it again: %s %s", (channel, userAgent, label) => {
  expect(deviceLabel(channel, userAgent)).toBe(label);
});
