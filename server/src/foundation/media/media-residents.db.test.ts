import { request } from "node:http";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { blackPng, type MediaKit, mediaKit, pdf, photo, secretary } from "../../../test/media-kit.ts";
import { key, personOf, village } from "../../../test/notices-kit.ts";

let media: MediaKit;
beforeAll(async () => {
  media = await mediaKit();
});
afterAll(() => media.close());

const villager = () => personOf(null, village, { villager: [village], strong: false });

describe("a verified villager", () => {
  test("sends a photo for a post, and sends it again after a lost answer without a second one", async () => {
    const by = villager();
    const once = { by, key: key() };
    const bytes = await photo(70, 50);
    const [first, second] = [await media.send(bytes, "IMG.jpg", once), await media.send(bytes, "IMG.jpg", once)];
    expect([first.status, second.stored.id]).toEqual([200, first.stored.id]);
    expect((await media.app.inject({ url: first.stored.url })).statusCode).toBe(200);
  });

  test("sends pictures only: a paper is refused, by its name or as a photo, in words that say so", async () => {
    const docx = Buffer.concat([Buffer.from("PK\u0003\u0004"), Buffer.alloc(200)]);
    for (const [bytes, name] of [
      [pdf, "a.pdf"],
      [pdf, "a.jpg"],
      [docx, "a.docx"],
      [Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"), "a.svg"],
      [Buffer.alloc(0), "a.jpg"],
    ] as const)
      expect([name, await media.send(bytes, name, { by: villager() })]).toMatchObject([
        name,
        { status: 415, word: "NOT_A_PICTURE" },
      ]);
  });

  test("is told what is wrong with a picture: too many bytes, too many pixels, cut short", async () => {
    const whole = await photo();
    const by = villager();
    for (const [bytes, word] of [
      [Buffer.concat([whole, Buffer.alloc(10 << 20)]), "FILE_TOO_LARGE"],
      [blackPng(20_000, 10_000), "TOO_MANY_PIXELS"],
      [whole.subarray(0, whole.length / 2), "FILE_BROKEN"],
    ] as const)
      expect((await media.send(bytes, "a.jpg", { by })).word).toBe(word);
    expect(media.incoming()).toEqual([]);
  });

  test("may send so many a day, and goes on after midnight in China; one who sends the last again is no new one", async () => {
    const by = villager();
    const last = { by, key: key() };
    const bytes = await photo(71, 50);
    const { stored } = await media.send(bytes, "a.jpg", last);
    const at = new Date(media.kit.clock.now());
    const more = Array.from({ length: 179 }, (_, n) => [`Q${n}`, by.personId, `q${n}`, "", "", "jpg", "a", 1, at]);
    const columns = "id, uploader, idem_key, sent, digest, kind, name, bytes, created_at";
    await media.kit.db.pool.query(`INSERT INTO media (${columns}) VALUES ?`, [more]);
    const refused = await media.send(bytes, "a.jpg", { by });
    expect(refused).toMatchObject({ status: 429, word: "UPLOADS_TODAY" });
    expect((await media.send(bytes, "a.jpg", last)).stored.id).toBe(stored.id);
    expect((await media.send(bytes, "a.jpg", { by: villager() })).status).toBe(200);
    expect((await media.send(pdf, "a.pdf", { by: secretary })).status).toBe(200);
    media.kit.clock.advance(24 * 3_600_000);
    expect((await media.send(bytes, "a.jpg", { by })).status).toBe(200);
  });
});

test("whoever may not write sends nothing: neither a follower nor an office without its second factor", async () => {
  const bytes = await photo(20, 20);
  const follower = personOf(null, village, { follows: [village] });
  const weak = personOf("secretary", village, { strong: false });
  const words: string[] = [];
  for (const by of [follower, weak, null]) words.push((await media.send(bytes, "a.jpg", { by })).word);
  expect(words).toEqual(["VERIFY_FIRST", "SECOND_FACTOR_FIRST", "SIGN_IN_FIRST"]);
});

test("nothing that came with a picture is kept: place, camera, words, colour profile, also where it is see-through", async () => {
  const clear = sharp({ create: { width: 30, height: 20, channels: 4, background: { r: 9, g: 9, b: 9, alpha: 0.5 } } });
  const exif = { IFD0: { Copyright: "SECRET-OWNER" }, IFD3: { GPSLatitude: "30/1 15/1 0/1", GPSLatitudeRef: "N" } };
  const sent = await clear
    .withExif(exif)
    .withIccProfile("p3")
    .withXmp("<x:xmpmeta xmlns:x='adobe:ns:meta/'>SECRET</x:xmpmeta>")
    .png()
    .toBuffer();
  const before = await sharp(sent).metadata();
  expect([before.exif, before.icc, before.xmp].every((part) => part !== undefined)).toBe(true);
  const { stored } = await media.send(sent, "a.png", { by: villager() });
  for (const url of [stored.url, stored.small ?? ""]) {
    const { rawPayload } = await media.app.inject({ url });
    const { exif: place, icc, xmp, format } = await sharp(rawPayload).metadata();
    expect([format, place, icc, xmp, rawPayload.includes("SECRET")]).toEqual([
      "png",
      undefined,
      undefined,
      undefined,
      false,
    ]);
  }
});

test("a phone that loses its network in the middle of a photo leaves nothing behind", async () => {
  const address = await media.app.listen({ host: "127.0.0.1", port: 0 });
  media.as(villager());
  const bytes = await photo();
  await new Promise<void>((resolve) => {
    const headers = { "content-type": "multipart/form-data; boundary=x", "content-length": bytes.length + 1_000 };
    const sending = request(`${address}/media`, { method: "POST", headers });
    sending.on("error", () => resolve());
    sending.write("--x\r\ncontent-disposition: form-data; name=file; filename=a.jpg\r\n\r\n");
    sending.write(bytes.subarray(0, 5_000), () => sending.destroy(new Error("no network")));
  });
  await expect.poll(() => media.incoming()).toEqual([]);
});
