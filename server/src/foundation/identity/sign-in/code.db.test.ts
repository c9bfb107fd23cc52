import { codeRule, privacyVersion } from "@weimenhu/domain/identity/privacy";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Bench, openPeople, refused } from "../../../../test/people-bench.ts";

let bench: Bench;
beforeAll(async () => {
  bench = await openPeople();
});
afterAll(() => bench.close());

const consent = privacyVersion;
const tell = async (on: ReturnType<Bench["device"]>, phone: string, code: string) =>
  (await on.api()).signIn.withCode({ phone, code, consent });
const wrongOf = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, "0");

describe("a one-time code", () => {
  test("signs in once: the same code again is refused", async () => {
    const [on, phone] = [bench.device("web"), bench.freshPhone()];
    const code = await bench.codeFor(on, phone);
    const { token, needs, me } = await tell(on, phone, code);
    expect({ token, needs, phone: me.phone, channels: me.channels }).toEqual({
      token: null,
      needs: "nothing",
      phone: `${phone.slice(0, 3)}****${phone.slice(-4)}`,
      channels: ["phone"],
    });
    expect(on.token).toMatch(/^[\w-]{43}$/);
    expect(await refused(tell(bench.device("web"), phone, code))).toBe("CODE_EXPIRED");
  });

  test("brought twice at the same moment lets one in", async () => {
    const phone = bench.freshPhone();
    const code = await bench.codeFor(bench.device("web"), phone);
    const both = Array.from({ length: 6 }, () => tell(bench.device("weapp"), phone, code));
    const ended = await Promise.allSettled(both);
    expect(ended.filter((end) => end.status === "fulfilled")).toHaveLength(1);
  });

  test("lives five minutes", async () => {
    const [on, phone] = [bench.device("web"), bench.freshPhone()];
    const code = await bench.codeFor(on, phone);
    bench.clock.advance(codeRule.lifeMs);
    expect(await refused(tell(on, phone, code))).toBe("CODE_EXPIRED");
  });

  test("takes five tries, also when a hundred are made at once, and then not even the right one", async () => {
    const phone = bench.freshPhone();
    const code = await bench.codeFor(bench.device("web"), phone);
    const guesses = Array.from({ length: 100 }, () => refused(tell(bench.device("web"), phone, wrongOf(code))));
    const words = await Promise.all(guesses);
    expect(words.filter((word) => word === "CODE_WRONG")).toHaveLength(codeRule.tries);
    expect(words.filter((word) => word === "CODE_TRIES")).toHaveLength(100 - codeRule.tries);
    expect(await refused(tell(bench.device("web"), phone, code))).toBe("CODE_TRIES");
  });

  test("is sent once a minute, and ten times a day; a new one ends the old one", async () => {
    const [on, phone] = [bench.device("web"), bench.freshPhone()];
    const ask = async () => (await on.api()).signIn.requestCode({ phone, consent });
    const first = await bench.codeFor(on, phone);
    expect(await refused(ask())).toBe("CODE_TOO_SOON");
    bench.clock.advance(codeRule.gapMs);
    await bench.codeFor(on, phone);
    expect(await refused(tell(on, phone, first))).toBe("CODE_WRONG");
    for (let sent = 2; sent < codeRule.perDay; sent++) {
      bench.clock.advance(codeRule.gapMs);
      await ask();
    }
    bench.clock.advance(codeRule.gapMs);
    expect(await refused(ask())).toBe("CODE_TOO_MANY");
    bench.clock.advance(86_400_000);
    expect(await ask()).toEqual({ seconds: 60 });
  });

  test("asked for ten times at the same moment is sent once", async () => {
    const phone = bench.freshPhone();
    const asks = Array.from({ length: 10 }, async () =>
      (await bench.device("web").api()).signIn.requestCode({ phone, consent }),
    );
    const ended = await Promise.allSettled(asks);
    await bench.outbox.settle();
    expect(ended.filter((end) => end.status === "fulfilled")).toHaveLength(1);
    expect(bench.sent.get(phone)).toHaveLength(1);
  });

  test("is asked for with the same answer whether somebody is known by the phone or not", async () => {
    const known = bench.freshPhone();
    await bench.byCode(bench.device("web"), known);
    const ask = async (phone: string) => (await bench.device("web").api()).signIn.requestCode({ phone, consent });
    expect(await ask(known)).toEqual(await ask(bench.freshPhone()));
  });

  test("an address that asks like a machine is stopped, another one is not", async () => {
    const strict = { ...bench.deps, codesPerAddress: 3 };
    const { requestCode } = await import("./code.ts");
    const from = async (ip: string) => {
      const on = bench.device("web");
      on.ip = ip;
      return requestCode(strict, await on.ctx(), { phone: bench.freshPhone(), consent });
    };
    for (let asked = 0; asked < 3; asked++) await from("192.0.2.1");
    expect(await refused(from("192.0.2.1"))).toBe("TOO_MANY");
    expect(await from("192.0.2.2")).toEqual({ seconds: 60 });
    bench.clock.advance(3_600_000);
    expect(await from("192.0.2.1")).toEqual({ seconds: 60 });
  });

  test("nothing is collected before the privacy text of today was agreed to", async () => {
    const phone = bench.freshPhone();
    const api = await bench.device("web").api();
    expect(await refused(api.signIn.requestCode({ phone, consent: "2020-01-01" }))).toBe("CONSENT_FIRST");
    expect(await refused(api.signIn.withCode({ phone, code: "000000", consent: "old" }))).toBe("CONSENT_FIRST");
    expect(await refused(api.signIn.wechat({ code: "o-none", consent: "old" }))).toBe("CONSENT_FIRST");
    expect(await refused(api.signIn.requestCode({ phone: "12345", consent }))).toBe("PHONE_BAD");
    expect(bench.sent.get(phone)).toBeUndefined();
    expect(await bench.db.rows("SELECT provider FROM identity WHERE subject = 'o-none'")).toEqual([]);
  });

  test("lies nowhere in clear: not in its row, not in the outbox, not after it was sent", async () => {
    const [on, phone] = [bench.device("web"), bench.freshPhone()];
    await (await on.api()).signIn.requestCode({ phone, consent });
    const whole = async () =>
      JSON.stringify([await bench.db.rows("SELECT * FROM login_code"), await bench.db.rows("SELECT * FROM outbox")]);
    const before = await whole();
    await bench.outbox.settle();
    const code = bench.sent.get(phone)?.at(-1) ?? "none";
    expect(code).toMatch(/^\d{6}$/);
    for (const text of [before, await whole()]) {
      expect(text).not.toContain(phone);
      expect(text).not.toContain(`"${code}"`);
    }
    expect(await bench.db.rows("SELECT sealed FROM login_code WHERE sealed IS NOT NULL")).toEqual([]);
  });

  test("one that was used or replaced is not sent any more", async () => {
    const [on, phone] = [bench.device("web"), bench.freshPhone()];
    const api = await on.api();
    await api.signIn.requestCode({ phone, consent });
    bench.clock.advance(codeRule.gapMs);
    await api.signIn.requestCode({ phone, consent });
    await bench.outbox.settle();
    expect(bench.sent.get(phone)).toHaveLength(1);
  });
});

test("two channels that verify the same new phone at the same moment are one person", async () => {
  for (let round = 0; round < 8; round++) {
    const phone = bench.freshPhone();
    const [weapp, alipay] = [bench.device("weapp"), bench.device("alipay")];
    weapp.took(await (await weapp.api()).signIn.wechat({ code: `o-race-${round}`, consent }));
    alipay.took(await (await alipay.api()).signIn.alipay({ code: `a-race-${round}`, consent }));
    const code = await bench.codeFor(bench.device("web"), phone);
    const [one, two, three] = await Promise.all([
      (await weapp.api()).signIn.wechatPhone({ code: phone }),
      (await alipay.api()).signIn.alipayPhone({ response: phone, sign: "good" }),
      tell(bench.device("web"), phone, code),
    ]);
    expect(new Set([one.me.id, two.me.id, three.me.id]).size).toBe(1);
    weapp.took(one);
    expect((await (await weapp.api()).account.me({})).me?.channels).toEqual(["wechat", "alipay", "phone"]);
    const open = await bench.db.rows<{ n: number }>(
      "SELECT COUNT(*) AS n FROM person WHERE state = 'open' AND id IN (SELECT person_id FROM identity WHERE subject LIKE ?)",
      [`%-race-${round}`],
    );
    expect(Number(open[0]?.n)).toBe(1);
  }
});
