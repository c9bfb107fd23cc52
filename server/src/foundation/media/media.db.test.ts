import { type IncomingMessage, request } from "node:http";
import { Readable } from "node:stream";
import type { Caller } from "@weimenhu/domain/permissions";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { blackPng, type MediaKit, mediaKit, pdf, photo, secretary } from "../../../test/media-kit.ts";
import { ctxOf, key, log, personOf, village } from "../../../test/notices-kit.ts";
import { createHttp } from "../../kernel/http.ts";
import { drain } from "./callbacks.drain.ts";
import { addresses, mediaRoutes } from "./index.ts";

let media: MediaKit;
let kit: MediaKit["kit"];
let app: MediaKit["app"];
let files: MediaKit["store"];
beforeAll(async () => {
  media = await mediaKit();
  ({ kit, app, store: files } = media);
});
afterAll(() => media.close());

test("a photo is drawn anew in three sizes, upright, without the camera's and the place's data", async () => {
  const sent = await photo();
  expect((await sharp(sent).metadata()).exif?.includes("Phone")).toBe(true);
  const { status, stored } = await media.send(sent, "IMG_1.jpg");
  expect(status).toBe(200);
  expect(stored).toMatchObject({ kind: "jpg", name: "IMG_1.jpg", width: 800, height: 1600 });
  const [base = "", signature = ""] = stored.url.split(".jpg");
  for (const [url, height] of [
    [`${base}.jpg${signature}`, 1600],
    [`${base}-800.jpg${signature}`, 800],
    [`${base}-320.jpg${signature}`, 320],
  ] as const) {
    const answer = await app.inject({ url });
    expect(answer.headers).toMatchObject({
      "content-type": "image/jpeg",
      "cache-control": "private, max-age=60, must-revalidate",
      "x-content-type-options": "nosniff",
      "content-disposition": "inline",
    });
    const data = await sharp(answer.rawPayload).metadata();
    expect([data.height, data.exif, data.orientation, data.icc]).toEqual([height, undefined, undefined, undefined]);
    expect(answer.rawPayload.includes("Phone")).toBe(false);
    expect((await app.inject({ url, headers: { "if-none-match": String(answer.headers.etag) } })).statusCode).toBe(304);
  }
  expect(stored.small).toBe(`${base}-320.jpg${signature}`);
});

test("what is see-through stays so, and what only could be becomes a JPEG", async () => {
  const clear = sharp({ create: { width: 20, height: 20, channels: 4, background: { r: 9, g: 9, b: 9, alpha: 0.5 } } });
  expect((await media.send(await clear.png().toBuffer(), "a.png")).stored.kind).toBe("png");
  const solid = sharp({ create: { width: 20, height: 20, channels: 4, background: "#123" } });
  expect((await media.send(await solid.webp().toBuffer(), "a.webp")).stored.kind).toBe("jpg");
});

test("the same key again gives the same answer, also at the same moment; other bytes under it are refused", async () => {
  const k = key();
  const bytes = await photo(60, 40);
  const answers = await Promise.all([media.send(bytes, "x.jpg", { key: k }), media.send(bytes, "x.jpg", { key: k })]);
  answers.push(await media.send(bytes, "x.jpg", { key: k }));
  expect(new Set(answers.map((answer) => answer.stored.id)).size).toBe(1);
  expect((await media.send(await photo(61, 40), "x.jpg", { key: k })).word).toBe("KEY_REUSED");
});

test("what it is says the content, not the name", async () => {
  const html = Buffer.from("<html><script>alert(1)</script></html>");
  const exe = Buffer.concat([Buffer.from("MZ"), Buffer.alloc(300)]);
  const svg = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`);
  for (const [bytes, name] of [
    [html, "a.jpg"],
    [exe, "a.png"],
    [svg, "a.svg"],
    [html, "a.pdf"],
    [pdf, "a.jpg"],
    [await photo(9, 9), "a.pdf"],
  ] as const) {
    expect([name, (await media.send(bytes, name)).word]).toEqual([name, "FILE_KIND"]);
  }
  const polyglot = Buffer.concat([await photo(9, 9), html]);
  const { stored } = await media.send(polyglot, "a.jpg");
  expect((await app.inject({ url: stored.url })).rawPayload.includes("script")).toBe(false);
});

test("a picture of 200 megapixels in a small file, or one cut short, is refused in its own words and leaves nothing", async () => {
  const before = media.files().length;
  const bomb = blackPng(20_000, 10_000);
  expect(bomb.length).toBeLessThan(1 << 20);
  expect(await media.send(bomb, "bomb.png")).toMatchObject({ status: 413, word: "TOO_MANY_PIXELS" });
  // One that says it is small and is not.
  const liar = Buffer.from(bomb);
  liar.writeUInt32BE(10, 16);
  expect((await media.send(liar, "liar.png")).word).toBe("FILE_BROKEN");
  const whole = await photo();
  expect((await media.send(whole.subarray(0, whole.length / 2), "half.jpg")).word).toBe("FILE_BROKEN");
  expect(media.files().length).toBe(before);
});

test("too large a file is refused before all of it was read, and leaves nothing", async () => {
  const large = Buffer.concat([pdf, Buffer.alloc(21 << 20)]);
  expect(await media.send(large, "a.pdf")).toMatchObject({ status: 413, word: "FILE_TOO_LARGE" });
  const picture = Buffer.concat([await photo(9, 9), Buffer.alloc(11 << 20)]);
  expect((await media.send(picture, "a.jpg")).word).toBe("FILE_TOO_LARGE");
  expect(media.incoming()).toEqual([]);
});

test("other files are given out to be saved, never to be opened in the page", async () => {
  const { stored } = await media.send(pdf, '../../关于"体检"的\u202e通知.pdf');
  expect(stored).toMatchObject({ kind: "pdf", name: "关于体检的通知.pdf", small: null, bytes: pdf.length });
  const answer = await app.inject({ url: stored.url });
  expect(answer.headers["content-disposition"]).toBe(
    `attachment; filename="file.pdf"; filename*=UTF-8''${encodeURIComponent("关于体检的通知.pdf")}`,
  );
  expect(answer.rawPayload.equals(pdf)).toBe(true);
  const signature = stored.url.slice(stored.url.indexOf("&until"));
  const as = encodeURIComponent('a"\r\nx: y.html');
  const forged = await app.inject({ url: `${stored.url.split("?")[0]}?as=${as}${signature}` });
  expect(forged.headers["content-disposition"]).toMatch(
    /^attachment; filename="file\.pdf"; filename\*=UTF-8''[\w%.-]*\.pdf$/,
  );
});

test("only who may upload gets a byte in, and what is no upload says so", async () => {
  expect((await media.send(pdf, "a.pdf", { by: null })).word).toBe("SIGN_IN_FIRST");
  expect((await media.send(pdf, "a.pdf", { by: personOf(null, village) })).word).toBe("VERIFY_FIRST");
  expect((await media.send(pdf, "a.pdf", { key: null })).word).toBe("BAD_INPUT");
  media.as(secretary);
  const json = await app.inject({ method: "POST", url: "/media", payload: { a: 1 } });
  expect([json.statusCode, json.json().error.data.refusal.word]).toEqual([400, "MALFORMED"]);
  const cut = await app.inject({
    method: "POST",
    url: "/media",
    headers: { "content-type": "multipart/form-data; boundary=x" },
    payload: "--x\r\ncontent-disposition: form-data; name=file; filename=a.pdf\r\n\r\n%PDF",
  });
  expect([cut.statusCode, cut.json().error.data.refusal.word]).toEqual([400, "UPLOAD_CUT"]);
});

test("a machine's flood of uploads is refused by account and by address, and told when to come again", async () => {
  const own = await createHttp({ config: { TRUST_PROXY: "127.0.0.1" }, log });
  let by: Caller | null = personOf("secretary", village);
  await mediaRoutes(own, {
    db: kit.db,
    files,
    addresses: addresses(kit.config),
    context: async () => ctxOf(kit.db, by),
    needConsent: async () => undefined,
  });
  const ask = async (from: string) => {
    const headers = { "x-forwarded-for": from };
    const answer = await own.inject({ method: "POST", url: "/media", headers, payload: { a: 1 } });
    const word: unknown = answer.json().error.data.refusal.word;
    return { word, wait: Number(answer.headers["retry-after"] ?? 0) };
  };
  const words = async (times: number, from: string) => {
    const found = new Set<unknown>();
    for (let n = 0; n < times; n++) found.add((await ask(from)).word);
    return [...found];
  };
  expect(await words(60, "192.0.2.7")).toEqual(["MALFORMED"]);
  const refused = await ask("192.0.2.8");
  expect(refused.word).toBe("TOO_MANY");
  expect(refused.wait).toBeGreaterThan(0);
  by = null;
  expect(await words(300, "192.0.2.9")).toEqual(["SIGN_IN_FIRST"]);
  expect((await ask("192.0.2.9")).word).toBe("TOO_MANY");
  expect((await ask("192.0.2.10")).word).toBe("SIGN_IN_FIRST");
  await own.close();
});

describe("over a real connection, a refused upload", () => {
  let address = "";
  beforeAll(async () => {
    address = await app.listen({ host: "127.0.0.1", port: 0 });
  });
  const post = async (by: Caller | null, bytes: Uint8Array, name: string) => {
    media.as(by);
    const form = new FormData();
    form.append("key", key());
    form.append("file", new Blob([Uint8Array.from(bytes)]), name);
    const answer = await fetch(`${address}/media`, { method: "POST", body: form });
    const json = (await answer.json()) as { error?: { data: { refusal: { word: string } } } };
    return [answer.status, json.error?.data.refusal.word, answer.headers.get("connection")];
  };

  test("learns why, though nothing of it was wanted", async () => {
    const two = Buffer.concat([pdf, Buffer.alloc(2 << 20)]);
    for (let n = 0; n < 5; n++) expect(await post(null, two, "a.pdf")).toEqual([401, "SIGN_IN_FIRST", "keep-alive"]);
    const nobody = personOf(null, village);
    const large = Buffer.concat([pdf, Buffer.alloc(15 << 20)]);
    expect(await post(nobody, large, "a.pdf")).toEqual([403, "VERIFY_FIRST", "keep-alive"]);
    const beyond = Buffer.concat([pdf, Buffer.alloc(21 << 20)]);
    expect(await post(secretary, beyond, "a.pdf")).toEqual([413, "FILE_TOO_LARGE", "keep-alive"]);
    expect((await post(secretary, pdf, "a.pdf"))[0]).toBe(200);
  });

  test("of a stranger is not read to its end", async () => {
    const { port } = new URL(address);
    media.as(null);
    const body = new Readable({ read() {} });
    expect(await drain(body, { bytes: 10, ms: 1 })).toBe(false);
    body.push(Buffer.alloc(11));
    expect(await drain(body, { bytes: 10, ms: 5_000 })).toBe(false);
    body.push(Buffer.alloc(5));
    body.push(null);
    expect(await drain(body, { bytes: 10, ms: 5_000 })).toBe(true);
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const headers = { "content-type": "multipart/form-data; boundary=x", "content-length": 1 << 30 };
      const sending = request({ port, path: "/media", method: "POST", headers }, resolve);
      sending.on("error", reject);
      sending.write(Buffer.alloc(1_000));
    });
    answer.destroy();
    expect([answer.statusCode, answer.headers.connection]).toEqual([401, "close"]);
  });
});

test("no other name is ever looked for on the disk", async () => {
  for (const name of [
    "..%2f..%2fetc%2fpasswd",
    `${"a".repeat(64)}.html`,
    "incoming",
    `${"a".repeat(64)}-800.pdf`,
    `${"b".repeat(64)}.jpg`,
  ]) {
    expect((await app.inject({ url: `/m/${name}` })).statusCode).toBe(404);
  }
});

test("a file of somebody whose account was closed a moment ago is not taken in", async () => {
  const gone = personOf("secretary", village);
  await kit.db.pool.query(
    "INSERT INTO person (id, state, elder, created_at, ended_at) VALUES (?, 'closed', 0, '2026-01-01', '2026-01-02')",
    [gone.personId],
  );
  expect((await media.send(pdf, "a.pdf", { by: gone })).word).toBe("SIGN_IN_FIRST");
  expect(await kit.db.rows("SELECT id FROM media WHERE uploader = ?", [gone.personId])).toEqual([]);
});
