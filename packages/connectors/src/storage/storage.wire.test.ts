import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { type S3Control, type Started, startS3 } from "@weimenhu/sandbox";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeStreamDial } from "../../../../server/src/kernel/dial-stream.ts";
import { env, quick } from "../wire-help.ts";
import { localStorage } from "./local.ts";
import type { Source, Storage } from "./port.ts";
import { s3Storage } from "./s3.ts";

const dir = mkdtempSync(path.join(tmpdir(), "weimenhu-storage-"));
let vendor: Started<S3Control>;
beforeAll(async () => {
  vendor = await startS3({ pageSize: 3 });
});
afterAll(async () => {
  await vendor.close();
  rmSync(dir, { recursive: true, force: true });
});

const source = (bytes: Uint8Array): Source => ({ bytes: bytes.length, open: () => Readable.from([bytes]) });
const nameOf = (bytes: Uint8Array, rest = ".jpg") => `${createHash("sha256").update(bytes).digest("hex")}${rest}`;
const all = async (names: AsyncIterable<string>) => {
  const found: string[] = [];
  for await (const name of names) found.push(name);
  return found.toSorted();
};

/** What every store promises. */
describe.each([
  ["a folder", () => localStorage(dir)],
  [
    "an S3 bucket",
    async () =>
      s3Storage({
        dial: makeStreamDial({ system: "s3", ...quick }),
        now: Date.now,
        endpoint: env(vendor, "S3_ENDPOINT"),
        region: env(vendor, "S3_REGION"),
        bucket: env(vendor, "S3_BUCKET"),
        accessKey: env(vendor, "S3_ACCESS_KEY"),
        secret: env(vendor, "S3_SECRET"),
        pathStyle: true,
      }),
  ],
] as const)("%s", (_, open) => {
  let storage: Storage;
  beforeAll(async () => {
    storage = await open();
  });
  /** A file of its own for each test. */
  async function kept(length = 3_000) {
    const bytes = randomBytes(length);
    const name = nameOf(bytes);
    await storage.put(name, source(bytes));
    return { bytes, name };
  }
  const read = async (name: string, part?: { from: number; to: number }) => {
    const found = await storage.find(name);
    return found ? buffer(await found.stream(part)) : undefined;
  };

  test("gives back what was put, whole and in parts, and knows how long it is", async () => {
    const { bytes, name } = await kept();
    expect(await storage.has(name)).toBe(true);
    expect((await storage.find(name))?.bytes).toBe(bytes.length);
    expect((await read(name))?.equals(bytes)).toBe(true);
    for (const [from, to] of [
      [0, 0],
      [10, 99],
      [2_999, 2_999],
      [0, 2_999],
    ] as const)
      expect((await read(name, { from, to }))?.equals(bytes.subarray(from, to + 1))).toBe(true);
  });

  test("carries twenty megabytes byte by byte", async () => {
    const { bytes, name } = await kept(20 << 20);
    expect((await read(name))?.equals(bytes)).toBe(true);
  });

  test("has nothing under a name that was never put, and takes nothing aside there", async () => {
    const name = nameOf(randomBytes(9));
    expect([await storage.has(name), await storage.find(name), await storage.setAside(name)]).toEqual([
      false,
      undefined,
      false,
    ]);
    await storage.bringBack(name);
    await storage.dropAside(name);
    expect(await storage.has(name)).toBe(false);
  });

  test("keeps one file however often it is put, also at the same moment", async () => {
    const bytes = randomBytes(5_000);
    const name = nameOf(bytes);
    await Promise.all([1, 2, 3].map(() => storage.put(name, source(bytes))));
    await storage.put(name, source(bytes));
    expect((await all(storage.names())).filter((one) => one === name)).toEqual([name]);
    expect((await read(name))?.equals(bytes)).toBe(true);
  });

  test("a file whose bytes end too early is not there afterwards", async () => {
    const bytes = randomBytes(5_000);
    const name = nameOf(bytes);
    const short = { bytes: 5_000, open: () => Readable.from([bytes.subarray(0, 2_000)]) };
    await expect(storage.put(name, short)).rejects.toThrow(/not as many bytes|^s3: /);
    const broken = {
      bytes: 5_000,
      open: () =>
        Readable.from(
          (async function* () {
            yield bytes.subarray(0, 2_000);
            throw new Error("the disk is gone");
          })(),
        ),
    };
    await expect(storage.put(name, broken)).rejects.toThrow("the disk is gone");
    expect(await storage.has(name)).toBe(false);
  });

  test("takes a file from its name and brings it back, or drops it", async () => {
    const { bytes, name } = await kept();
    expect(await storage.setAside(name)).toBe(true);
    expect([await storage.has(name), await all(storage.aside())]).toEqual([false, [name]]);
    await storage.bringBack(name);
    expect([(await read(name))?.equals(bytes), await all(storage.aside())]).toEqual([true, []]);
    await storage.setAside(name);
    await storage.dropAside(name);
    expect([await storage.has(name), await all(storage.aside())]).toEqual([false, []]);
  });

  test("a file that came in again while the old one was aside stays when that is dropped", async () => {
    const { bytes, name } = await kept();
    await storage.setAside(name);
    await storage.put(name, source(bytes));
    await storage.dropAside(name);
    expect((await read(name))?.equals(bytes)).toBe(true);
  });

  test("names everything that lies there, on however many pages, and nothing that is aside", async () => {
    const names = (await Promise.all(Array.from({ length: 8 }, () => kept(20)))).map(({ name }) => name);
    await storage.setAside(names[0] ?? "");
    const found = await all(storage.names());
    expect(names.slice(1).every((name) => found.includes(name))).toBe(true);
    expect(found).not.toContain(names[0]);
    expect(new Set(found).size).toBe(found.length);
    await storage.dropAside(names[0] ?? "");
  });

  test("says that it is well", async () => {
    expect(await storage.check()).toEqual({ ok: true });
  });
});
