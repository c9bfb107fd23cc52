import net from "node:net";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { bearer, refusalOf, rpcKit } from "../../test/rpc-kit.ts";
import { rpcPrefix } from "./rpc-http.ts";

const { base, lines, started, aborted, single, batched, forget, close } = await rpcKit();
afterEach(forget);
afterAll(close);

test("the stock client asks, acts and batches", async () => {
  expect(await single().things.say.query({ word: "你好" })).toEqual({ said: "你好", as: null });
  expect(await single(bearer).things.change.mutate({ word: "x" })).toEqual({ said: "x", as: "P1" });
  const client = batched(bearer);
  expect(await Promise.all([client.things.say.query({ word: "a" }), client.things.mine.query({})])).toEqual([
    { said: "a", as: "P1" },
    { said: "", as: "P1" },
  ]);
  expect(await single().things.signIn.mutate({})).toEqual({});
});

test("in a batch one refusal leaves the other answers standing, with status 207", async () => {
  const client = batched();
  const answers = await Promise.allSettled([client.things.say.query({ word: "a" }), client.things.mine.query({})]);
  expect(answers.map((answer) => answer.status)).toEqual(["fulfilled", "rejected"]);
  const input = encodeURIComponent('{"0":{"word":"a"},"1":{}}');
  expect((await fetch(`${base}/things.say,things.mine?batch=1&input=${input}`)).status).toBe(207);
});

test("a refusal carries its word, its Chinese, its details and its status; why it was goes into the log only", async () => {
  expect(await refusalOf(single().things.taken.mutate({}))).toEqual({
    word: "CODE_TOO_SOON",
    http: 429,
    message: "刚刚发过验证码，请 1 分钟后再获取",
    details: { seconds: 7 },
  });
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({ level: "info", word: "CODE_TOO_SOON", path: "things.taken", why: "seconds ago" });
});

test("who may call is asked before anything else", async () => {
  expect(await refusalOf(single().things.mine.query({}))).toMatchObject({ word: "SIGN_IN_FIRST", http: 401 });
  expect(await refusalOf(single(bearer).things.publish.mutate({}))).toMatchObject({ word: "NOT_ALLOWED", http: 403 });
});

test("fields that are not declared never leave", async () => {
  expect(await single().things.leak.query({})).toEqual({ a: "x" });
});

test.each(["broken", "wrong"] as const)(
  "a bug (%s) says nothing but 'later', and is logged once with its cause",
  async (name) => {
    const answer = await fetch(`${base}/things.${name}?input=%7B%7D`);
    const body = await answer.text();
    expect(answer.status).toBe(500);
    expect(JSON.parse(body).error.data).toMatchObject({
      refusal: { word: "INTERNAL" },
      requestId: answer.headers.get("x-request-id"),
    });
    expect(body).not.toMatch(/ at |stack|1990000000|broke it|fit its shape/);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      level: "error",
      request: answer.headers.get("x-request-id"),
      err: expect.anything(),
    });
    expect(JSON.stringify(lines[0])).not.toContain("1990000000");
  },
);

test("a client below the oldest version is told to update, whatever it asks; a newer one and a browser are not", async () => {
  expect(await refusalOf(single({ "x-client": "weapp/1.1.9" }).things.mine.query({}))).toMatchObject({
    word: "CLIENT_TOO_OLD",
    http: 426,
  });
  expect(await refusalOf(batched({ "x-client": "weapp/0.9.0" }).things.say.query({ word: "a" }))).toMatchObject({
    word: "CLIENT_TOO_OLD",
  });
  expect(await single({ "x-client": "weapp/1.10.0" }).things.say.query({ word: "a" })).toMatchObject({ said: "a" });
  expect(await single({ "x-client": "web/0.0.1" }).things.say.query({ word: "a" })).toMatchObject({ said: "a" });
});

test("a procedure learns that its client has gone", async () => {
  const { port } = new URL(base);
  const socket = net.connect(Number(port), "127.0.0.1");
  socket.write(`GET ${rpcPrefix}/things.slow?input=%7B%7D HTTP/1.1\r\nHost: x\r\n\r\n`);
  await vi.waitFor(() => expect(started).toHaveBeenCalledOnce());
  socket.destroy();
  await vi.waitFor(() => expect(aborted).toHaveBeenCalledOnce());
});

test("too many calls by one account are held off with the seconds to wait, others are not", async () => {
  const fields = { word: "TOO_MANY", http: 429 };
  let refused: Response | undefined;
  for (let n = 0; n < 60 && !refused; n++) {
    const answer = await fetch(`${base}/things.mine?input=%7B%7D`, { headers: bearer });
    if (answer.status === 429) refused = answer;
    else await answer.text();
  }
  expect(Number(refused?.headers.get("retry-after"))).toBeGreaterThan(0);
  expect((await refused?.json())?.error.data).toMatchObject({
    httpStatus: fields.http,
    refusal: { word: fields.word },
  });
  expect(await single().things.say.query({ word: "a" })).toMatchObject({ said: "a" });
});

test("too many calls from one address are held off, batched ones counted each", async () => {
  const batch = Array.from({ length: 20 }, () => "things.leak").join(",");
  let status = 200;
  for (let n = 0; n < 30 && status !== 429; n++) {
    const answer = await fetch(`${base}/${batch}?batch=1&input=%7B%7D`);
    status = answer.status;
    await answer.text();
  }
  expect(status).toBe(429);
});
