import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { lockDataDir } from "./lock.mjs";

let dir;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), "weimenhu-lock-"));
});
afterEach(() => rmSync(dir, { recursive: true }));
const held = (pid) => writeFileSync(path.join(dir, "start.lock"), JSON.stringify({ pid }));

test("a folder that another start is using is refused, and the refusal names the process", async () => {
  const other = spawn(process.execPath, ["-e", "setInterval(() => 0, 1000)", "scripts/start.mjs"]);
  await new Promise((resolve) => other.on("spawn", resolve));
  held(other.pid);
  try {
    expect(() => lockDataDir(dir)).toThrow(`process ${other.pid}`);
  } finally {
    other.kill();
  }
});

test("the note of a start that was killed is void", () => {
  held(spawnSync(process.execPath, ["-e", "0"]).pid);
  lockDataDir(dir)();
  expect(lockDataDir(dir)).toBeTypeOf("function");
});

test("a pid that another program has by now is not taken for a start", () => {
  held(process.pid);
  expect(lockDataDir(dir)).toBeTypeOf("function");
});
