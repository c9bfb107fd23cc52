import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import http from "node:http";
import path from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { freshDatabase } from "../../test/database/index.ts";
import { type Db, openDb } from "./db.ts";
import { enqueue } from "./outbox.ts";
import { testConfig, testEnv } from "./testing.ts";
import { inTx } from "./tx.ts";

type Child = { process: ChildProcess; base: string; lines: string[] };
let home: Awaited<ReturnType<typeof freshDatabase>>;
let db: Db;
let children: ChildProcess[];
beforeEach(async () => {
  home = await freshDatabase();
  db = openDb(testConfig({ DATABASE_URL: home.url }));
  await db.pool.query(
    "CREATE TABLE effect (id int AUTO_INCREMENT PRIMARY KEY, n int NOT NULL, pid int NOT NULL) ENGINE=InnoDB",
  );
  children = [];
});
afterEach(async () => {
  for (const child of children) child.kill("SIGKILL");
  await db.close();
  await home.drop();
});

async function start(): Promise<Child> {
  const fixture = path.join(import.meta.dirname, "process.fixture.ts");
  const env = testEnv({ DATABASE_URL: home.url });
  const child = spawn(process.execPath, ["--import", "tsx", fixture], { env, stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => lines.push(line));
  await vi.waitFor(() => expect(lines.length).toBeGreaterThan(0), { timeout: 15_000 });
  return { process: child, base: lines[0] ?? "", lines };
}
const put = (kind: string, keys: number[]) =>
  inTx(db, async (tx) => {
    for (const key of keys) await enqueue(tx, { kind, key: String(key), payload: null });
  });
const effects = () => db.rows<{ n: number; pid: number }>("SELECT n, pid FROM effect ORDER BY n");
const get = (url: string, agent: http.Agent) =>
  new Promise<number>((resolve, reject) => {
    http.get(url, { agent }, (res) => res.resume().on("end", () => resolve(res.statusCode ?? 0))).on("error", reject);
  });

test("two processes run each of 200 jobs exactly once", async () => {
  const pair = await Promise.all([start(), start()]);
  await put(
    "effect",
    Array.from({ length: 200 }, (_, n) => n),
  );
  await vi.waitFor(async () => expect((await effects()).length).toBeGreaterThanOrEqual(200), { timeout: 10_000 });
  for (const child of pair) child.process.kill("SIGTERM");
  await Promise.all(pair.map((child) => once(child.process, "exit")));
  expect((await effects()).map((row) => row.n)).toEqual(Array.from({ length: 200 }, (_, n) => n));
  expect(new Set((await effects()).map((row) => row.pid)).size).toBe(2);
});

test("a process whose loop is held up refuses work with 503 and the seconds to wait, says that it is alive, and works again", async () => {
  const child = await start();
  expect(await (await fetch(`${child.base}/spin`)).text()).toBe("begun");
  const refused = await vi.waitUntil(
    async () => {
      const answer = await fetch(`${child.base}/quick`);
      return answer.status === 503 && answer;
    },
    { timeout: 15_000, interval: 10 },
  );
  expect(child.lines).not.toContain("spin ends");
  expect(refused.headers.get("retry-after")).toBe("10");
  expect((await fetch(`${child.base}/healthz`)).status).toBe(200);
  await vi.waitFor(async () => expect(await (await fetch(`${child.base}/quick`)).text()).toBe("done"), {
    timeout: 15_000,
  });
  expect(child.process.exitCode).toBeNull();
});

test("on SIGTERM a request in flight is finished, readiness turns to no, the lease goes back, and the process ends well in time", async () => {
  const child = await start();
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  expect(await get(`${child.base}/readyz`, agent)).toBe(200);
  expect(await get(`${child.base}/healthz`, agent)).toBe(200);
  await put("stuck", [1]);
  await vi.waitFor(async () => expect((await effects()).length).toBe(1));
  const slow = fetch(`${child.base}/slow`).then((answer) => answer.text());
  await vi.waitFor(() => expect(child.lines).toContain("slow begins"));
  const began = performance.now();
  const exited = once(child.process, "exit");
  child.process.kill("SIGTERM");
  // Refused or told 503, whichever comes first; never served as if nothing were.
  await vi.waitFor(async () => expect(await get(`${child.base}/readyz`, agent).catch(() => 503)).toBe(503));
  expect(await slow).toBe("finished");
  expect(await exited).toEqual([0, null]);
  expect(performance.now() - began).toBeLessThan(10_000);
  expect(await db.rows("SELECT state, attempts, token, lease_until FROM outbox")).toEqual([
    { state: "waiting", attempts: 0, token: null, lease_until: null },
  ]);
  agent.destroy();
});

test("not ready without its database, with a migration missing, or when nobody runs the jobs; alive all the same", async () => {
  const child = await start();
  const state = async () => {
    const answer = await fetch(`${child.base}/readyz`);
    return [answer.status, await answer.json()];
  };
  expect(await state()).toEqual([
    200,
    { ready: true, database: "ok", migrations: [], outboxLagSeconds: 0, stopping: false, off: [] },
  ]);
  await db.pool.query("UPDATE migration SET finished = 0 WHERE name = '0001_kernel.sql'");
  expect(await state()).toMatchObject([503, { ready: false, migrations: ["0001_kernel.sql"] }]);
  await db.pool.query("UPDATE migration SET finished = 1");
  await put("unknown", [1]);
  await db.pool.query("UPDATE outbox SET due_at = due_at - INTERVAL 10 MINUTE");
  expect(await state()).toMatchObject([503, { ready: false, outboxLagSeconds: 600 }]);
  await db.pool.query("RENAME TABLE outbox TO outbox_gone");
  expect(await state()).toMatchObject([503, { ready: false, database: "down" }]);
  expect((await fetch(`${child.base}/healthz`)).status).toBe(200);
});
