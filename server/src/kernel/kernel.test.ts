import { Writable } from "node:stream";
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { clientOf, isTooOld } from "./client-gate.ts";
import { isoOf, manualClock, shanghaiDay, shanghaiMidnight, shanghaiMinute, sqlTime, sqlTimeToMs } from "./clock.ts";
import { ConfigFault, describeConfig, loadConfig } from "./config.ts";
import { newCode, newId } from "./id.ts";
import { openLog, safeError } from "./log.ts";
import { backOffMs } from "./outbox-worker.ts";
import { refusalIn, refuse } from "./refuse.ts";
import { testEnv } from "./testing.ts";
import { Versions } from "./versions.ts";

const faults = (env: Record<string, string>): readonly string[] => {
  try {
    loadConfig(env);
    return [];
  } catch (fault) {
    if (fault instanceof ConfigFault) return fault.lines;
    throw fault;
  }
};

const production = {
  ...testEnv(),
  NODE_ENV: "production",
  DEMO: "0",
  SEAL_KEYS: "k1:00112233445566778899aabbccddeeff0123456789abcdeffedcba9876543210",
  INDEX_KEY: "102132435465768798a9babbdcddfef00123456789abcdeffedcba9876543210",
  AUDIT_KEY: "203142536475869708192a3b4c5d6e7f0123456789abcdeffedcba9876543210",
  PUBLIC_URL: "https://wmh.example.cn",
  HOME_COUNTY: "990101000000",
  ...Object.fromEntries(
    [
      "COUNTY_NAME",
      "SITE_NAME",
      "SITE_DOMAIN",
      "SITE_HOST_UNIT",
      "SITE_PHONE",
      "SITE_ICP",
      "SITE_FILING",
      "WECHAT_APPID",
      "WECHAT_SECRET",
      "WECHAT_WEB_APPID",
      "WECHAT_WEB_SECRET",
      "ALIPAY_APPID",
      "ALIPAY_PRIVATE_KEY",
      "ALIPAY_PUBLIC_KEY",
      "ALIPAY_AES_KEY",
      "SMS_ACCESS_KEY",
      "SMS_SECRET",
      "SMS_SIGN_NAME",
      "SMS_TEMPLATE",
    ].map((name) => [name, "given"]),
  ),
};

test("every fault of the configuration is told at once, one line each, by name", () => {
  const lines = faults({ PORT: "80x", SEAL_KEYS: "k1:zz", HOME_COUNTY: "1", MIN_CLIENT: "weapp", LOG_LEVEL: "loud" });
  const names = lines.map((line) => line.split(":")[0]);
  expect(names.toSorted((a = "", b = "") => a.localeCompare(b))).toEqual([
    "AUDIT_KEY",
    "DATABASE_URL",
    "HOME_COUNTY",
    "INDEX_KEY",
    "LOG_LEVEL",
    "MIN_CLIENT",
    "PORT",
    "SEAL_KEYS",
  ]);
});

test("an empty variable counts as missing, and values are read into what they mean", () => {
  expect(faults(testEnv({ DATABASE_URL: " " }))).toHaveLength(1);
  const config = loadConfig(
    testEnv({ PORT: "0", MIN_CLIENT: "weapp=1.2.3,web=2.0.0", PORTAL_ALLOW_HOSTS: "a:1, b:2", DATA_DIR: "/d" }),
  );
  expect(config).toMatchObject({
    PORT: 0,
    MIN_CLIENT: { weapp: "1.2.3", web: "2.0.0" },
    PORTAL_ALLOW_HOSTS: ["a:1", "b:2"],
    MEDIA_DIR: "/d/media",
    DEMO: true,
  });
});

test("production starts with everything given, and with nothing that should not be", () => {
  expect(faults(production)).toEqual([]);
  for (const name of [
    "SITE_ICP",
    "SITE_FILING",
    "WECHAT_SECRET",
    "ALIPAY_PRIVATE_KEY",
    "SMS_SECRET",
    "SEAL_KEYS",
    "AUDIT_KEY",
    "DATABASE_URL",
  ]) {
    expect(faults({ ...production, [name]: "" }), name).toHaveLength(1);
  }
  expect(faults({ ...production, DEMO: "1" })).toEqual([expect.stringContaining("DEMO")]);
  for (const base of ["http://api.example.cn", "https://127.0.0.1:4000", "https://localhost", "https://[::1]"]) {
    expect(faults({ ...production, WECHAT_BASE: base }), base).toEqual([expect.stringContaining("WECHAT_BASE")]);
  }
  expect(faults({ ...production, AUDIT_KEY: production.INDEX_KEY })).toEqual([expect.stringContaining("different")]);
  expect(faults({ ...production, AUDIT_KEY: "ab".repeat(32) })).toEqual([expect.stringContaining("not random")]);
});

test("production asks for what every way to sign in needs, unless the county says that it does without it", () => {
  const without = { WECHAT_APPID: "", WECHAT_WEB_SECRET: "", ALIPAY_AES_KEY: "", SMS_SECRET: "" };
  const names = (off: string) =>
    faults({ ...production, ...without, SIGN_IN_OFF: off }).map((line) => line.split(":")[0]);
  expect(names("")).toEqual(["WECHAT_APPID", "WECHAT_WEB_SECRET", "ALIPAY_AES_KEY", "SMS_SECRET"]);
  expect(names("alipay")).toEqual(["WECHAT_APPID", "WECHAT_WEB_SECRET", "SMS_SECRET"]);
  expect(names("wechat, wechat-web,alipay")).toEqual(["SMS_SECRET"]);
  expect(names("sms")).toContain("SIGN_IN_OFF");
  expect(faults({ ...production, SITE_FILING: "in-preparation" })).toEqual([]);
});

test.each([
  ["TRUST_PROXY", "nonsense"],
  ["TRUST_PROXY", "10.0.0.1,,"],
  ["TRUST_PROXY", "10.0.0.0/64"],
  ["PORTAL_ALLOW_HOSTS", ",,x"],
  ["PORTAL_ALLOW_HOSTS", "intranet"],
  ["PORTAL_ALLOW_HOSTS", "intranet:99999"],
  ["SIGN_IN_OFF", "alipay,"],
  ["CLAMD", "clamd.example"],
])("%s=%s is refused in one line before anything starts", (name, value) => {
  expect(faults(testEnv({ [name]: value }))).toEqual([expect.stringMatching(`^${name}: must be [^\n]+$`)]);
});

test("a store that speaks S3 is named wholly or not at all, and in production over https on another machine", () => {
  const store = { S3_ENDPOINT: "https://oss.example.cn", S3_BUCKET: "weimenhu", S3_ACCESS_KEY: "k", S3_SECRET: "s" };
  expect(faults(testEnv(store))).toEqual([]);
  expect(faults({ ...production, ...store, CLAMD: "/run/clamav/clamd.ctl" })).toEqual([]);
  expect(faults(testEnv({ S3_ENDPOINT: "https://oss.example.cn", S3_SECRET: "s" }))).toEqual([
    "S3_BUCKET: must be given with S3_ENDPOINT",
    "S3_ACCESS_KEY: must be given with S3_ENDPOINT",
  ]);
  expect(faults(testEnv({ ...store, S3_ENDPOINT: "" }))).toEqual(["S3_ENDPOINT: must be given with S3_BUCKET"]);
  for (const wrong of ["oss.example.cn", "https://oss.example.cn/bucket", "https://oss.example.cn?x=1"])
    expect(faults(testEnv({ ...store, S3_ENDPOINT: wrong })), wrong).toEqual([
      expect.stringMatching("^S3_ENDPOINT: must be"),
    ]);
  for (const wrong of ["http://oss.example.cn", "https://127.0.0.1:9000"])
    expect(faults({ ...production, ...store, S3_ENDPOINT: wrong }), wrong).toEqual([
      expect.stringContaining("S3_ENDPOINT"),
    ]);
});

test("proxies may be named by address, range and word", () => {
  expect(faults(testEnv({ TRUST_PROXY: "loopback, 10.0.0.5, 10.0.0.0/8, fd00::/8" }))).toEqual([]);
});

test("production tells what is missing together with what is written wrongly", () => {
  const wrong = { ...production, LOG_LEVEL: "loud", INDEX_KEY: "zz", SMS_SECRET: "", SITE_ICP: "", DEMO: "1" };
  const names = faults({ ...wrong, WECHAT_BASE: "http://api.example.cn" }).map((line) => line.split(":")[0]);
  expect(names.toSorted((a = "", b = "") => a.localeCompare(b))).toEqual([
    "DEMO",
    "INDEX_KEY",
    "LOG_LEVEL",
    "SITE_ICP",
    "SMS_SECRET",
    "WECHAT_BASE",
  ]);
});

test("production takes neither a sandbox's app id nor a portal on its own machine", () => {
  const ids = { WECHAT_APPID: "wx00000000demo0001", WECHAT_WEB_APPID: "wx00000000demo0002" };
  for (const [name, id] of Object.entries({ ...ids, ALIPAY_APPID: "2021000000000001" }))
    expect(faults({ ...production, [name]: id })).toEqual([expect.stringContaining(name)]);
  for (const host of ["127.0.0.1:8181", "localhost:80", "[::1]:80"])
    expect(faults({ ...production, PORTAL_ALLOW_HOSTS: `10.1.2.3:80,${host}` })).toEqual([
      expect.stringContaining(host),
    ]);
});

test("every variable has a meaning for the manual", () => {
  expect(describeConfig().filter((field) => field.meaning.length < 10)).toEqual([]);
  expect(describeConfig().find((field) => field.name === "PORT")).toMatchObject({ fallback: "8080" });
  expect(describeConfig().find((field) => field.name === "SEAL_KEYS")).toMatchObject({ production: "required" });
  expect(describeConfig().find((field) => field.name === "ALIPAY_APPID")?.production).toContain("unless `alipay`");
});

test("ids rise, also within a millisecond and when the clock steps back", () => {
  const clock = manualClock(4_000_000_000_000);
  const ids = Array.from({ length: 2_000 }, (_, n) => {
    if (n === 1_000) clock.advance(-5_000);
    return newId(clock);
  });
  expect([...ids].sort()).toEqual(ids);
  expect(new Set(ids).size).toBe(2_000);
  expect(ids.every((id) => /^[0-9A-HJKMNP-TV-Z]{26}$/.test(id))).toBe(true);
});

test("codes have their digits, leading zeros too", () => {
  const codes = Array.from({ length: 500 }, () => newCode());
  expect(codes.every((code) => /^\d{6}$/.test(code))).toBe(true);
  expect(new Set(codes).size).toBeGreaterThan(480);
});

test("times keep their millisecond through the database's way of writing them", () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 4_000_000_000_000 }), (ms) => sqlTimeToMs(sqlTime(ms)) === ms));
  expect(sqlTimeToMs("2026-11-22 01:00:00")).toBe(Date.parse("2026-11-22T01:00:00Z"));
  for (const none of ["2026-11-00 01:00:00.000", "2026-00-22 01:00:00.000", "0000-00-00 00:00:00"])
    expect(sqlTimeToMs(none)).toBeNaN();
});

test("a day in China begins at 16:00 UTC of the day before", () => {
  const at = Date.parse("2026-11-21T16:00:00Z");
  expect([shanghaiDay(at), shanghaiDay(at - 1), shanghaiMinute(at)]).toEqual([
    "2026-11-22",
    "2026-11-21",
    "2026-11-22 00:00",
  ]);
  expect(isoOf(shanghaiMidnight("2026-11-22"))).toBe("2026-11-21T16:00:00.000Z");
});

test("client versions are compared by their numbers, and nonsense is a browser", () => {
  const least = { weapp: "1.10.0" };
  expect(isTooOld(clientOf("weapp/1.9.9"), least)).toBe(true);
  expect(isTooOld(clientOf("weapp/1.10.0"), least)).toBe(false);
  expect(isTooOld(clientOf("weapp/2.0.0"), least)).toBe(false);
  expect(isTooOld(clientOf("alipay/0.0.1"), least)).toBe(false);
  for (const header of [undefined, "", "weapp", "weapp/x", "root/1.0.0", "weapp/1.0.0; drop"]) {
    expect(clientOf(header)).toEqual({ channel: "web", name: "unknown", version: null });
  }
});

test("a refusal is found inside what libraries wrap around it", () => {
  const refusal = refuse("NOT_FOUND");
  expect(refusalIn(new Error("x", { cause: new Error("y", { cause: refusal }) }))).toBe(refusal);
  expect(refusalIn(new Error("x"))).toBeNull();
});

test("back-off doubles, is spread, and has a ceiling", () => {
  for (const attempt of [1, 2, 5, 12, 40]) {
    const most = Math.min(2_000 * 2 ** (attempt - 1), 3_600_000);
    const waits = Array.from({ length: 50 }, () => backOffMs(attempt));
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(most / 2);
    expect(Math.max(...waits)).toBeLessThan(most);
    expect(new Set(waits).size).toBeGreaterThan(10);
  }
});

test("values that the database quotes, phones and ID numbers never reach the log; names of keys do", () => {
  const driver = Object.assign(new Error("Duplicate entry '王秀英-19900000001' for key 'person_phone'"), {
    errno: 1062,
    code: "ER_DUP_ENTRY",
  });
  const wrapped = Object.assign(new Error("Failed query: insert into person values (?)\nparams: 王秀英,19900000001"), {
    params: ["王秀英"],
    cause: driver,
  });
  const text = JSON.stringify(safeError(wrapped));
  expect(text).not.toMatch(/王秀英|19900000001/);
  expect(text).toContain("person_phone");
  const lines = new Error("params: 王秀英\n    at 竹溪村三组\n    at home (9:9:9)");
  expect(safeError(lines).stack.join()).not.toMatch(/竹溪村|home/);
  expect(safeError(lines).stack[0]).toMatch(/^at .*kernel\.test\.ts/);
  // A message that was changed after the stack had been made stands there as it was.
  lines.message = "changed";
  expect(safeError(lines).stack.join()).not.toMatch(/竹溪村|home/);
  expect(safeError(lines).stack[0]).toMatch(/^at .*kernel\.test\.ts/);
  expect(safeError(new Error("to 19900000001, id 990101199001011234")).message).toBe("to [phone], id [id-number]");
});

test("secrets and personal fields are redacted wherever somebody logs them by mistake", () => {
  const lines: string[] = [];
  const log = openLog(
    "info",
    new Writable({ write: (chunk, _encoding, done) => done(void lines.push(String(chunk))) }),
  );
  log.info(
    { phone: "p-1", person: { name: "n-1", idCard: "c-1" }, headers: { cookie: "k-1", authorization: "a-1" } },
    "x",
  );
  expect(lines.join()).not.toMatch(/p-1|n-1|c-1|k-1|a-1/);
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ level: "info", msg: "x", phone: "[redacted]" });
});

test("a version that was being read while its scope changed is read again", async () => {
  const answers: ((version: number) => void)[] = [];
  const versions = new Versions(
    <Row>() =>
      new Promise<Row[]>((resolve) => {
        answers.push((version) => resolve([{ scope: "a", version }] as Row[]));
      }),
  );
  const asked = versions.current(["a"]);
  versions.forget(["a"]);
  answers[0]?.(1);
  await vi.waitUntil(() => answers.length === 2);
  answers[1]?.(2);
  expect(await asked).toBe("2.");
  expect(versions.known(["a"])).toBe("2.");
});
