import { clamd } from "@weimenhu/connectors/adapters";
import { type ClamdControl, demoVirus, type S3Control, type Started, startClamd, startS3 } from "@weimenhu/sandbox";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type MediaKit, mediaKit, pdf, photo } from "../../../test/media-kit.ts";
import { key, personOf, village } from "../../../test/notices-kit.ts";
import { s3On } from "../../../test/stores.ts";
import { insideTx } from "../../kernel/tx.ts";
import { storePicture } from "./index.ts";

/** Uploads with a store and a scanner outside. */
let bucket: Started<S3Control>;
let scanner: Started<ClamdControl>;
let media: MediaKit;
beforeAll(async () => {
  bucket = await startS3();
  scanner = await startClamd();
  const scan = clamd({ address: scanner.url, insideTx, timeoutMs: 300 });
  media = await mediaKit({ storage: s3On(bucket), scan });
});
afterAll(async () => {
  await media.close();
  await scanner.close();
  await bucket.close();
});
beforeEach(() => {
  bucket.control.clearFaults();
  scanner.control.clearFaults();
});

const villager = personOf(null, village, { villager: [village] });
let width = 40;
const fresh = () => photo(++width, 30);
const rows = async () => Number((await media.kit.db.rows<{ n: number }>("SELECT COUNT(*) AS n FROM media"))[0]?.n);
/** What is kept, in the bucket and in the table. */
const kept = async () => [bucket.control.keys().length, await rows()];

test("a photo lies in the bucket in three sizes, and is given from there, whole and in parts", async () => {
  const { stored } = await media.send(await fresh(), "a.jpg", { by: villager });
  const name = stored.url.slice(3).split("?")[0] ?? "";
  const base = name.replace(".jpg", "");
  expect(bucket.control.keys()).toEqual([`m/${base}-320.jpg`, `m/${base}-800.jpg`, `m/${name}`]);
  const whole = await media.app.inject({ url: stored.url });
  expect([whole.statusCode, whole.rawPayload.toString("base64")]).toEqual([200, bucket.control.content(`m/${name}`)]);
  const part = await media.app.inject({ url: stored.url, headers: { range: "bytes=5-9" } });
  expect([part.statusCode, part.rawPayload.equals(whole.rawPayload.subarray(5, 10))]).toEqual([206, true]);
});

describe("with the store away", () => {
  test.each(["drop", "5xx"] as const)("an upload is told to come again, and leaves no row (%s)", async (kind) => {
    const before = await kept();
    const bytes = await fresh();
    const same = { by: villager, key: key() };
    bucket.control.fault({ kind, times: 0 });
    expect(await media.send(bytes, "a.jpg", same)).toMatchObject({ status: 503, word: "OUTSIDE_DOWN" });
    expect(await kept()).toEqual(before);
    bucket.control.clearFaults();
    expect((await media.send(bytes, "a.jpg", same)).status).toBe(200);
  });

  test("a picture that is asked for is away, not missing, and is there again when the store is", async () => {
    const { stored } = await media.send(await fresh(), "a.jpg", { by: villager });
    bucket.control.fault({ kind: "drop", times: 3 });
    const away = await media.app.inject({ url: stored.url });
    expect([away.statusCode, away.headers["cache-control"], away.headers.etag]).toEqual([503, "no-store", undefined]);
    expect(away.json().error.data.refusal.word).toBe("OUTSIDE_DOWN");
    expect((await media.app.inject({ url: stored.url })).statusCode).toBe(200);
  });
});

describe("the scanner", () => {
  test("keeps an infected photo, paper or portal picture out, and says so", async () => {
    const before = await kept();
    const infected = Buffer.concat([await fresh(), demoVirus]);
    expect(await media.send(infected, "a.jpg", { by: villager })).toMatchObject({ status: 415, word: "FILE_INFECTED" });
    expect((await media.send(Buffer.concat([pdf, demoVirus]), "a.pdf")).word).toBe("FILE_INFECTED");
    const house = { db: media.kit.db, clock: media.kit.clock, files: media.store };
    const brought = storePicture(house, { by: villager.personId, key: key(), name: "a", bytes: infected });
    await expect(brought).rejects.toThrow("FILE_INFECTED");
    expect(await kept()).toEqual(before);
    expect(media.incoming()).toEqual([]);
  });

  test.each(["drop", "lost", "malformed", "cut"] as const)(
    "that gives no answer (%s) lets nothing in, and the same photo goes in later",
    async (kind) => {
      const before = await kept();
      const bytes = await fresh();
      const same = { by: villager, key: key() };
      scanner.control.fault({ kind });
      expect(await media.send(bytes, "a.jpg", same)).toMatchObject({ status: 503, word: "FILE_UNCHECKED" });
      expect(await kept()).toEqual(before);
      expect((await media.send(bytes, "a.jpg", same)).status).toBe(200);
    },
  );

  test("that takes too long lets nothing in", async () => {
    const before = await kept();
    scanner.control.fault({ kind: "delay", ms: 600 });
    expect((await media.send(await fresh(), "a.jpg", { by: villager })).word).toBe("FILE_UNCHECKED");
    expect(await kept()).toEqual(before);
  });

  test("sees every byte of what is kept, before it is drawn anew", async () => {
    const bytes = await fresh();
    await media.send(bytes, "a.jpg", { by: villager });
    expect(scanner.control.scanned().at(-1)).toBe(bytes.length);
  });
});
