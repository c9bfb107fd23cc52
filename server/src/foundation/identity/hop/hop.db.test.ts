import { privacyVersion } from "@weimenhu/domain/identity/privacy";
import type { FastifyInstance } from "fastify";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Bench, openPeople } from "../../../../test/people-bench.ts";
import { createHttp } from "../../../kernel/http.ts";
import { resolveCaller } from "../sessions/caller.ts";
import { callbacks } from "./callbacks.ts";
import { localPath } from "./state.ts";

let bench: Bench;
let app: FastifyInstance;
const log = pino({ level: "silent" });
beforeAll(async () => {
  bench = await openPeople();
  app = await createHttp({ config: { TRUST_PROXY: "" }, log });
  callbacks(app, { ...bench.deps, db: bench.db, clock: bench.clock, log });
});
afterAll(async () => {
  await app.close();
  await bench.close();
});

type Answer = Awaited<ReturnType<typeof get>>;
const get = (url: string, cookies: Record<string, string> = {}) => app.inject({ method: "GET", url, cookies });
const cookieOf = (answer: Answer, name: string) => answer.cookies.find((cookie) => cookie.name === name);
const start = async (vendor: "wechat" | "alipay", back = "/pages/notices?id=1#top", consent = privacyVersion) => {
  const answer = await get(`/auth/${vendor}?${new URLSearchParams({ back, consent })}`);
  const location = new URL(String(answer.headers.location));
  const trip = cookieOf(answer, "wmh_hop")?.value ?? "";
  return { answer, location, trip, state: location.searchParams.get("state") ?? "" };
};
const arrive = (vendor: "wechat" | "alipay", code: string, state: string, trip: string, session = "") =>
  get(`/auth/${vendor}/back?${new URLSearchParams({ [vendor === "wechat" ? "code" : "auth_code"]: code, state })}`, {
    ...(trip === "" ? {} : { wmh_hop: trip }),
    ...(session === "" ? {} : { wmh_web: session }),
  });
const whoIs = (answer: Answer) => resolveCaller(bench.db, bench.clock, cookieOf(answer, "wmh_web")?.value ?? "");

describe("the hop", () => {
  test("leads to the platform, back to where one was, and the session lies in an HttpOnly cookie", async () => {
    const { answer, location, state, trip } = await start("wechat");
    expect(answer.statusCode).toBe(302);
    expect(location.origin).toBe("https://platform.example");
    expect(location.searchParams.get("back")).toBe("http://localhost:8080/auth/wechat/back");
    // WeChat takes letters and digits only, at most 128.
    expect(state).toMatch(/^[a-zA-Z0-9]{1,128}$/);
    expect(cookieOf(answer, "wmh_hop")).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
    const back = await arrive("wechat", "web-1|union-1", state, trip);
    expect([back.statusCode, back.headers.location]).toEqual([303, "/pages/notices?id=1#top"]);
    expect(cookieOf(back, "wmh_web")).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
    expect(cookieOf(back, "wmh_hop")?.value).toBe("");
    expect(back.headers["cache-control"]).toBe("no-store");
    expect(await whoIs(back)).toMatchObject({ phoneVerified: false, strong: false });
  });

  test("finds the person of the mini-program by the unionid, and of the Alipay mini-program by its account", async () => {
    const weapp = bench.device("weapp");
    weapp.took(await (await weapp.api()).signIn.wechat({ code: "mini-2|union-2", consent: privacyVersion }));
    weapp.took(await (await weapp.api()).signIn.wechatPhone({ code: bench.freshPhone() }));
    const wechat = await start("wechat");
    const one = await whoIs(await arrive("wechat", "web-2|union-2", wechat.state, wechat.trip));
    expect(one?.personId).toBe((await weapp.caller())?.personId);
    // In a browser the platform account alone is not the strong factor.
    expect(one).toMatchObject({ phoneVerified: true, strong: false });

    const mini = bench.device("alipay");
    mini.took(await (await mini.api()).signIn.alipay({ code: "ali-2", consent: privacyVersion }));
    const alipay = await start("alipay");
    const two = await whoIs(await arrive("alipay", "ali-2", alipay.state, alipay.trip));
    expect(two?.personId).toBe((await mini.caller())?.personId);
  });

  test("ends the session that the browser had before", async () => {
    const { state, trip } = await start("wechat");
    const first = cookieOf(await arrive("wechat", "web-3", state, trip), "wmh_web")?.value ?? "";
    const again = await start("wechat");
    const second = await arrive("wechat", "web-3", again.state, again.trip, first);
    expect(cookieOf(second, "wmh_web")?.value).not.toBe(first);
    expect(await resolveCaller(bench.db, bench.clock, first)).toBeNull();
    expect(await whoIs(second)).not.toBeNull();
  });
});

describe("a sign-in that somebody else began", () => {
  const refusedPage = async (answer: Answer) => {
    expect(answer.statusCode).toBe(400);
    expect(answer.headers["content-type"]).toContain("text/html");
    expect(answer.headers["content-security-policy"]).toContain("default-src 'none'");
    expect(answer.body).toContain("登录没有成功");
    expect(answer.body).toContain('href="/"');
    expect(cookieOf(answer, "wmh_web")).toBeUndefined();
  };
  test("in another browser, with a made-up state, or none, is refused with a way on", async () => {
    const attacker = await start("wechat");
    const victim = await start("wechat");
    await refusedPage(await arrive("wechat", "attacker", attacker.state, ""));
    await refusedPage(await arrive("wechat", "attacker", attacker.state, victim.trip));
    await refusedPage(await arrive("wechat", "attacker", "0".repeat(64), victim.trip));
    await refusedPage(await arrive("wechat", "attacker", "", victim.trip));
    await refusedPage(await arrive("wechat", "attacker", `${victim.state}'`, victim.trip));
    expect(await bench.db.rows("SELECT subject FROM identity WHERE subject = 'attacker'")).toEqual([]);
  });
  test("for the other platform, or too long ago, is refused", async () => {
    const { state, trip } = await start("wechat");
    await refusedPage(await arrive("alipay", "ali-4", state, trip));
    bench.clock.advance(10 * 60_000);
    await refusedPage(await arrive("wechat", "web-4", state, trip));
  });
  test("that was changed on the way is refused: the cookie is signed by the state", async () => {
    const { state, trip } = await start("wechat", "/here");
    const text = Buffer.from(trip, "base64url").toString("utf8").replace("/here", "/else");
    await refusedPage(await arrive("wechat", "web-5", state, Buffer.from(text).toString("base64url")));
  });
  test("and was declined on the platform's page shows how to go on", async () => {
    const { state, trip } = await start("wechat", "/x?a=1&b=2");
    const answer = await get(`/auth/wechat/back?state=${state}`, { wmh_hop: trip });
    await refusedPage(answer);
    expect(answer.body).toContain(`/auth/wechat?back=%2Fx%3Fa%3D1%26b%3D2&amp;consent=${privacyVersion}`);
  });
});

test("the platform's no is said in plain words, and nothing is asked before consent", async () => {
  const { state, trip } = await start("wechat");
  const blocked = await arrive("wechat", "no:blocked", state, trip);
  expect([blocked.statusCode, blocked.body]).toEqual([403, expect.stringContaining("平台暂时限制了这个账号登录")]);
  const without = await get("/auth/wechat?back=/");
  expect(without.statusCode).toBe(403);
  expect(without.headers.location).toBeUndefined();
  expect((await app.inject({ method: "HEAD", url: `/auth/wechat/back?code=a&state=${state}` })).statusCode).toBe(404);
});

test("an address that comes back like a machine is stopped before the platform is asked", async () => {
  const { state, trip } = await start("wechat");
  const machine = (at: number) =>
    app.inject({
      method: "GET",
      url: `/auth/wechat/back?code=no:bad-code&state=${state}&at=${at}`,
      cookies: { wmh_hop: trip },
      remoteAddress: "192.0.2.9",
    });
  const codes = await Promise.all(Array.from({ length: 320 }, async (_none, at) => (await machine(at)).statusCode));
  expect(codes.filter((code) => code === 429)).toHaveLength(20);
  expect((await arrive("wechat", "web-7", state, trip)).statusCode).toBe(303);
});

test.each([
  "//evil.example",
  "/\\evil.example",
  "https://evil.example",
  "evil",
  "/a\\b",
  "/\t/evil.example",
  "javascript:alert(1)",
  " /x",
  "/中文",
  `/${"x".repeat(600)}`,
  "",
])("a way back that leads elsewhere leads home instead: %j", async (back) => {
  expect(localPath(back)).toBe("/");
  const { state, trip } = await start("wechat", back);
  expect((await arrive("wechat", "web-6", state, trip)).headers.location).toBe("/");
});

test.each(["/", "/pages/notices/index?id=1", "/#/tabs/me", "/a//b", "/%E4%B8%AD"])(
  "a way back on this site is kept: %s",
  (back) => {
    expect(localPath(back)).toBe(back);
  },
);
