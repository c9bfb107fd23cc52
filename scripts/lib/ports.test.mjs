import { mkdtempSync, rmSync } from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { mustBeFree, sandboxPorts } from "./ports.mjs";

let dir;
let taken = [];
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), "weimenhu-ports-"));
});
afterEach(async () => {
  for (const server of taken) await new Promise((resolve) => server.close(resolve));
  taken = [];
  rmSync(dir, { recursive: true });
});
const take = (port) =>
  new Promise((resolve, reject) => {
    const server = net.createServer().once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve(server.address().port));
    taken.push(server);
  });

test("the sandboxes of a data folder keep their ports when the county is started on another one", async () => {
  const first = await sandboxPorts(31_000, dir);
  expect(first.base).toBeGreaterThanOrEqual(31_100);
  expect(await sandboxPorts(32_000, dir)).toEqual(first);
  await expect(sandboxPorts(first.base + 6, dir)).rejects.toThrow("one of the sandboxes'");
});

test("ports that are in use are passed over the first time, and said later, and not forgotten", async () => {
  const { base } = await sandboxPorts(33_000, dir);
  await take(base + 3);
  expect(await sandboxPorts(33_000, dir)).toEqual({
    base: 0,
    remark: expect.stringContaining(`${base} to ${base + 6}`),
  });
  const other = mkdtempSync(path.join(tmpdir(), "weimenhu-ports-"));
  const second = await sandboxPorts(33_000, other);
  rmSync(other, { recursive: true });
  expect(second.base).toBeGreaterThan(base);
  await new Promise((resolve) => taken.pop().close(resolve));
  expect(await sandboxPorts(33_000, dir)).toEqual({ base });
});

test("a port that was taken while the county was built is named in one line", async () => {
  const port = await take(0);
  await expect(mustBeFree(port)).rejects.toThrow(new RegExp(`^Port ${port} is in use[^\n]+$`));
});
