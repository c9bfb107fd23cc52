import sharp from "sharp";
import { afterAll, expect, test } from "vitest";
import { draftsKit, publisher, refused, writer } from "../../../test/drafts-kit.ts";
import { county, key, personOf, village, words } from "../../../test/notices-kit.ts";
import { storePicture } from "../../foundation/media/index.ts";

const kit = await draftsKit();
afterAll(kit.close);
const { draft } = kit;

test("a draft that is sent twice is one notice; the same key with another text is refused", async () => {
  const sent = { key: key(), region: village, title: "同一份草稿", category: "outage" as const, body: words("一") };
  const made = await Promise.all(Array.from({ length: 4 }, () => kit.as(writer).notices.draft(sent)));
  expect(new Set(made.map((notice) => notice.id)).size).toBe(1);
  await expect(kit.as(writer).notices.draft({ ...sent, title: "另一份草稿" })).rejects.toEqual(refused("KEY_REUSED"));
  const other = await kit.as(publisher).notices.draft(sent);
  expect(other.id).not.toBe(made[0]?.id);
});

test("of saves that started from the same version one is kept, the others are told; a repeated save is not an edit", async () => {
  const { id } = await draft(writer);
  const save = (text: string) =>
    kit.as(writer).notices.save({ id, version: 1, title: `标题${text}`, category: "outage", body: words(text) });
  const outcomes = await Promise.allSettled(["甲", "乙", "丙", "丁"].map(save));
  const told = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []));
  expect(told).toEqual([1, 2, 3].map(() => refused("STALE_VERSION")));
  const winner = ["甲", "乙", "丙", "丁"][outcomes.findIndex((outcome) => outcome.status === "fulfilled")] ?? "";
  expect((await save(winner)).version).toBe(2);
  expect((await kit.as(writer).notices.versions({ id })).items.map((item) => item.version)).toEqual([2, 1]);
});

test("a version tells how far the notice reached, so that a change of it can be seen", async () => {
  const clerk = personOf("clerk", county);
  const { id } = await draft(clerk, { region: county, reach: "here" });
  const more = { title: "明日停水", category: "outage" as const, body: words("检修水管。"), reach: "subtree" as const };
  await kit.as(clerk).notices.save({ id, version: 1, ...more });
  expect((await kit.as(clerk).notices.version({ id, version: 1 })).reach).toBe("here");
  expect((await kit.as(clerk).notices.version({ id, version: 2 })).reach).toBe("subtree");
});

test("a body with a foreign picture or an unsafe link is refused whole", async () => {
  const img = (src: string) => [{ t: "img" as const, src, alt: "" }];
  const before = await kit.db.rows<{ n: number }>("SELECT COUNT(*) AS n FROM notice");
  await expect(draft(writer, { body: img("https://elsewhere.example/a.jpg") })).rejects.toEqual(refused("BODY_BAD"));
  await expect(draft(writer, { body: img(`/m/${"a".repeat(64)}.jpg`) })).rejects.toEqual(refused("BODY_BAD"));
  await expect(draft(writer, { attachments: [key()] })).rejects.toEqual(refused("BODY_BAD"));
  const link = [{ t: "p" as const, c: [{ t: "a" as const, href: "javascript:alert(1)", v: "点我" }] }];
  await expect(draft(writer, { body: link })).rejects.toEqual(refused("BODY_BAD"));
  expect(await kit.db.rows<{ n: number }>("SELECT COUNT(*) AS n FROM notice")).toEqual(before);
});

test("a save from the phone keeps the attachments and the reach that it does not mention", async () => {
  const bytes = await sharp({ create: { width: 8, height: 8, channels: 3, background: "#0F6B4F" } })
    .png()
    .toBuffer();
  const house = { db: kit.db, clock: kit.clock, files: kit.files };
  const { id: file } = await storePicture(house, { by: writer.personId, key: key(), name: "表格.png", bytes });
  const { id } = await draft(writer, { attachments: [file], reach: "subtree" });
  const save = { id, version: 1, title: "改了标题", category: "outage" as const, body: words("只改字。") };
  const saved = await kit.as(writer).notices.save(save);
  expect(saved.attachments.map((one) => one.id)).toEqual([file]);
  expect(saved.reach).toBe("subtree");
  expect((await kit.as(writer).notices.save(save)).version).toBe(2);
  const cleared = await kit.as(writer).notices.save({ ...save, version: 2, attachments: [], reach: "here" });
  expect([cleared.attachments, cleared.reach]).toEqual([[], "here"]);
});
