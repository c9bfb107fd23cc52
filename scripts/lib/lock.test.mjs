import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
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

test("of several starts over the note of one that was killed, exactly one gets the folder", async () => {
  const folder = path.join(dir, "scripts");
  mkdirSync(folder);
  const start = path.join(folder, "start.mjs");
  const lock = new URL("./lock.mjs", import.meta.url).href;
  writeFileSync(
    start,
    `import { lockDataDir } from ${JSON.stringify(lock)};
    while (Date.now() < Number(process.argv[2]));
    try { lockDataDir(${JSON.stringify(dir)}); console.log("mine"); } catch { console.log("taken"); }
    process.stdin.resume();`,
  );
  for (let round = 0; round < 4; round += 1) {
    held(2 ** 22 - 1 - round);
    const at = String(Date.now() + 700);
    const starts = Array.from({ length: 5 }, () =>
      spawn(process.execPath, [start, at], { stdio: ["pipe", "pipe", "inherit"] }),
    );
    const words = await Promise.all(starts.map(async (one) => String((await once(one.stdout, "data"))[0]).trim()));
    for (const one of starts) one.kill("SIGKILL");
    await Promise.all(
      starts.filter((one) => one.exitCode === null && one.signalCode === null).map((one) => once(one, "exit")),
    );
    expect(words.toSorted()).toEqual(["mine", "taken", "taken", "taken", "taken"]);
  }
}, 60_000);
