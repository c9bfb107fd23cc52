import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { WebSocket } from "ws";
import { freshDatabase } from "../../test/database/index.ts";
import { type LiveClient, liveClient } from "../../test/live-client.ts";
import { somebody } from "../../test/room.ts";
import { callerScope } from "./caller.ts";
import type { Caller } from "./ctx.ts";
import { type Db, openDb } from "./db.ts";
import { createHttp } from "./http.ts";
import { liveSockets } from "./live.ts";
import { openLog } from "./log.ts";
import { testConfig } from "./testing.ts";
import { bump, inTx } from "./tx.ts";

const log = openLog("silent");
const soon = { timeout: 6_000, interval: 20 };
const owner = somebody();
const token = "t".repeat(30);
const origin = "https://site.example";
let home: Awaited<ReturnType<typeof freshDatabase>>;
let people: Map<string, Caller>;
const stops: (() => Promise<unknown>)[] = [];
const clients: LiveClient[] = [];

beforeAll(async () => {
  home = await freshDatabase();
  people = new Map([[token, owner]]);
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.socket.terminate();
  for (const stop of stops.splice(0)) await stop();
});
afterAll(() => home.drop());

/** One process: `own:<id>` is for the owner only, `open:<id>` for everybody. */
async function start(env: Record<string, string> = {}, port = 0) {
  const config = testConfig({ DATABASE_URL: home.url, PUBLIC_URL: origin, ...env });
  const db: Db = openDb(config);
  const app = await createHttp({ config, log });
  app.get("/plain", async () => ({ plain: true }));
  const refused: string[] = [];
  const live = liveSockets(app, {
    db,
    log,
    config,
    resolveCaller: async (given) => people.get(given) ?? null,
    scopes: {
      open: {
        stamp: (id) => `open:${id}`,
        // As the rooms do, it looks into the database.
        may: async (_caller, ids) => (await db.rows("SELECT 1")).flatMap(() => ids),
      },
      own: {
        stamp: (id) => `own:${id}`,
        may: async (caller, ids) => (caller?.personId === owner.personId ? ids : []),
      },
    },
    onRefused: (why) => refused.push(why),
  });
  await app.listen({ port, host: "127.0.0.1" });
  const at = (app.server.address() as AddressInfo).port;
  let stopped: Promise<void> | null = null;
  const stop = () => {
    stopped ??= live
      .stop()
      .then(() => app.close())
      .then(() => db.close());
    return stopped;
  };
  stops.push(stop);
  const raise = (...scopes: string[]) => inTx(db, (tx) => bump(tx, ...scopes));
  const client = async (headers?: Record<string, string>) => {
    const one = await liveClient(at, headers);
    clients.push(one);
    return one;
  };
  return { db, live, port: at, raise, client, refused, stop };
}

const ask = (scopes: string[], more: object = {}) => ({ client: "weapp/1.0.0", scopes, ...more });

test("who watches a scope is told its version, and each newer one, also when another process raised it", async () => {
  const [here, there] = [await start(), await start()];
  await here.raise("open:a");
  const phone = await here.client();
  phone.say(ask(["open:a", "open:quiet"]));
  await vi.waitFor(() => expect(phone.at("open:a")).toBe(1), soon);
  expect(phone.at("open:quiet")).toBe(0);
  await there.raise("open:a");
  await vi.waitFor(() => expect(phone.at("open:a")).toBe(2), soon);
  await here.raise("open:a", "open:quiet");
  await vi.waitFor(() => expect([phone.at("open:a"), phone.at("open:quiet")]).toEqual([3, 1]), soon);
  // Versions, and how long ago: nothing else ever goes out.
  for (const news of phone.heard) expect(Object.keys(news)).toEqual(["at"]);
});

test("when news arrives, no process answers with what was before any more", async () => {
  const [here, there] = [await start(), await start()];
  const phone = await here.client();
  phone.say(ask(["open:trust"]));
  await vi.waitFor(() => expect(phone.at("open:trust")).toBe(0), soon);
  await there.db.versions.current(["open:trust"]);
  await here.raise("open:trust");
  await vi.waitFor(() => expect(phone.at("open:trust")).toBe(1), soon);
  expect(await there.db.versions.current(["open:trust"])).toBe("1.");
});

test("after a restart of the server the same question tells what was missed", async () => {
  const first = await start();
  const phone = await first.client();
  phone.say(ask(["open:r"]));
  await vi.waitFor(() => expect(phone.at("open:r")).toBe(0), soon);
  await first.raise("open:r");
  await first.stop();
  expect(await phone.closed).toBe(1001);
  const second = await start({}, first.port);
  const again = await second.client();
  again.say(ask(["open:r"]));
  await vi.waitFor(() => expect(again.at("open:r")).toBe(1), soon);
  expect(again.heard.find((news) => news.at?.["open:r"])?.at?.["open:r"]?.[1]).toBeLessThan(60);
});

test("what somebody may not watch is refused by name, and nothing of it is told; unknown kinds likewise", async () => {
  const server = await start();
  const stranger = await server.client();
  stranger.say(ask(["own:x", "open:x", "person:x", "constructor:x"]));
  await vi.waitFor(() => expect(stranger.at("open:x")).toBe(0), soon);
  expect(stranger.heard[0]?.no).toEqual(["own:x", "person:x", "constructor:x"]);
  const mine = await server.client();
  mine.say(ask(["own:x"], { token }));
  await vi.waitFor(() => expect(mine.at("own:x")).toBe(0), soon);
  await server.raise("own:x", "open:x", "person:x");
  await vi.waitFor(() => expect([mine.at("own:x"), stranger.at("open:x")]).toEqual([1, 1]), soon);
  expect(stranger.heard.flatMap((news) => Object.keys(news.at ?? {}))).not.toContain("own:x");
  expect(stranger.at("person:x")).toBeUndefined();
});

test("whose sign-in ends is told nothing more of what was theirs, on a connection that stays", async () => {
  const server = await start();
  const guest = somebody([], { personId: owner.personId });
  const theirs = "g".repeat(30);
  people.set(theirs, guest);
  const phone = await server.client();
  phone.say(ask(["own:s", "open:s"], { token: theirs }));
  await vi.waitFor(() => expect(phone.at("own:s")).toBe(0), soon);
  people.delete(theirs);
  await server.raise(callerScope(owner.personId));
  await vi.waitFor(() => expect(phone.heard.at(-1)?.no).toEqual(["own:s"]), soon);
  await server.raise("own:s", "open:s");
  await vi.waitFor(() => expect(phone.at("open:s")).toBe(1), soon);
  expect(phone.at("own:s")).toBe(0);
});

test("a cookie counts from a page of ours and not from another site's", async () => {
  const server = await start();
  const cookie = `__Host-wmh_web=${token}`;
  const [ours, foreign] = [
    await server.client({ cookie, origin }),
    await server.client({ cookie, origin: "https://evil.example" }),
  ];
  for (const page of [ours, foreign]) page.say({ client: "web/1.0.0", scopes: ["own:c"] });
  await vi.waitFor(() => expect(ours.at("own:c")).toBe(0), soon);
  await vi.waitFor(() => expect(foreign.heard[0]?.no).toEqual(["own:c"]), soon);
});

test.each([
  ["no JSON", "garbage", 1008],
  ["another shape", { scopes: "all" }, 1008],
  ["a scope that is none", { client: "weapp/1.0.0", scopes: ["a b'; DROP TABLE"] }, 1008],
  ["too many scopes", { client: "weapp/1.0.0", scopes: Array.from({ length: 41 }, (_, at) => `open:${at}`) }, 1008],
  ["ten thousand bytes", "x".repeat(10_000), 1009],
])("%s ends the connection, and others stay", async (_what, frame, code) => {
  const server = await start();
  const [bad, good] = [await server.client(), await server.client()];
  good.say(ask(["open:g"]));
  bad.say(frame);
  expect(await bad.closed).toBe(code);
  await vi.waitFor(() => expect(good.at("open:g")).toBe(0), soon);
  expect(server.live.open()).toEqual({ connections: 1, stamps: 1 });
});

test("bytes instead of text, and a flood of questions, end the connection", async () => {
  const server = await start();
  const [bytes, flood] = [await server.client(), await server.client()];
  bytes.socket.send(Buffer.from([0, 1, 2]));
  expect(await bytes.closed).toBe(1008);
  for (let at = 0; at < 70; at++) flood.say(ask(["open:f"]));
  expect([1008, 1013]).toContain(await flood.closed);
});

test("who has gone is watched for no longer", async () => {
  const server = await start();
  const phone = await server.client();
  phone.say(ask(["open:1", "open:2", "own:3"], { token }));
  await vi.waitFor(() => expect(server.live.open()).toEqual({ connections: 1, stamps: 4 }), soon);
  phone.say(ask(["open:2"], { token }));
  await vi.waitFor(() => expect(server.live.open().stamps).toBe(2), soon);
  phone.socket.terminate();
  await vi.waitFor(() => expect(server.live.open()).toEqual({ connections: 0, stamps: 0 }), soon);
});

test("more connections than a process or an address may have are refused before they are made", async () => {
  const crowded = await start({ LIVE_CONNECTIONS: "1" });
  await crowded.client();
  await expect(liveClient(crowded.port)).rejects.toThrow("503");
  const one = await start({ LIVE_ADDRESS: "1", TRUST_PROXY: "loopback" });
  await one.client({ "x-forwarded-for": "203.0.113.1" });
  await expect(liveClient(one.port, { "x-forwarded-for": "203.0.113.1" })).rejects.toThrow("503");
  await one.client({ "x-forwarded-for": "203.0.113.2" });
  expect([...crowded.refused, ...one.refused]).toEqual(["connections", "address"]);
});

test("a database that is away for a while costs no connection, and what changed meanwhile is told", async () => {
  const server = await start();
  const phone = await server.client();
  phone.say(ask(["open:db"]));
  await vi.waitFor(() => expect(phone.at("open:db")).toBe(0), soon);
  const rows = vi.spyOn(server.db, "rows").mockRejectedValue(new Error("away"));
  await vi.waitFor(() => expect(rows.mock.calls.length).toBeGreaterThan(1), soon);
  await server.raise("open:db");
  rows.mockRestore();
  await vi.waitFor(() => expect(phone.at("open:db")).toBe(1), soon);
});

test("a crowd that comes back at once is answered whole, by a pool that would not hold it", async () => {
  const server = await start({ DATABASE_POOL: "2" });
  const crowd = await Promise.all(Array.from({ length: 300 }, () => server.client()));
  crowd.forEach((phone, at) => phone.say(ask([`own:${at}`, `open:${at}`], { token })));
  await vi.waitFor(() => expect(crowd.filter((phone) => phone.heard.length > 0)).toHaveLength(300), soon);
  expect(server.live.open().connections).toBe(300);
});

test("stopping waits for the farewell, lets nobody in, and a client that does not answer cannot hold it up", async () => {
  const server = await start();
  const polite = await server.client();
  const deaf = await server.client();
  deaf.socket.pause();
  const stopped = server.live.stop();
  await expect(liveClient(server.port)).rejects.toThrow("503");
  await stopped;
  expect(await polite.closed).toBe(1001);
  expect(server.live.open()).toEqual({ connections: 0, stamps: 0 });
});

test("another path or protocol is answered as if nothing had been offered", async () => {
  const server = await start();
  const upgrade = (path: string, protocol: string) =>
    new Promise<[number | undefined, string]>((resolve, reject) => {
      const request = http.get(
        { port: server.port, path, headers: { connection: "Upgrade", upgrade: protocol } },
        (answer) => {
          let body = "";
          answer.on("data", (part) => {
            body += part;
          });
          answer.on("end", () => resolve([answer.statusCode, body]));
        },
      );
      request.on("error", reject);
    });
  expect(await upgrade("/plain", "h2c")).toEqual([200, JSON.stringify({ plain: true })]);
  expect((await upgrade("/nowhere", "websocket"))[0]).toBe(404);
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}/plain`);
  const fault = await new Promise<Error>((resolve) => socket.once("error", resolve));
  expect(fault.message).toContain("200");
});
