import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { root } from "./lib/paths.mjs";

let dir;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), "weimenhu-run-"));
});
afterEach(() => rmSync(dir, { recursive: true }));
const run = (tool, env) => {
  const { DATABASE_URL: _url, SEAL_KEYS: _seal, INDEX_KEY: _index, AUDIT_KEY: _audit, ...rest } = process.env;
  const options = { cwd: root, encoding: "utf8", env: { ...rest, NODE_ENV: "development", ...env } };
  const { status, stderr } = spawnSync(process.execPath, ["scripts/run.mjs", tool], options);
  return { status, stderr: stderr.trim() };
};

test.each(["audit-verify", "keys-rotate"])("%s says in which folder it found no county, and makes none", (tool) => {
  const nowhere = path.join(dir, "nowhere");
  const { status, stderr } = run(tool, { DATA_DIR: nowhere });
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: expect.stringMatching(new RegExp(`^There is no county's database in ${nowhere}/mariadb\\. [^\\n]+$`)),
  });
  expect(existsSync(nowhere)).toBe(false);
});

test("a tool on a given database makes no keys: with new ones it would find every row broken", () => {
  mkdirSync(path.join(dir, "data"));
  const env = { DATA_DIR: path.join(dir, "data"), DATABASE_URL: "mysql://nobody:secret@127.0.0.1:1/none" };
  const { status, stderr } = run("audit-verify", env);
  expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringMatching(/^There are no keys in [^\n]+$/) });
  expect(readdirSync(env.DATA_DIR)).toEqual([]);
  const key = (n) => n.repeat(64);
  const keys = { SEAL_KEYS: `k1:${key("1")}`, INDEX_KEY: key("2"), AUDIT_KEY: key("3") };
  const away = run("audit-verify", { ...env, ...keys });
  expect(away.stderr).toMatch(/^database: 127\.0\.0\.1:1\/none \(DATABASE_URL\)\nthe database cannot be reached/);
  expect(away.stderr).not.toContain("secret");
  expect(readdirSync(env.DATA_DIR)).toEqual([]);
});
