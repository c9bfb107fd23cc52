import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import mysql from "mysql2/promise";
import { afterEach, beforeEach, expect, test } from "vitest";
import { evictOrphan, startServer } from "./mariadb.mjs";
import { alive, until } from "./proc.mjs";

const lib = fileURLToPath(new URL("./mariadb.mjs", import.meta.url));
let home;
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), "weimenhu-home-"));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

async function run(url, statement) {
  const connection = await mysql.createConnection(url);
  const [rows] = await connection.query(statement);
  await connection.end();
  return rows;
}

test("what was committed is there after the starter was killed without warning", async () => {
  const script = `import { startServer } from ${JSON.stringify(lib)}; console.log((await startServer(${JSON.stringify(home)})).url); setInterval(() => 0, 1000);`;
  const starter = spawn(process.execPath, ["--input-type=module", "-e", script]);
  const url = String(await new Promise((resolve) => starter.stdout.once("data", resolve))).trim();
  await run(url, "CREATE TABLE kept (n int)");
  await run(url, "INSERT INTO kept VALUES (7)");
  starter.kill("SIGKILL");
  const again = await startServer(home);
  expect(await run(again.url, "SELECT n FROM kept")).toEqual([{ n: 7 }]);
  await again.stop();
});

test("a first start that was broken off while it made the folder is begun anew", async () => {
  mkdirSync(path.join(home, "data.half", "mysql"), { recursive: true });
  const server = await startServer(home);
  expect(await run(server.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  await server.stop();
});

test("a folder so deep that its socket's path is too long serves all the same", async () => {
  const server = await startServer(path.join(home, "d".repeat(120)));
  expect(await run(server.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  await server.stop();
});

test("a process that only has the pid of an earlier database is left alone", async () => {
  const stranger = spawn("sleep", ["60"]);
  await new Promise((resolve) => stranger.on("spawn", resolve));
  mkdirSync(path.join(home, "run"));
  writeFileSync(path.join(home, "run", "server.pid"), String(stranger.pid));
  await evictOrphan(home);
  expect(alive(stranger.pid)).toBe(true);
  stranger.kill();
});

test("a database whose starter is gone makes room for the next start", async () => {
  const server = await startServer(home);
  const pid = Number(readFileSync(path.join(home, "run", "server.pid"), "utf8"));
  await evictOrphan(home);
  expect(await until(() => !alive(pid), 5_000)).toBe(true);
  await server.stop();
});
