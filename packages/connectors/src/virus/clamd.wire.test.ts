import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { type ClamdControl, demoVirus, type Started, startClamd } from "@weimenhu/sandbox";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { env, faultOf } from "../wire-help.ts";
import { type ClamdSettings, clamd } from "./clamd.ts";

const dir = mkdtempSync(path.join(tmpdir(), "weimenhu-clamd-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const source = (bytes: Buffer, part = 64 << 10) => ({
  bytes: bytes.length,
  open: () =>
    Readable.from(
      (function* () {
        for (let at = 0; at < bytes.length; at += part) yield bytes.subarray(at, at + part);
      })(),
    ),
});
const clean = Buffer.alloc(300_000, "road ");
const infected = Buffer.concat([clean, demoVirus, clean]);

describe.each([
  ["a port", {}],
  ["a local socket", { path: path.join(dir, "clamd.ctl") }],
])("the scanner on %s", (_, where) => {
  let vendor: Started<ClamdControl>;
  beforeAll(async () => {
    vendor = await startClamd({ ...where, most: 1 << 20 });
  });
  afterAll(() => vendor.close());
  beforeEach(() => vendor.control.clearFaults());
  const scanner = (more: Partial<ClamdSettings> = {}) =>
    clamd({ address: env(vendor, "CLAMD"), insideTx: () => false, timeoutMs: 2_000, ...more });

  test("passes what is clean, however it is cut into parts, and has read every byte of it", async () => {
    for (const part of [1_000, 64 << 10, 1 << 20])
      expect(await scanner().scan(source(clean, part))).toEqual({ clean: true });
    expect(await scanner().scan(source(Buffer.alloc(0)))).toEqual({ clean: true });
    expect(vendor.control.scanned().slice(-4)).toEqual([clean.length, clean.length, clean.length, 0]);
  });

  test("names the virus, also where it lies across two parts", async () => {
    expect(await scanner().scan(source(infected, 7))).toEqual({ no: "infected", virus: "Demo-Test-Signature" });
  });

  test("whose limit is below the file passes nothing, though it hangs up while we send", async () => {
    const before = vendor.control.scanned().length;
    for (const part of [64 << 10, 2 << 20])
      expect((await faultOf(scanner().scan(source(Buffer.alloc(3 << 20, "x"), part)))).system).toBe("clamd");
    expect(vendor.control.scanned()).toHaveLength(before);
  });

  test.each([
    ["drop", "down"],
    ["cut", "down"],
    ["lost", "down"],
    ["malformed", "bad-answer"],
  ] as const)("%s: a fault of kind %s, never a pass", async (kind, expected) => {
    vendor.control.fault({ kind });
    // More than fits into the connection's buffers: the sending has not ended when it hangs up.
    const large = source(Buffer.alloc(900_000, "x"), 1_000);
    expect((await faultOf(scanner().scan(large))).kind).toBe(expected);
    expect(await scanner().scan(source(clean))).toEqual({ clean: true });
  });

  test("that takes too long is a fault", async () => {
    vendor.control.fault({ kind: "delay", ms: 300 });
    expect((await faultOf(scanner({ timeoutMs: 50 }).scan(source(clean)))).kind).toBe("timeout");
  });

  test("a file that cannot be read is no clean file", async () => {
    const broken = {
      bytes: 10,
      open: () =>
        Readable.from(
          (async function* () {
            yield Buffer.from("half");
            throw new Error("the disk is gone");
          })(),
        ),
    };
    await expect(scanner().scan(broken)).rejects.toThrow("the disk is gone");
  });

  test("says that it is well, and is not asked inside a transaction", async () => {
    expect(await scanner().check()).toEqual({ ok: true });
    await expect(scanner({ insideTx: () => true }).scan(source(clean))).rejects.toThrow("inside a transaction");
  });
});

test("a scanner that is not there is a fault that surely did nothing", async () => {
  for (const address of ["127.0.0.1:1", path.join(dir, "none.ctl")]) {
    const away = clamd({ address, insideTx: () => false });
    const fault = await faultOf(away.scan(source(clean)));
    expect([fault.kind, fault.unknown]).toEqual(["down", false]);
    expect(await away.check()).toMatchObject({ ok: false });
  }
});
