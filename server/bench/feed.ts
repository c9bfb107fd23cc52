import autocannon from "autocannon";
import Fastify, { type FastifyInstance } from "fastify";
import { systemClock } from "../src/kernel/clock.ts";
import { createHttp } from "../src/kernel/http.ts";
import { openLog } from "../src/kernel/log.ts";
import { router } from "../src/kernel/rpc.ts";
import { rpcPrefix, rpcServer } from "../src/kernel/rpc-http.ts";
import { testConfig } from "../src/kernel/testing.ts";
import { type Circle, circleOf, closeCircle, openCircle, readerOf, start, stepMs } from "../test/circle-county.ts";
import { type Bench, interleave, type Scenario } from "./harness.ts";

const limit = 20;
/** In seconds a side: a server that runs has its code compiled, which takes slow machines that long. */
const warmUp = 6;
const posts = 60_000;
const token = "b".repeat(43);
const reader = "01K00000000000000000000000";

/**
 * Both sides answer a page of 20 posts over HTTP to 50 connections, as one verified villager. Ours: `circle.feed` through
 * the whole stack but the look-up of the session, with who may see what. The limit: a bare Fastify route that runs the one
 * join with names, places, cases and likes by mysql2 `execute` and sends its rows as they come. `hot`: the first page of one
 * village. `cold`: pages of many villages, every request another place in them, so that no kept page is ever given.
 */
async function measure({ databaseUrl }: Bench, cold: boolean): Promise<{ ours: number; limit: number }> {
  const circle = await openCircle(databaseUrl, posts, 200);
  const ours = await product(circle);
  const bare = raw(circle);
  const ourBase = await ours.listen({ host: "127.0.0.1", port: 0 });
  const bareBase = await bare.listen({ host: "127.0.0.1", port: 0 });
  const villages = cold ? circle.villages : circle.villages.slice(0, 1);
  const anywhere = `${start}-${start + posts * stepMs}`;
  const asked = (path: (village: string, before: string | null) => string) =>
    villages.map((village) => path(village, cold ? anywhere : null));
  try {
    const village = villages[0] ?? "";
    await sameIds(`${ourBase}${ourPath(village, null)}`, `${bareBase}${barePath(village, null)}`);
    return await interleave(rate(ourBase, asked(ourPath), cold), rate(bareBase, asked(barePath), cold), 11, warmUp);
  } finally {
    await Promise.all([ours.close(), bare.close()]);
    await closeCircle(circle);
  }
}

const ourPath = (village: string, cursor: string | null): string =>
  `${rpcPrefix}/circle.feed?input=${encodeURIComponent(JSON.stringify({ village, limit, ...(cursor ? { cursor } : {}) }))}`;
const barePath = (village: string, before: string | null): string => `/raw/${village}?before=${before ?? "Z"}`;
const headers = { authorization: `Bearer ${token}`, "x-client": "weapp/1.0.0" };

async function product({ db, villages }: Circle): Promise<FastifyInstance> {
  const config = testConfig({ RATE_ADDRESS: "1000000", RATE_ACCOUNT: "1000000" });
  const log = openLog("error");
  const app = await createHttp({ config, log, pressure: { maxEventLoopDelay: 0, maxEventLoopUtilization: 0 } });
  const caller = readerOf(villages, reader);
  const settings = { router: router({ circle: circleOf() }), db, clock: systemClock, log, config };
  const resolveCaller = async (given: string) => (given === token ? caller : null);
  await app.register(rpcServer({ ...settings, resolveCaller, onCall: () => undefined }), { prefix: rpcPrefix });
  return app;
}

function raw({ db }: Circle): FastifyInstance {
  const app = Fastify();
  app.get<{ Params: { village: string }; Querystring: { before: string } }>("/raw/:village", async (request) => {
    const { village } = request.params;
    const { before } = request.query;
    const [rows] = await db.pool.execute(page, [village, before, village, before, reader]);
    return { items: rows };
  });
  return app;
}

/** Both shelves of a verified villager, newest first, with all that a card shows. */
const shelf = (number: number): string =>
  `(SELECT id FROM post WHERE village = ? AND shelf = ${number} AND id < ? ORDER BY id DESC LIMIT ${limit + 1})`;
const page = `SELECT p.id, p.village, r.name AS place_name, p.kind, p.audience, p.created_at, p.author, v.name, p.mark, p.title,
    p.text, p.photos, p.place, p.edited_at, p.deleted_at, p.check_state, p.likes, p.comments, p.answer, l.person AS liked,
    c.id AS case_id, c.state, c.region, c.round_kind, c.due_at, c.accepted_at, c.finished_at, c.outcome, c.reason
  FROM (${shelf(1)} UNION ALL ${shelf(2)} ORDER BY id DESC LIMIT ${limit + 1}) AS f
  JOIN post p ON p.id = f.id JOIN region r ON r.code = p.village
  LEFT JOIN villager v ON v.region = p.village AND v.state = 'verified' AND v.person_id = p.author
  LEFT JOIN case_file c ON c.id = p.case_id LEFT JOIN post_like l ON l.post = p.id AND l.person = ?
  ORDER BY p.id DESC`;

/** The two sides must read the same rows, or nothing is compared. */
async function sameIds(ours: string, bare: string): Promise<void> {
  const [a, b] = await Promise.all([ours, bare].map(async (url) => (await fetch(url, { headers })).text()));
  const ids = (text = "") =>
    [...text.matchAll(/"id":"(\w{26})","village"/g)]
      .map((match) => match[1])
      .slice(0, limit)
      .join();
  if (ids(a) === "" || ids(a) !== ids(b))
    throw new Error(`the two sides do not answer the same posts: ${a?.slice(0, 200)}`);
}

const rate = (url: string, paths: string[], cold: boolean) => async (): Promise<number> => {
  const setup = cold ? { setupRequest: new URL("anew.cjs", import.meta.url).pathname } : {};
  const requests = paths.map((path) => ({ method: "GET" as const, path, headers, ...setup }));
  const result = await autocannon({ url, requests, connections: 50, duration: 1, workers: 1 });
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${url} did not answer well`);
  return result.requests.average;
};

export const scenarios: Scenario[] = [
  { scenario: "feed", unit: "req/s", run: (bench) => measure(bench, false) },
  { scenario: "feed-cold", unit: "req/s", run: (bench) => measure(bench, true) },
];
