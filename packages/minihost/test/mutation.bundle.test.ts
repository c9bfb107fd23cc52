import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectClean, MiniHost, officialSyntax, type Platform } from "../src/index.ts";
import { type Backend, startBackend } from "./backend.ts";
import { PLANTS } from "./plants.ts";
import { sampleDist } from "./sample.ts";
import { PLATFORMS, VIEWS } from "./walk.ts";

let backend: Backend;
let bench: string;
beforeAll(async () => {
  backend = await startBackend();
  bench = mkdtempSync(join(tmpdir(), "minihost-plants-"));
});
afterAll(async () => {
  rmSync(bench, { recursive: true, force: true });
  await backend.close();
});

/** What any project's own test would do: walk through the app and look. Throws when something is wrong. */
async function walk(dist: string, platform: Platform, view: string): Promise<void> {
  const make = VIEWS[view];
  if (!make) throw new Error(`there is no view ${view}`);
  const options = { dist, platform, allow: [backend.origin], storage: { base: backend.origin } };
  const host = await MiniHost.start({ ...options, view: make() });
  try {
    await host.tap({ label: "加一" });
    await host.tap("#inc");
    expect(await host.text("#count")).toBe("数 2");
    await host.tap("#login");
    expect(await host.text("#who")).toContain(platform);
    await host.tap("#load");
    expect(await host.findAll(".row")).toHaveLength(3);
    await host.tap("#item-2 .t");
    expect(await host.text("#deep")).toBe("深处的字");
    await host.tap("#deepbtn");
    expect(await host.text("#state")).toBe("深处点到了");
    await host.tap("#pay");
    expect(await host.text("#state")).toBe("已支付");
    await host.foreground("/pkg/device/index?a=1");
    await host.tap("#upload");
    expect(await host.text("#out")).toContain("201");
    const largest = Math.max(...host.setDatas.map((one) => one.bytes));
    expect(largest, "bytes of the largest setData").toBeLessThanOrEqual(64 * 1024);
  } finally {
    await host.stop();
  }
  expectClean(host);
}

async function planted(platform: Platform, put: (dist: string) => void): Promise<string> {
  const dist = mkdtempSync(join(bench, "dist-"));
  cpSync(sampleDist(platform), dist, { recursive: true });
  put(dist);
  return dist;
}

describe("the bundle as it was built passes the walk", () => {
  for (const platform of PLATFORMS) {
    for (const view of Object.keys(VIEWS)) {
      test(`${platform} in ${view}`, () => walk(sampleDist(platform), platform, view));
    }
  }
});

describe("every planted bug is noticed", () => {
  for (const { bug, platform, by, put } of PLANTS) {
    test(`${platform}: ${bug} (by ${by})`, async () => {
      const dist = await planted(platform, put);
      if (by === "wechat's compilers") expect(officialSyntax(dist)).not.toEqual([]);
      else await expect(walk(dist, platform, by)).rejects.toThrow();
    });
  }
});
