import net from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ConfigFault } from "../src/kernel/config.ts";
import { plainly } from "../src/kernel/run-tool.ts";
import { testConfig } from "../src/kernel/testing.ts";
import { serve } from "../src/main.ts";
import { freshDatabase } from "./database/index.ts";
import { beginSeed } from "./seed/state.ts";

let home: Awaited<ReturnType<typeof freshDatabase>>;
beforeAll(async () => {
  home = await freshDatabase();
});
afterAll(() => home.drop());

const settings = (env: Record<string, string> = {}) =>
  testConfig({ DATABASE_URL: home.url, PORT: "0", METRICS_PORT: "0", SITE_FILES: "none", HOST: "127.0.0.1", ...env });
const told = async (work: Promise<unknown>) =>
  work.then(
    () => "started",
    (fault: unknown) => plainly(fault) ?? `not plain: ${fault}`,
  );

test("a server without Alipay's keys starts in development; with other keys of its own it does not", async () => {
  const running = await serve(settings(), { quiet: true });
  for (const step of running.steps) await step.run();
  const other = settings({ INDEX_KEY: "0badc0de".repeat(8) });
  expect(await told(serve(other, { quiet: true }))).toContain("INDEX_KEY: is not the one");
});

test("keys of an outside system that cannot be used, and a database that is not there, are told in one line", async () => {
  const garbage = await told(serve(settings({ ALIPAY_PRIVATE_KEY: "garbage" }), { quiet: true }));
  expect(garbage).toMatch(/^the settings of alipay cannot be used: [^\n]+$/);
  const nowhere = await told(serve(settings({ DATABASE_URL: "mysql://nobody@127.0.0.1:1/none" }), { quiet: true }));
  expect(nowhere).toMatch(/^the database cannot be reached \(DATABASE_URL\): [^\n]+$/);
});

test("where nobody can listen, and a folder that holds no clients, are told by the setting's name", async () => {
  const taken = net.createServer();
  await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
  const port = String((taken.address() as net.AddressInfo).port);
  const start = (env: Record<string, string>) => told(serve(settings(env), { quiet: true }));
  expect(await start({ PORT: port })).toMatch(`\n  PORT: ${port} is in use by another program`);
  expect(await start({ METRICS_PORT: port })).toMatch(`\n  METRICS_PORT: ${port} is in use by another program`);
  expect(await start({ HOST: "192.0.2.1" })).toMatch("\n  HOST: 192.0.2.1 is not an address of this machine");
  expect(await start({ SITE_FILES: "/nope" })).toMatch("\n  SITE_FILES: there is no /nope/miniapp/dist/h5");
  await new Promise((resolve) => taken.close(resolve));
});

test("production refuses the demo county's database", async () => {
  await beginSeed(home.url);
  await expect(serve({ ...settings(), NODE_ENV: "production" }, { quiet: true })).rejects.toThrow(ConfigFault);
  await expect(serve({ ...settings(), NODE_ENV: "production" }, { quiet: true })).rejects.toThrow("demo county");
});
