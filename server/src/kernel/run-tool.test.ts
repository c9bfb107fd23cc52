import { spawnSync } from "node:child_process";
import path from "node:path";
import { expect, test } from "vitest";
import { testEnv } from "./testing.ts";

const root = path.resolve(import.meta.dirname, "../../..");
const start = (tool: string, words: readonly string[], env: Record<string, string> = {}) =>
  spawnSync(process.execPath, ["--import", "tsx", `server/src/tools/${tool}.ts`, ...words], {
    cwd: root,
    env: testEnv(env),
    encoding: "utf8",
  });
const run = (tool: string, options: Record<string, string>, env: Record<string, string>) =>
  start(
    tool,
    Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]),
    env,
  );

test("a setting at fault ends a tool with exit code 2 and its name", () => {
  const { status, stderr } = run("config-check", {}, { TRUST_PROXY: "nonsense" });
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: expect.stringMatching(/\n {2}TRUST_PROXY: must be [^\n]+\n$/),
  });
});

test("the check for the launch refuses what may stand only while a site is set up", () => {
  const { status, stderr } = run("config-check", { for: "launch" }, { SITE_FILING: "in-preparation" });
  expect(status).toBe(2);
  expect(stderr).toMatch(/NODE_ENV: .*\n {2}SITE_FILING: the filing number must be shown/);
  expect(run("config-check", {}, { SITE_FILING: "in-preparation" }).status).toBe(0);
});

test.each([
  ["keys-rotate", ["k2"], "Unexpected argument 'k2'"],
  ["audit-verify", ["--head", "x"], "Unknown option '--head'"],
])("%s tells a word that it does not take in one line, with exit code 2: %j", (tool, words, told) => {
  const { status, stderr } = start(tool, words);
  expect({ status, stderr: stderr.trim() }).toEqual({ status: 2, stderr: `not understood: ${told}` });
});
