import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { type S3Control, type Started, startS3 } from "@weimenhu/sandbox";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { makeStreamDial } from "../../../../server/src/kernel/dial-stream.ts";
import { env, faultOf, quick } from "../wire-help.ts";
import { nothing, signV4 } from "./s3.client.ts";
import { type S3Settings, s3Storage } from "./s3.ts";

let vendor: Started<S3Control>;
beforeAll(async () => {
  vendor = await startS3();
});
afterAll(() => vendor.close());
beforeEach(() => vendor.control.clearFaults());

const adapter = (more: Partial<S3Settings> = {}) =>
  s3Storage({
    dial: makeStreamDial({ system: "s3", ...quick }),
    now: Date.now,
    endpoint: env(vendor, "S3_ENDPOINT"),
    region: env(vendor, "S3_REGION"),
    bucket: env(vendor, "S3_BUCKET"),
    accessKey: env(vendor, "S3_ACCESS_KEY"),
    secret: env(vendor, "S3_SECRET"),
    pathStyle: true,
    ...more,
  });
const bytes = Buffer.from("a photo of the village road".repeat(200));
const source = { bytes: bytes.length, open: () => Readable.from([bytes]) };
const name = `${"a".repeat(64)}.jpg`;

const published = {
  accessKey: "AKIAIOSFODNN7EXAMPLE",
  secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  region: "us-east-1",
};
const call = {
  host: "examplebucket.s3.amazonaws.com",
  query: {},
  headers: {},
  payload: nothing,
  date: "20130524T000000Z",
};

test.each([
  [
    "reads a part",
    { method: "GET", path: "/test.txt", headers: { range: "bytes=0-9" } },
    "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
  ],
  [
    "puts",
    {
      method: "PUT",
      path: "/test$file.text",
      headers: { date: "Fri, 24 May 2013 00:00:00 GMT", "x-amz-storage-class": "REDUCED_REDUNDANCY" },
      payload: createHash("sha256").update("Welcome to Amazon S3.").digest("hex"),
    },
    "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
  ],
  [
    "lists",
    { method: "GET", path: "/", query: { prefix: "J", "max-keys": "2" } },
    "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
  ],
] as const)("the signature of a call that %s equals the published example", (_, more, signature) => {
  expect(signV4(published, { ...call, ...more }).authorization).toContain(`Signature=${signature}`);
});

test.each([
  ["5xx", "down"],
  ["rate-limit", "down"],
  ["drop", "down"],
] as const)("%s at every try is a fault of kind %s; at two of three it is none", async (kind, expected) => {
  vendor.control.fault({ kind, times: 3 });
  expect((await faultOf(adapter().has(name))).kind).toBe(expected);
  vendor.control.fault({ kind, times: 2 });
  expect(await adapter().has(name)).toBe(false);
});

test("a put whose answer was lost is put again, and is there once", async () => {
  vendor.control.fault({ kind: "lost", on: "PUT" });
  await adapter().put(name, source);
  expect(vendor.control.content(`m/${name}`)).toBe(bytes.toString("base64"));
});

test("an answer that takes too long is a fault", async () => {
  vendor.control.fault({ kind: "delay", ms: 400, times: 3 });
  const dial = makeStreamDial({ system: "s3", ...quick, timeoutMs: 50 });
  expect((await faultOf(adapter({ dial }).has(name))).kind).toBe("timeout");
});

test("a body that is cut ends in a fault, never in half a file", async () => {
  await adapter().put(name, source);
  vendor.control.fault({ kind: "cut" });
  const found = await adapter().find(name);
  const stream = await found?.stream();
  expect((await faultOf(buffer(stream ?? Readable.from([])))).kind).toBe("down");
});

test.each([
  ["secret", { secret: "S3CRET" }, "SignatureDoesNotMatch"],
  ["key", { accessKey: "S3CRET" }, "InvalidAccessKeyId"],
  ["region", { region: "elsewhere" }, "AuthorizationHeaderMalformed"],
  ["clock", { now: () => Date.now() - 16 * 60_000 }, "RequestTimeTooSkewed"],
  ["bucket", { bucket: "another" }, "NoSuchBucket"],
])("a wrong %s is ours to mend: nothing is stored, and no secret is told", async (_what, wrong, detail) => {
  const before = vendor.control.keys();
  const other = adapter(wrong);
  const fault = await faultOf(other.put(`${"b".repeat(64)}.jpg`, source));
  expect(fault.kind).toBe("config");
  expect(JSON.stringify(fault) + fault.stack).not.toContain("S3CRET");
  expect(await other.check()).toEqual({ ok: false, why: `s3: config (${detail})` });
  expect(vendor.control.keys()).toEqual(before);
});

test("bytes that were changed on their way are refused by the store", async () => {
  let reading = 0;
  const changing = {
    bytes: 4,
    open: () => Readable.from([Buffer.from(++reading === 1 ? "good" : "evil")]),
  };
  const fault = await faultOf(adapter().put(`${"c".repeat(64)}.jpg`, changing));
  expect([fault.kind, fault.detail]).toEqual(["bad-answer", "XAmzContentSHA256Mismatch"]);
  expect(vendor.control.content(`m/${"c".repeat(64)}.jpg`)).toBeUndefined();
});

test("nothing is asked while a transaction is open", async () => {
  const dial = makeStreamDial({ system: "s3", ...quick, insideTx: () => true });
  await expect(adapter({ dial }).has(name)).rejects.toThrow("inside a transaction");
});
