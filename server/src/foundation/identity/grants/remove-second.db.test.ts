import { privacyVersion } from "@weimenhu/domain/identity/privacy";
import { generateSync } from "otplib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Bench, county, openPeople, refused } from "../../../../test/people-bench.ts";
import { inTx } from "../../../kernel/tx.ts";
import { openSession } from "../sessions/service.ts";

let bench: Bench;
let village: string;
let admin: Awaited<ReturnType<Bench["staff"]>>;
beforeAll(async () => {
  bench = await openPeople();
  village = await bench.village();
  admin = await bench.staff("secadmin", county);
});
afterAll(() => bench.close());

type On = ReturnType<Bench["device"]>;
const digits = (secret: string) => generateSync({ secret, epoch: Math.floor(bench.clock.now() / 1000) });
const enrol = async (on: On) => (await on.api()).signIn.enrol({});
const show = async (on: On, secret: string) => {
  bench.clock.advance(30_000);
  on.took(await (await on.api()).signIn.second({ digits: digits(secret) }));
};
const byWechat = async (on: On, openid: string) =>
  on.took(await (await on.api()).signIn.wechat({ code: openid, consent: privacyVersion }));
const vouch = async (on: On, phone: string) => on.took(await (await on.api()).signIn.wechatPhone({ code: phone }));
/** What the desk asks for: refused without the second factor. */
const office = async (on: On) => (await on.api()).verification.importRoster({ region: village, rows: [] });
const remove = async (grant: string) => (await admin.on.api()).grants.removeSecond({ id: grant, reason: "手机丢了" });

let serial = 0;
/** A clerk with a second factor, and the phone that is lost: signed in by WeChat there, which vouched for the number. */
async function clerk() {
  const phone = bench.freshPhone();
  const openid = `lost-${++serial}`;
  const [desk, web, weapp] = [bench.device("desk"), bench.device("web"), bench.device("weapp")];
  const { me } = await bench.byCode(desk, phone, true);
  const { id: grant } = await (await admin.on.api()).grants.give({ phone, role: "clerk", region: county });
  const { secret } = await enrol(desk);
  await show(desk, secret);
  await bench.byCode(web, phone);
  await byWechat(weapp, openid);
  await vouch(weapp, phone);
  expect(await weapp.caller()).toMatchObject({ personId: me.id, strong: true });
  expect(await web.caller()).toMatchObject({ personId: me.id, strong: false });
  return { id: me.id, phone, openid, grant, secret, desk, web, weapp };
}

test("after a second factor was removed no session from before opens the office or sets up a new one", async () => {
  const { grant, secret, desk, web, weapp } = await clerk();
  const early = await Promise.all([web, weapp].map((on) => on.api()));
  await remove(grant);
  for (const on of [desk, web, weapp]) {
    expect(await on.caller()).toBeNull();
    expect(await refused(office(on))).toBe("SIGN_IN_FIRST");
    expect(await refused(enrol(on))).toBe("SIGN_IN_FIRST");
    expect(await refused(show(on, secret))).toBe("SIGN_IN_FIRST");
  }
  // A call that was let in before the removal, and comes to its work after it.
  for (const api of early) {
    expect(await refused(api.signIn.enrol({}))).toBe("SIGN_IN_FIRST");
    expect(await refused(api.signIn.second({ digits: digits(secret) }))).toBe("SIGN_IN_FIRST");
  }
});

test("the lost phone's WeChat gets no office by a new sign-in, nor by vouching for the number again", async () => {
  const { grant, phone, openid } = await clerk();
  await remove(grant);
  const lost = bench.device("weapp");
  const closed = async () => {
    expect(await lost.caller()).toMatchObject({ strong: false });
    expect(await refused(office(lost))).toBe("SECOND_FACTOR_FIRST");
  };
  await byWechat(lost, openid);
  await closed();
  expect(await refused(enrol(lost))).toBe("ENROL_BY_CODE");
  await vouch(lost, phone);
  await closed();
  expect(await refused(enrol(lost))).toBe("ENROL_BY_CODE");

  const owner = bench.device("desk");
  await bench.byCode(owner, phone, true);
  const { secret } = await enrol(owner);
  expect(await refused(enrol(lost))).toBe("ENROL_BY_CODE");
  await show(owner, secret);
  expect(await owner.caller()).toMatchObject({ strong: true });
  await office(owner);

  await byWechat(lost, openid);
  await closed();
  await vouch(lost, phone);
  await closed();
});

test("a platform account is the strong factor again once it vouches in a session that showed the new factor", async () => {
  const { grant, phone, openid } = await clerk();
  await remove(grant);
  const owner = bench.device("desk");
  await bench.byCode(owner, phone, true);
  const { secret } = await enrol(owner);
  await show(owner, secret);
  const weapp = bench.device("weapp");
  await byWechat(weapp, openid);
  await show(weapp, secret);
  await vouch(weapp, phone);
  const later = bench.device("weapp");
  await byWechat(later, openid);
  expect(await later.caller()).toMatchObject({ strong: true });
});

test("a platform session that began while the removal went on is not strong", async () => {
  const { id, grant, openid } = await clerk();
  await remove(grant);
  const late = bench.device("weapp");
  const platform = { provider: "wechat-mini" as const, subject: openid };
  const opening = { personId: id, channel: "weapp" as const, platform, bound: true, strongUntil: null };
  const ctx = await late.ctx();
  late.token = await inTx(bench.db, (tx) => openSession(tx, ctx, opening));
  expect(await late.caller()).toMatchObject({ personId: id, strong: false });
  expect(await refused(enrol(late))).toBe("ENROL_BY_CODE");
});

test("the removal may be repeated when somebody set up another one, and leaves nothing to remove", async () => {
  const { id, grant, phone } = await clerk();
  await remove(grant);
  expect(await refused(remove(grant))).toBe("NO_SECOND");
  const on = bench.device("desk");
  await bench.byCode(on, phone, true);
  await enrol(on);
  await remove(grant);
  expect(await on.caller()).toBeNull();
  expect(await bench.db.rows("SELECT secret, confirmed_at FROM totp WHERE person_id = ?", [id])).toEqual([
    { secret: "", confirmed_at: null },
  ]);
});
