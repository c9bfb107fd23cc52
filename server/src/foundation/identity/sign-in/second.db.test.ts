import { sessionRule } from "@weimenhu/domain/identity/privacy";
import { generateSync } from "otplib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Bench, county, openPeople, refused } from "../../../../test/people-bench.ts";

let bench: Bench;
beforeAll(async () => {
  bench = await openPeople();
});
afterAll(() => bench.close());

type On = ReturnType<Bench["device"]>;
const digits = (secret: string, ms = bench.clock.now()) => generateSync({ secret, epoch: Math.floor(ms / 1000) });
const enrol = async (on: On) => (await on.api()).signIn.enrol({});
const show = async (on: On, shown: string) => on.took(await (await on.api()).signIn.second({ digits: shown }));
const other = (shown: string) => String((Number(shown) + 111_111) % 1_000_000).padStart(6, "0");
/** A staff member on the desk who has shown nothing yet. */
const weakStaff = async () => {
  const { on, id } = await bench.staff("clerk", county);
  await bench.db.pool.query("UPDATE session SET strong_until = NULL WHERE person_id = ?", [id]);
  await (await on.api()).regions.follow({ code: await bench.village() });
  await bench.db.pool.query("UPDATE version_stamp SET version = version + 1 WHERE scope = ?", [`person:${id}`]);
  bench.db.versions.forget([`person:${id}`]);
  return { on, id };
};

test("staff get in with both factors only, for twelve hours, on a new token", async () => {
  const { on } = await weakStaff();
  const weak = on.token;
  expect(await refused((await on.api()).verification.importRoster({ region: county, rows: [] }))).toBe(
    "SECOND_FACTOR_FIRST",
  );
  const { secret, uri } = await enrol(on);
  expect(uri).toContain("otpauth://totp/");
  expect(uri).toMatch(/199\*{4}\d{4}/);
  const { me, token } = await show(on, digits(secret));
  expect(me).toMatchObject({ strong: true, enrolled: true });
  expect(token).toBeNull();
  expect(on.token).not.toBe(weak);
  expect(await on.caller()).toMatchObject({ strong: true });
  const strong = on.token;
  on.token = weak;
  expect(await on.caller()).toBeNull();
  on.token = strong;
  for (let hours = 0; hours < 11; hours++) {
    bench.clock.advance(3_600_000);
    expect(await on.caller()).toMatchObject({ strong: true });
  }
  bench.clock.advance(sessionRule.strongMs - 11 * 3_600_000 - 1);
  expect(await on.caller()).toMatchObject({ strong: true });
  bench.clock.advance(1);
  expect(await on.caller()).toMatchObject({ strong: false });
});

test("the digits of the half minute before and after count, and each is good once", async () => {
  const { on } = await weakStaff();
  const { secret } = await enrol(on);
  const now = bench.clock.now();
  expect(await refused(show(on, digits(secret, now - 60_000)))).toBe("TOTP_WRONG");
  await show(on, digits(secret, now - 30_000));
  await show(on, digits(secret, now));
  expect(await refused(show(on, digits(secret, now)))).toBe("TOTP_WRONG");
  expect(await refused(show(on, digits(secret, now - 30_000)))).toBe("TOTP_WRONG");
  await show(on, digits(secret, now + 30_000));
  expect(await refused(show(on, digits(secret, now + 60_000)))).toBe("TOTP_WRONG");
});

test("the same digits shown twice at the same moment open once", async () => {
  const { on } = await weakStaff();
  const { secret } = await enrol(on);
  const api = await on.api();
  const shown = digits(secret);
  const ended = await Promise.allSettled(Array.from({ length: 4 }, () => api.signIn.second({ digits: shown })));
  expect(ended.filter((end) => end.status === "fulfilled")).toHaveLength(1);
});

test("five wrong tries in a quarter of an hour end the trying, also made at once, and the right ones wait", async () => {
  const { on } = await weakStaff();
  const { secret } = await enrol(on);
  const api = await on.api();
  const guess = other(digits(secret));
  const words = await Promise.all(Array.from({ length: 12 }, () => refused(api.signIn.second({ digits: guess }))));
  expect(words.filter((word) => word === "TOTP_WRONG")).toHaveLength(5);
  expect(words.filter((word) => word === "TOO_MANY")).toHaveLength(7);
  expect(await refused(show(on, digits(secret)))).toBe("TOO_MANY");
  bench.clock.advance(15 * 60_000);
  await show(on, digits(secret));
});

test("a secret is shown once, sealed at rest, and replaced only while nobody has confirmed it", async () => {
  const { on, id } = await weakStaff();
  expect(await refused(show(on, "123456"))).toBe("TOTP_ENROL_FIRST");
  const first = await enrol(on);
  const second = await enrol(on);
  expect(second.secret).not.toBe(first.secret);
  expect(JSON.stringify(await bench.db.rows("SELECT * FROM totp WHERE person_id = ?", [id]))).not.toContain(
    second.secret,
  );
  expect(await refused(show(on, digits(first.secret)))).toBe("TOTP_WRONG");
  await show(on, digits(second.secret));
  expect(await refused(enrol(on))).toBe("TOTP_ALREADY");
});

test("only people with a role need one, and nobody gets one without a phone", async () => {
  const resident = bench.device("web");
  await bench.byCode(resident, bench.freshPhone());
  expect(await refused(enrol(resident))).toBe("NOT_ALLOWED");
  expect(await refused(enrol(bench.device("web")))).toBe("SIGN_IN_FIRST");
});
