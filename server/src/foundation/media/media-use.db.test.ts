import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type MediaKit, mediaKit, pdf, photo, secretary } from "../../../test/media-kit.ts";
import { key, personOf, village, words } from "../../../test/notices-kit.ts";
import { migrationsFolder, readMigrations } from "../../kernel/migrate.ts";
import { inTx } from "../../kernel/tx.ts";
import { claimMedia, storePicture, sweep } from "./index.ts";

let media: MediaKit;
let kit: MediaKit["kit"];
let app: MediaKit["app"];
let files: MediaKit["store"];
beforeAll(async () => {
  media = await mediaKit();
  ({ kit, app, store: files } = media);
});
afterAll(() => media.close());

test("a notice shows its writer's files and nobody else's, and keeps showing them for who revises it", async () => {
  const mine = (await media.send(pdf, "表格.pdf")).stored;
  const picture = (await media.send(await photo(90, 60), "p.jpg")).stored;
  const theirs = (await media.send(pdf, "别人的.pdf", { by: personOf("secretary", village) })).stored;
  const draft = { key: key(), region: village, title: "有附件的通知", category: "service" as const };
  const body = [...words("请下载。"), { t: "img" as const, src: picture.url, alt: "照片" }];
  await expect(kit.as(secretary).notices.draft({ ...draft, body, attachments: [theirs.id] })).rejects.toThrow(
    "BODY_BAD",
  );
  const notice = await kit.as(secretary).notices.draft({ ...draft, body, attachments: [mine.id] });
  expect(notice.attachments).toMatchObject([{ id: mine.id, name: "表格.pdf", kind: "pdf" }]);
  expect(notice.body).toContainEqual({ t: "img", src: picture.url, alt: "照片", w: 60, h: 90 });
  const [row] = await kit.db.rows<{ body: string }>("SELECT body FROM notice_version WHERE notice = ?", [notice.id]);
  expect(row?.body).not.toContain("sig=");
  const used = await inTx(kit.db, (tx) =>
    claimMedia(tx, { owner: `notice:${notice.id}`, person: key(), ids: [mine.id], digests: [] }),
  );
  expect(used?.byId.size).toBe(1);
});

test("what nobody shows for a day is swept; content that another row still needs stays", async () => {
  const house = { db: kit.db, clock: kit.clock, files };
  const bytes = await sharp({ create: { width: 33, height: 33, channels: 3, background: "#a1b2c3" } })
    .png()
    .toBuffer();
  const shown = await storePicture(house, { by: secretary.personId, key: key(), name: "a", bytes });
  const orphan = await storePicture(house, { by: secretary.personId, key: key(), name: "b", bytes });
  const alone = (await media.send(Buffer.concat([pdf, Buffer.from("\nalone")]), "alone.pdf")).stored;
  expect(orphan.url).toBe(shown.url);
  await inTx(kit.db, (tx) =>
    claimMedia(tx, { owner: "notice:x", person: secretary.personId, ids: [shown.id], digests: [] }),
  );
  expect((await sweep(house)).rows).toBe(0);
  kit.clock.advance(25 * 3_600_000);
  expect((await sweep(house)).rows).toBeGreaterThan(1);
  const signed = media.addresses.sign(shown.url, kit.clock.now());
  expect((await app.inject({ url: signed })).statusCode).toBe(200);
  expect((await app.inject({ url: alone.url })).statusCode).toBe(404);
  expect(await sweep(house)).toEqual({ rows: 0, files: 0 });
});

const status = async (url: string) => (await app.inject({ url })).statusCode;
/** As the public knows it. */
const bare = (url: string) => url.split("?")[0] ?? "";
const later = () => kit.clock.advance(1_000);
const of = async (bytes: Buffer, picture: Buffer) => {
  const person = personOf("clerk", village);
  const file = (await media.send(bytes, "名单.pdf", { by: person })).stored;
  const image = (await media.send(picture, "p.jpg", { by: person })).stored;
  const [base = ""] = image.url.split(".jpg");
  const urls = [bare(file.url), `${base}.jpg`, `${base}-800.jpg`, `${base}-320.jpg`];
  const body = [...words("名单如下。"), { t: "img" as const, src: image.url, alt: "" }];
  const draft = { key: key(), region: village, title: "名单公示", category: "service" as const, body };
  const { id } = await kit.as(person).notices.draft({ ...draft, attachments: [file.id] });
  await kit.through(id, village);
  return { id, urls, body, file };
};
const withdraw = (id: string, version = 1) =>
  kit.as(secretary).notices.move({ id, version, move: "withdraw", reason: "含个人信息" });
const statuses = (urls: string[]) => Promise.all(urls.map(status));

describe("the files of a notice that was withdrawn", () => {
  test("are given to nobody, in no size, and come back with a publication that shows them", async () => {
    const { id, urls, body, file } = await of(Buffer.concat([pdf, Buffer.from("\nlist")]), await photo(91, 61));
    const first = await app.inject({ url: urls[0] ?? "" });
    expect(await statuses(urls)).toEqual([200, 200, 200, 200]);
    await withdraw(id);
    later();
    expect(await statuses(urls)).toEqual([404, 404, 404, 404]);
    const cached = await app.inject({ url: urls[0] ?? "", headers: { "if-none-match": String(first.headers.etag) } });
    expect([cached.statusCode, cached.headers["cache-control"]]).toEqual([404, "no-store"]);
    const again = await kit.as(secretary).notices.move({ id, version: 1, move: "revise" });
    const save = { id, version: again.version, title: "名单公示", category: "service" as const };
    const saved = await kit.as(secretary).notices.save({ ...save, body, attachments: [] });
    later();
    expect(await statuses(urls)).toEqual([404, 404, 404, 404]);
    await kit.through(id, village);
    later();
    expect(await statuses(urls)).toEqual([404, 200, 200, 200]);
    await kit.as(secretary).notices.move({ id, version: saved.version, move: "revise" });
    await kit.as(secretary).notices.save({ ...save, version: saved.version + 1, body, attachments: [file.id] });
    await kit.through(id, village);
    later();
    expect(await statuses(urls)).toEqual([200, 200, 200, 200]);
  });

  test("stay where another notice shows the same content", async () => {
    const [bytes, picture] = [Buffer.concat([pdf, Buffer.from("\nshared")]), await photo(92, 62)];
    const one = await of(bytes, picture);
    const two = await of(bytes, picture);
    expect(two.urls).toEqual(one.urls);
    await withdraw(one.id);
    later();
    expect(await statuses(one.urls)).toEqual([200, 200, 200, 200]);
    await withdraw(two.id);
    later();
    expect(await statuses(one.urls)).toEqual([404, 404, 404, 404]);
  });

  test("stay with nobody while they lie only in another draft, by the same upload or by a new one, until that is published", async () => {
    const [bytes, picture] = [Buffer.concat([pdf, Buffer.from("\ndrafted")]), await photo(93, 63)];
    const one = await of(bytes, picture);
    await withdraw(one.id);
    later();
    const person = personOf("clerk", village);
    const anew = (await media.send(bytes, "名单.pdf", { by: person })).stored;
    const image = (await media.send(picture, "p.jpg", { by: person })).stored;
    const body = [...words("名单如下。"), { t: "img" as const, src: image.url, alt: "" }];
    const draft = { key: key(), region: village, title: "又一份", category: "service" as const, body };
    const { id } = await kit.as(person).notices.draft({ ...draft, attachments: [anew.id] });
    later();
    expect(await statuses(one.urls)).toEqual([404, 404, 404, 404]);
    await kit.through(id, village);
    later();
    expect(await statuses(one.urls)).toEqual([200, 200, 200, 200]);
    await withdraw(id);
    later();
    expect(await statuses(one.urls)).toEqual([404, 404, 404, 404]);
  });
});

test("a file that the public has not seen is there for those who write with it, by their own addresses only", async () => {
  const file = (await media.send(Buffer.concat([pdf, Buffer.from("\nnew")]), "新的.pdf")).stored;
  const draft = { key: key(), region: village, title: "新的", category: "service" as const, body: words("见附件。") };
  const first = await kit.as(secretary).notices.draft({ ...draft, attachments: [file.id] });
  later();
  const open = await kit.as(secretary).notices.deskGet({ id: first.id });
  const mine = open.attachments[0]?.url ?? "";
  expect(await statuses([mine, file.url, bare(file.url)])).toEqual([200, 200, 404]);
  const { key: _, region: __, ...text } = draft;
  await kit.as(secretary).notices.save({ id: first.id, version: 1, ...text, attachments: [] });
  await kit.through(first.id, village);
  later();
  expect(await statuses([mine, file.url, bare(file.url)])).toEqual([404, 404, 404]);
  await kit.as(secretary).notices.draft({ ...draft, key: key(), attachments: [file.id] });
  later();
  expect(await statuses([mine, file.url, bare(file.url)])).toEqual([200, 200, 404]);
});

test("files from before it was noted what the public has seen are marked: what stands in a public text, and what was withdrawn", async () => {
  const marks = () =>
    kit.db.rows<{ owner: string; shown: number }>(
      `SELECT owner, media, shown_at IS NOT NULL AS shown, withdrawn_at FROM media_use ORDER BY owner, media`,
    );
  const one = await of(Buffer.concat([pdf, Buffer.from("\nmarked")]), await photo(94, 64));
  const gone = await of(Buffer.concat([pdf, Buffer.from("\nunmarked")]), await photo(95, 65));
  await withdraw(gone.id);
  const person = personOf("clerk", village);
  const more = (await media.send(Buffer.concat([pdf, Buffer.from("\nlater")]), "下一版.pdf", { by: person })).stored;
  const next = await kit.as(person).notices.move({ id: one.id, version: 1, move: "revise" });
  const save = { id: one.id, version: next.version, title: "名单公示", category: "service" as const };
  await kit.as(person).notices.save({ ...save, body: one.body, attachments: [one.file.id, more.id] });
  // What was set aside before anybody saw it cannot be told from what was withdrawn.
  await kit.db.rows("UPDATE media_use SET shown_at = withdrawn_at WHERE shown_at IS NULL AND withdrawn_at IS NOT NULL");
  const before = await marks();
  await kit.db.rows("UPDATE media_use SET shown_at = NULL");
  const migration = readMigrations(migrationsFolder()).find(({ name }) => name === "0064_media_shown.sql");
  for (const fill of migration?.statements.slice(1) ?? []) await kit.db.rows(fill);
  expect(await marks()).toEqual(before);
  const of1 = before.filter((row) => row.owner === `notice:${one.id}`).map((row) => Number(row.shown));
  expect(of1.toSorted((a, b) => a - b)).toEqual([0, 1, 1]);
});
