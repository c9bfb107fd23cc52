import { afterAll, afterEach, expect, test } from "vitest";
import { bearer, rpcKit, token } from "../../test/rpc-kit.ts";

const { base, lines, labels, forget, close } = await rpcKit();
afterEach(forget);
afterAll(close);

const nested = (levels: number) => `${'{"c":['.repeat(levels)}${"]}".repeat(levels)}`;

test("bad input names the fields and never repeats the value, neither in the answer nor in the log", async () => {
  const answer = await fetch(`${base}/things.say?input=${encodeURIComponent('{"word":"19900000003"}')}`);
  const text = await answer.text();
  expect(answer.status).toBe(400);
  expect(JSON.parse(text).error.data.refusal).toEqual({
    word: "BAD_INPUT",
    zh: "填写的内容不对，请检查后再试",
    details: { fields: ["word"] },
  });
  expect(text + JSON.stringify(lines)).not.toContain("19900000003");
});

test("input nested beyond measure is refused like any bad input, and is no fault of ours", async () => {
  const post = (levels: number, url = "/things.tree", body = nested(levels)) =>
    fetch(base + url, { method: "POST", body, headers: { "content-type": "application/json" } });
  expect((await post(32)).status).toBe(200);
  for (const levels of [33, 10_000]) {
    const answer = await post(levels);
    expect([answer.status, (await answer.json()).error.data.refusal.word]).toEqual([400, "BAD_INPUT"]);
  }
  const batch = await post(0, "/things.tree?batch=1", `{"0":${nested(10_000)}}`);
  expect((await batch.json())[0].error.data.refusal.word).toBe("BAD_INPUT");
  const kept = await fetch(`${base}/things.hot?input=${"[".repeat(6_000)}${"]".repeat(6_000)}`);
  expect((await kept.json()).error.data.refusal.word).toBe("BAD_INPUT");
  expect(lines.filter((line) => line["level"] === "error" || line["level"] === 50)).toEqual([]);
});

const long = Array.from({ length: 500 }, () => "things.say").join(",");
const bad: [string, string, RequestInit, number, string][] = [
  [
    "malformed JSON in the body",
    "/things.change",
    { method: "POST", body: '{"word":', headers: { "content-type": "application/json" } },
    400,
    "MALFORMED",
  ],
  ["malformed JSON in the address", "/things.say?input=%7B", {}, 400, "MALFORMED"],
  [
    "a poisoned prototype",
    "/things.change",
    { method: "POST", body: '{"__proto__":{}}', headers: { "content-type": "application/json" } },
    400,
    "MALFORMED",
  ],
  [
    "another content type",
    "/things.change",
    { method: "POST", body: "word=1", headers: { "content-type": "application/x-www-form-urlencoded" } },
    400,
    "MALFORMED",
  ],
  ["an unknown procedure", "/things.none", {}, 404, "UNKNOWN_PROCEDURE"],
  ["a name of every object", "/__proto__", {}, 404, "UNKNOWN_PROCEDURE"],
  [
    "a body of 2 MB",
    "/things.change",
    { method: "POST", body: `{"word":"${"x".repeat(2e6)}"}`, headers: { "content-type": "application/json" } },
    413,
    "BODY_TOO_LARGE",
  ],
  ["a batch of 500", `/${long}?batch=1&input=%7B%7D`, {}, 400, "BATCH_TOO_LARGE"],
  ["a mutation by GET", "/things.change?input=%7B%7D", {}, 405, "WRONG_METHOD"],
  [
    "a query by POST",
    "/things.say",
    { method: "POST", body: "{}", headers: { "content-type": "application/json" } },
    405,
    "WRONG_METHOD",
  ],
  ["PUT", "/things.say", { method: "PUT", body: "{}" }, 405, "WRONG_METHOD"],
  ["DELETE", "/things.say", { method: "DELETE" }, 405, "WRONG_METHOD"],
  ["broken percent-encoding in the path", "/things.%E0%A4", {}, 400, "MALFORMED"],
  ["broken percent-encoding in the input", "/things.say?input=%22%E0%A4%22", {}, 400, "MALFORMED"],
  ["the input twice", "/things.say?input=1&input=2", {}, 400, "MALFORMED"],
  ["a batch whose inputs are a word", "/things.say?batch=1&input=%22x%22", {}, 400, "MALFORMED"],
];
test.each(bad)(
  "%s is a clear refusal, logged once, without a stack trace",
  async (_what, path, init, http, expected) => {
    const answer = await fetch(base + path, init);
    const text = await answer.text();
    expect([answer.status, JSON.parse(text).error.data.refusal.word]).toEqual([http, expected]);
    expect(JSON.parse(text).error.message).toMatch(/\p{Script=Han}/u);
    expect(text).not.toMatch(/stack|\.ts:|node_modules/);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ level: "info", word: expected });
  },
);

test("what somebody makes up as a name of a procedure is in no log line and in no label of the metrics", async () => {
  const answer = await fetch(
    `${base}/19900000001,things.say,things.x?batch=1&input=%7B%221%22%3A%7B%22word%22%3A%22a%22%7D%7D`,
  );
  expect(answer.status).toBe(207);
  expect(lines.map(({ path: named, word }) => [named, word])).toEqual([
    [undefined, "UNKNOWN_PROCEDURE"],
    [undefined, "UNKNOWN_PROCEDURE"],
  ]);
  expect(JSON.stringify(lines)).not.toContain("19900000001");
  expect(labels.splice(0).toSorted((a, b) => a.localeCompare(b))).toEqual(["", "", "things.say"]);
});

test("a foreign page cannot act with the cookie; our own page can; a bearer token needs no such proof", async () => {
  const post = async (headers: Record<string, string>) => {
    const all = { "content-type": "application/json", ...headers };
    const answer = await fetch(`${base}/things.change`, { method: "POST", body: '{"word":"x"}', headers: all });
    const body = await answer.json();
    return body.error?.data.refusal.word ?? body.result.data.as;
  };
  const cookie = `wmh_web=${token}`;
  const own = { origin: new URL(base).origin, "x-client": "web/1.0.0" };
  expect(await post({ cookie, ...own })).toBe("P1");
  expect(await post({ cookie, ...own, "sec-fetch-site": "same-origin" })).toBe("P1");
  expect(await post({ cookie, origin: "https://evil.example", "x-client": "web/1.0.0" })).toBe("CROSS_SITE");
  expect(await post({ cookie, ...own, "sec-fetch-site": "cross-site" })).toBe("CROSS_SITE");
  expect(await post({ cookie, ...own, "sec-fetch-site": "same-site" })).toBe("CROSS_SITE");
  expect(await post({ cookie, origin: own.origin })).toBe("CROSS_SITE");
  expect(await post({ cookie, "x-client": "web/1.0.0" })).toBe("CROSS_SITE");
  expect(await post(bearer)).toBe("P1");
  expect(await post({ ...own })).toBeNull();
  // The desk has a cookie of its own.
  expect(await post({ cookie, ...own, "x-client": "desk/1.0.0" })).toBeNull();
  expect(await post({ cookie: `wmh_desk=${token}`, ...own, "x-client": "desk/1.0.0" })).toBe("P1");
});

test("a page that was opened by one person does nothing for another, who signed in in another tab", async () => {
  const post = async (headers: Record<string, string>) => {
    const own = { origin: new URL(base).origin, "x-client": "web/1.0.0", "content-type": "application/json" };
    const answer = await fetch(`${base}/things.change`, {
      method: "POST",
      body: '{"word":"x"}',
      headers: { ...own, ...headers },
    });
    const body = await answer.json();
    return body.error?.data.refusal.word ?? body.result.data.as;
  };
  const cookie = `wmh_web=${token}`;
  expect(await post({ cookie, "x-person": "P1" })).toBe("P1");
  expect(await post({ cookie, "x-person": "P2" })).toBe("OTHER_PERSON");
  expect(await post({ "x-person": "P2" })).toBeNull();
  expect(await post({ ...bearer, "x-person": "P2" })).toBe("P1");
});

test("the session cookie is closed to scripts and to foreign pages", async () => {
  const answer = await fetch(`${base}/things.signIn`, {
    method: "POST",
    headers: { "content-type": "application/json" },
  });
  expect(answer.headers.get("set-cookie")).toBe(
    `wmh_web=${"t".repeat(43)}; Max-Age=60; Path=/; HttpOnly; SameSite=Lax`,
  );
});
