import { privacyVersion } from "@weimenhu/domain/identity/privacy";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Bench, openPeople, refused } from "../../../../test/people-bench.ts";

let bench: Bench;
beforeAll(async () => {
  bench = await openPeople();
});
afterAll(() => bench.close());

const consent = privacyVersion;
let serial = 0;
const name = () => `o${++serial}`;
type On = ReturnType<Bench["device"]>;
const byWechat = async (on: On, code: string) => on.took(await (await on.api()).signIn.wechat({ code, consent }));
const byAlipay = async (on: On, code: string) => on.took(await (await on.api()).signIn.alipay({ code, consent }));
const wechatPhone = async (on: On, code: string) => on.took(await (await on.api()).signIn.wechatPhone({ code }));

describe("a platform account", () => {
  test("is the same person every time, a follower without a phone at first", async () => {
    const openid = name();
    const first = await byWechat(bench.device("weapp"), openid);
    expect(first).toMatchObject({ needs: "phone", me: { phone: null, channels: ["wechat"], strong: false, may: [] } });
    expect(first.token).toMatch(/^[\w-]{43}$/);
    const again = await byWechat(bench.device("weapp"), openid);
    expect(again.me.id).toBe(first.me.id);
    expect(again.token).not.toBe(first.token);
  });

  test("that is new and signs in ten times at once is one person", async () => {
    const openid = `${name()}|u-${name()}`;
    const all = await Promise.all(Array.from({ length: 10 }, () => byWechat(bench.device("weapp"), openid)));
    expect(new Set(all.map(({ me }) => me.id)).size).toBe(1);
  });

  test("under another openid is found by the unionid", async () => {
    const union = `u-${name()}`;
    const first = await byWechat(bench.device("weapp"), `${name()}|${union}`);
    expect((await byWechat(bench.device("weapp"), `${name()}|${union}`)).me.id).toBe(first.me.id);
  });

  test("whose two names led to two people makes them one when one of them has no phone", async () => {
    const [openid, union, phone] = [name(), `u-${name()}`, bench.freshPhone()];
    const early = bench.device("weapp");
    await byWechat(early, openid);
    const { me: kept } = await wechatPhone(early, phone);
    await byWechat(bench.device("weapp"), `${name()}|${union}`);
    expect((await byWechat(bench.device("weapp"), `${openid}|${union}`)).me.id).toBe(kept.id);
    expect((await byWechat(bench.device("weapp"), `${name()}|${union}`)).me.id).toBe(kept.id);
  });

  test("the vendor's no is a word, and nobody is made", async () => {
    const words = ["bad-code", "too-often", "blocked"].map((no) =>
      refused(byWechat(bench.device("weapp"), `no:${no}`)),
    );
    expect(await Promise.all(words)).toEqual(["LOGIN_CODE_BAD", "TOO_MANY", "LOGIN_BLOCKED"]);
  });
});

describe("a verified phone", () => {
  test("is one person on three channels", async () => {
    const phone = bench.freshPhone();
    const [weapp, alipay, web] = [bench.device("weapp"), bench.device("alipay"), bench.device("web")];
    await byWechat(weapp, name());
    const { me } = await wechatPhone(weapp, phone);
    await byAlipay(alipay, name());
    alipay.took(await (await alipay.api()).signIn.alipayPhone({ response: phone, sign: "good" }));
    await bench.byCode(web, phone);
    const seen = await Promise.all([weapp, alipay, web].map(async (on) => (await (await on.api()).account.me({})).me));
    expect(seen.map((one) => one?.id)).toEqual([me.id, me.id, me.id]);
    expect(seen[2]?.channels).toEqual(["wechat", "alipay", "phone"]);
  });

  test("brings along what the phoneless account followed, agreed to and looked like", async () => {
    const [phone, here, there] = [bench.freshPhone(), await bench.village(), await bench.village()];
    const web = bench.device("web");
    await bench.byCode(web, phone);
    await (await web.api()).regions.follow({ code: here });
    const weapp = bench.device("weapp");
    const { me: follower } = await byWechat(weapp, name());
    await (await weapp.api()).regions.follow({ code: there });
    await (await weapp.api()).account.setElder({ elder: 1 });
    const { me } = await wechatPhone(weapp, phone);
    expect(me.id).not.toBe(follower.id);
    expect(me).toMatchObject({ elder: 1, consented: true, channels: ["wechat", "phone"] });
    expect(me.villages.map(({ code, home }) => ({ code, home }))).toEqual([
      { code: here, home: true },
      { code: there, home: false },
    ]);
    expect(await bench.db.rows("SELECT state, merged_into FROM person WHERE id = ?", [follower.id])).toEqual([
      { state: "merged", merged_into: me.id },
    ]);
    const acts = await bench.db.rows("SELECT act FROM audit WHERE act = 'person.merge' AND on_whom = ?", [me.id]);
    expect(acts).toHaveLength(1);
  });

  test("never gives an older token of the phoneless account more rights", async () => {
    const [phone, openid] = [bench.freshPhone(), name()];
    const [planted, own] = [bench.device("weapp"), bench.device("weapp")];
    await byWechat(planted, openid);
    await byWechat(own, openid);
    const before = own.token;
    await wechatPhone(own, phone);
    expect(own.token).not.toBe(before);
    own.token = before;
    expect(await own.caller()).toBeNull();

    const someone = bench.device("web");
    await bench.byCode(someone, bench.freshPhone());
    const [other, mine] = [bench.device("weapp"), bench.device("weapp")];
    const [shared, taken] = [name(), bench.freshPhone()];
    await bench.byCode(bench.device("web"), taken);
    await byWechat(other, shared);
    await byWechat(mine, shared);
    await wechatPhone(mine, taken);
    expect(await other.caller()).toBeNull();
    expect((await mine.caller())?.phoneVerified).toBe(true);
  });

  test("does not take the place of another one", async () => {
    const weapp = bench.device("weapp");
    await byWechat(weapp, name());
    await wechatPhone(weapp, bench.freshPhone());
    expect(await refused(wechatPhone(weapp, bench.freshPhone()))).toBe("PHONE_TAKEN");
    const code = await bench.codeFor(weapp, bench.freshPhone());
    expect(code).toMatch(/^\d{6}$/);
    const web = bench.device("web");
    await bench.byCode(web, bench.freshPhone());
    expect(await refused(bench.byCode(web, bench.freshPhone()))).toBe("PHONE_TAKEN");
  });

  test("on the desk signs in whoever brings the code, whoever used that browser before", async () => {
    const desk = bench.device("desk");
    const first = await bench.byCode(desk, bench.freshPhone(), true);
    const before = desk.token;
    const second = await bench.byCode(desk, bench.freshPhone(), true);
    expect(second.me.id).not.toBe(first.me.id);
    desk.token = before;
    expect(await desk.caller()).toBeNull();
  });

  test("that Alipay did not sign, or without the consent of today, is refused", async () => {
    const alipay = bench.device("alipay");
    await byAlipay(alipay, name());
    const forged = async () => (await alipay.api()).signIn.alipayPhone({ response: bench.freshPhone(), sign: "bad" });
    expect(await refused(forged())).toBe("LOGIN_CODE_BAD");
    const { me } = await byAlipay(alipay, name());
    await bench.db.pool.query("UPDATE consent SET version = 'old' WHERE person_id = ?", [me.id]);
    expect(await refused(forged())).toBe("CONSENT_FIRST");
    await (await alipay.api()).account.consent({ version: consent });
    expect(await refused(forged())).toBe("LOGIN_CODE_BAD");
  });

  test("lies sealed, and is found by its blind index only", async () => {
    const phone = bench.freshPhone();
    await bench.byCode(bench.device("web"), phone);
    const rows = JSON.stringify(await bench.db.rows("SELECT * FROM person"));
    expect(rows).not.toContain(phone);
    expect(JSON.stringify(await bench.db.rows("SELECT * FROM audit"))).not.toContain(phone);
  });
});

test("many devices of one person that verify the same phone at once end as one person with one phone", async () => {
  const phone = bench.freshPhone();
  const devices = await Promise.all(
    Array.from({ length: 6 }, async () => {
      const on = bench.device("weapp");
      await byWechat(on, name());
      return on;
    }),
  );
  const all = await Promise.all(devices.map((on) => wechatPhone(on, phone)));
  expect(new Set(all.map(({ me }) => me.id)).size).toBe(1);
  for (const on of devices) expect((await on.caller())?.phoneVerified).toBe(true);
});
