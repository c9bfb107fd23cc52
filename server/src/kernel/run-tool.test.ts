import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { sealer } from "./seal.ts";
import { testConfig, testEnv } from "./testing.ts";

const root = path.resolve(import.meta.dirname, "../../..");
const start = (tool: string, words: readonly string[], env: Record<string, string> = {}, input = "") =>
  spawnSync(process.execPath, ["--import", "tsx", `server/src/tools/${tool}.ts`, ...words], {
    cwd: root,
    env: testEnv(env),
    encoding: "utf8",
    input,
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

test("what the audit calls a line of a roster is told for an ID number that is typed, however it is written", () => {
  const seal = sealer(testConfig());
  const { status, stdout } = start("roster-index", [], {}, " 99010119900307004x\n99010119900307004X\n\n1234\n");
  expect(status).toBe(0);
  const [first, second, third] = stdout.trim().split("\n");
  expect(first).toMatch(/^1: [0-9a-f]{64}$/);
  expect(second).toBe(first?.replace("1:", "2:"));
  expect(third).toBe("3: no ID number");
  expect(first).toContain(seal.blindIndex("99010119900307004X", "id-card"));
});

test("the check for the launch refuses what may stand only while a site is set up", () => {
  const { status, stderr } = run("config-check", { for: "launch" }, { SITE_FILING: "in-preparation" });
  expect(status).toBe(2);
  expect(stderr).toMatch(/NODE_ENV: .*\n {2}SITE_FILING: the filing number must be shown/);
  expect(run("config-check", {}, { SITE_FILING: "in-preparation" }).status).toBe(0);
});

test("the check of the settings names all faults of the files and of the launch in one round", () => {
  const gbk = path.join(mkdtempSync(path.join(tmpdir(), "words-")), "words.txt");
  // 高利贷 as an old editor saves it.
  writeFileSync(gbk, Buffer.from([0xb8, 0xdf, 0xc0, 0xfb, 0xb4, 0xfb]));
  const files = { CIRCLE_WORDS_FILE: gbk, WORKDAYS_FILE: path.join(gbk, "none.json"), SITE_FILING: "in-preparation" };
  const { status, stderr } = run("config-check", { for: "launch" }, files);
  expect(status).toBe(2);
  expect([...stderr.matchAll(/^ {2}([A-Z_]+):/gm)].map(([, name]) => name)).toEqual([
    "CIRCLE_WORDS_FILE",
    "WORKDAYS_FILE",
    "NODE_ENV",
    "SITE_FILING",
  ]);
  expect(run("config-check", {}, { CIRCLE_WORDS_FILE: gbk }).status).toBe(2);
});

test.each([
  ["keys-rotate", ["k2"], "Unexpected argument 'k2'"],
  ["roster-index", ["99010119900307004X"], "Unexpected argument '99010119900307004X'"],
  ["audit-verify", ["--head", "x"], "Unknown option '--head'"],
])("%s tells a word that it does not take in one line, with exit code 2: %j", (tool, words, told) => {
  const { status, stderr } = start(tool, words);
  expect({ status, stderr: stderr.trim() }).toEqual({ status: 2, stderr: `not understood: ${told}` });
});
