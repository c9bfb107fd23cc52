import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { officialSyntax, type Platform } from "../src/index.ts";
import { messageOf } from "../src/values.ts";
import { type Backend, startBackend } from "./backend.ts";
import { PLANTS } from "./plants.ts";
import { walk } from "./round.ts";
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

async function planted(platform: Platform, put: (dist: string) => void): Promise<string> {
  const dist = mkdtempSync(join(bench, "dist-"));
  cpSync(sampleDist(platform), dist, { recursive: true });
  put(dist);
  return dist;
}

describe("the bundle as it was built passes the walk", () => {
  for (const platform of PLATFORMS) {
    for (const view of Object.keys(VIEWS)) {
      test(`${platform} in ${view}`, () => walk(sampleDist(platform), platform, view, backend.origin));
    }
  }
});

describe("every planted bug is noticed, and for its own reason", () => {
  for (const { bug, platform, by, says, put } of PLANTS) {
    test(`${platform}: ${bug} (by ${by})`, async () => {
      const dist = await planted(platform, put);
      const noticed =
        by === "wechat's compilers"
          ? officialSyntax(dist).join("\n")
          : await walk(dist, platform, by, backend.origin).then(() => "nothing", messageOf);
      expect(noticed).toMatch(says);
    });
  }
});
