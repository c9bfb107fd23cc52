import { spawnSync } from "node:child_process";
import path from "node:path";
import { expect, test } from "vitest";
import { testEnv } from "./testing.ts";

const root = path.resolve(import.meta.dirname, "../../..");
const run = (tool: string, ...words: string[]) =>
  spawnSync(process.execPath, ["--import", "tsx", `server/src/tools/${tool}.ts`, ...words], {
    cwd: root,
    env: testEnv(),
    encoding: "utf8",
  });

test.each([
  ["keys-rotate", ["k2"], "Unexpected argument 'k2'"],
  ["audit-verify", ["--head", "x"], "Unknown option '--head'"],
])("%s tells a word that it does not take in one line, with exit code 2: %j", (tool, words, told) => {
  const { status, stderr } = run(tool, ...words);
  expect({ status, stderr: stderr.trim() }).toEqual({ status: 2, stderr: `not understood: ${told}` });
});
