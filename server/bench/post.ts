import autocannon from "autocannon";
import type { Pool } from "mysql2/promise";
import { sqlTime, systemClock } from "../src/kernel/clock.ts";
import { openDb } from "../src/kernel/db.ts";
import { createHttp } from "../src/kernel/http.ts";
import { newId } from "../src/kernel/id.ts";
import { openLog } from "../src/kernel/log.ts";
import { router } from "../src/kernel/rpc.ts";
import { rpcPrefix, rpcServer } from "../src/kernel/rpc-http.ts";
import { testConfig } from "../src/kernel/testing.ts";
import { type Circle, circleOf, closeCircle, openCircle, readerOf } from "../test/circle-county.ts";
import { type Bench, interleave, type Scenario } from "./harness.ts";

const connections = 32;
const villages = 200;
const workMs = 3_500;
const windowMs = 2_000;
const words = "今天早上在村口看到有人把垃圾倒在沟边，味道很大，希望村里安排人清理一下，谢谢各位乡亲互相提醒。";

/**
 * Durable posts a second, 32 at a time, by villagers of 200 villages. Ours: `circle.post` over HTTP, from the check of words to
 * the answer with the whole post; who calls is known, as within the seconds in which a session is kept. The limit: the same
 * rows in the same transactions by mysql2 alone, as many at a time, without asking anything.
 */
async function run({ databaseUrl }: Bench): Promise<{ ours: number; limit: number }> {
  const circle = await openCircle(databaseUrl, 20_000, villages);
  const app = await product(circle);
  const base = await app.listen({ host: "127.0.0.1", port: 0 });
  const raw = openDb(testConfig({ DATABASE_URL: circle.url, DATABASE_POOL: String(connections) }));
  try {
    return await interleave(
      () => byHttp(circle, base),
      () => byHand(circle, raw.pool),
      7,
    );
  } finally {
    await app.close();
    await raw.close();
    await closeCircle(circle);
  }
}

/** Everybody of all villages in turns: nobody writes twice before all others have. */
const everybody = ({ villages: places, authors }: Pick<Circle, "villages" | "authors">): [string, string][] =>
  Array.from({ length: 40 }, (_, n) =>
    places.map((place): [string, string] => [place, authors.get(place)?.[n] ?? ""]),
  ).flat();

async function product({ db, villages: places, authors }: Circle) {
  const config = testConfig({ RATE_ADDRESS: "1000000", RATE_ACCOUNT: "1000000" });
  const log = openLog("silent");
  const app = await createHttp({ config, log, pressure: { maxEventLoopDelay: 0, maxEventLoopUtilization: 0 } });
  const callers = new Map(
    everybody({ villages: places, authors }).map(([village, author]) => [author, readerOf([village], author)]),
  );
  const settings = { router: router({ circle: circleOf() }), db, clock: systemClock, log, config };
  const resolveCaller = async (given: string) => callers.get(given) ?? null;
  await app.register(rpcServer({ ...settings, resolveCaller, onCall: () => undefined }), { prefix: rpcPrefix });
  return app;
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Counted in the database, not by the client: what was answered and what is durable must be one. Between two looks while the
 * work is in full swing, as a client takes a while to start and to stop.
 */
async function counted({ db }: Circle, work: () => Promise<number>): Promise<number> {
  const count = async () => Number((await db.rows<{ n: number }>("SELECT COUNT(*) AS n FROM post"))[0]?.n);
  const look = async () => ({ posts: await count(), at: performance.now() });
  const before = await count();
  const working = work();
  while ((await count()) < before + 2 * connections) await wait(20);
  const first = await look();
  await wait(windowMs);
  const last = await look();
  if ((await working) > (await count()) - before) throw new Error("more posts were answered than are there");
  return (last.posts - first.posts) / ((last.at - first.at) / 1_000);
}

const byHttp = (circle: Circle, url: string) =>
  counted(circle, async () => {
    const people = everybody(circle).map(([village, author]): [string, string] => [author, village]);
    const request = {
      method: "POST" as const,
      path: `${rpcPrefix}/circle.post`,
      headers: { "x-client": "weapp/1.0.0", "content-type": "application/json" },
      body: JSON.stringify({ key: "[key]", village: "[village]", kind: "chat", text: words }),
      people,
      setupRequest: new URL("anew.cjs", import.meta.url).pathname,
    };
    const result = await autocannon({ url, requests: [request], connections, duration: workMs / 1_000, workers: 1 });
    if (result["2xx"] === 0 || result.non2xx > 0 || result.errors > 0) throw new Error(`${url} did not answer well`);
    return result["2xx"];
  });

const byHand = (circle: Circle, pool: Pool) =>
  counted(circle, async () => {
    const until = performance.now() + workMs;
    let told = 0;
    let turn = 0;
    const people = everybody(circle);
    const one = async () => {
      while (performance.now() < until) {
        const [village = "", author = ""] = people[turn++ % people.length] ?? [];
        await rowsOfOne(pool, village, author);
        told++;
      }
    };
    await Promise.all(Array.from({ length: connections }, one));
    return told;
  });

async function rowsOfOne(pool: Pool, village: string, author: string): Promise<void> {
  const [id, at] = [newId(), sqlTime(systemClock.now())];
  const connection = await pool.getConnection();
  try {
    await connection.beginTransaction();
    await connection.execute(
      `INSERT INTO post (id, village, author, kind, audience, shelf, state, hidden, mark, text, photos, check_state, likes,
         comments, edits, calls, created_at, idem_key, idem_digest)
       VALUES (?, ?, ?, 'chat', 'village', 1, '', 0, 'villager', ?, '[]', 'passed', 0, 0, 0, 0, ?, ?, ?)`,
      [id, village, author, words, at, id, id],
    );
    await connection.execute(
      `INSERT INTO circle_check (id, what, version, media, via, state, label, at, ended_at)
       VALUES (?, ?, 0, '', 'list', 'pass', 'other', ?, ?)`,
      [newId(), id, at, at],
    );
    await connection.execute(
      `INSERT INTO version_stamp (scope, version) VALUES (?, 1), (?, 1) ON DUPLICATE KEY UPDATE version = version + 1`,
      [`circle:${village}`, `circle:own:${author}`],
    );
    await connection.commit();
  } finally {
    connection.release();
  }
}

export const scenarios: Scenario[] = [{ scenario: "post", unit: "posts/s", run }];
