import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type MediaKit, mediaKit, pdf } from "../../../test/media-kit.ts";

let media: MediaKit;
let url: string;
/** Every place of it can be told from every other. */
const bytes = Buffer.concat([pdf, Buffer.from(Array.from({ length: 3_000 }, (_, i) => `\n${i}`).join(""))]);
const size = bytes.length;
beforeAll(async () => {
  media = await mediaKit();
  url = (await media.send(bytes, "大文件.pdf")).stored.url;
});
afterAll(() => media.close());

const get = (headers: Record<string, string> = {}, method: "GET" | "HEAD" = "GET") =>
  media.app.inject({ url, method, headers });

describe("a download that broke off", () => {
  test.each([
    ["bytes=0-99", 0, 99],
    ["bytes=100-", 100, size - 1],
    ["bytes=-10", size - 10, size - 1],
    [`bytes=5-${size + 500}`, 5, size - 1],
    [`bytes=-${size + 1}`, 0, size - 1],
    [`bytes=${size - 1}-`, size - 1, size - 1],
  ])("goes on with %s and gets just these bytes", async (range, from, to) => {
    const { statusCode, headers, rawPayload } = await get({ range });
    expect([statusCode, headers["content-range"]]).toEqual([206, `bytes ${from}-${to}/${size}`]);
    expect(headers).toMatchObject({ "content-length": String(to - from + 1), "content-type": "application/pdf" });
    expect(rawPayload.equals(bytes.subarray(from, to + 1))).toBe(true);
  });

  test.each([`bytes=${size}-`, "bytes=-0", "bytes=999999999-999999999"])(
    "that asks beyond the end (%s) learns how long the file is",
    async (range) => {
      const { statusCode, headers, rawPayload } = await get({ range });
      expect([statusCode, headers["content-range"], rawPayload.length]).toEqual([416, `bytes */${size}`, 0]);
    },
  );

  test.each(["bytes=0-1,5-6", "bytes=9-3", "bytes=-", "bytes=a-b", "lines=1-2", `bytes=${"9".repeat(40)}-`])(
    "that asks in another way (%s) gets the whole",
    async (range) => {
      const { statusCode, headers, rawPayload } = await get({ range });
      expect([statusCode, headers["content-range"], headers["accept-ranges"]]).toEqual([200, undefined, "bytes"]);
      expect(rawPayload.equals(bytes)).toBe(true);
    },
  );

  test("gets a part only of what it has begun with", async () => {
    const etag = String((await get()).headers.etag);
    const range = "bytes=10-19";
    expect((await get({ range, "if-range": etag })).statusCode).toBe(206);
    for (const other of ['"another"', `W/${etag}`, "Sun, 22 Nov 2026 00:00:00 GMT"])
      expect((await get({ range, "if-range": other })).statusCode).toBe(200);
    expect((await get({ range, "if-none-match": etag })).statusCode).toBe(304);
  });
});

test("who only asks how long it is learns so without the bytes", async () => {
  const { statusCode, headers, rawPayload } = await get({ range: "bytes=0-9" }, "HEAD");
  expect([statusCode, headers["content-length"], rawPayload.length]).toEqual([200, String(size), 0]);
});

test("browsers and caches keep a file for a minute, then ask by its tag, also by one that was weakened on the way", async () => {
  const { headers } = await get();
  expect(headers["cache-control"]).toBe("private, max-age=60, must-revalidate");
  for (const tags of [String(headers.etag), `W/${headers.etag}`, `"x", ${headers.etag}`]) {
    const again = await get({ "if-none-match": tags });
    expect([again.statusCode, again.headers["cache-control"], again.rawPayload.length]).toEqual([
      304,
      headers["cache-control"],
      0,
    ]);
  }
});
