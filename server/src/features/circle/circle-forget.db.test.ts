import { reopenDays } from "@weimenhu/domain/cases/state";
import { dutyLimits } from "@weimenhu/domain/circle/duty";
import type { Caller } from "@weimenhu/domain/permissions";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type CircleKit, cast, circleKit, key, villagerOf } from "../../../test/circle-kit.ts";
import { casesHolding, caseTicks, loadCalendar } from "../../foundation/cases/index.ts";
import { inTx } from "../../kernel/tx.ts";
import { circleHolding, postSubject } from "./index.ts";
import { forgetDeleted } from "./service.forget.ts";

let kit: CircleKit;
beforeAll(async () => {
  kit = await circleKit();
});
afterAll(() => kit.close());

const { author, other, secretary } = cast();
const days = loadCalendar("");
/** Every word that the database keeps of this post: in its row, its earlier texts, and what was said under it. */
async function kept(id: string): Promise<string> {
  const rows = await Promise.all([
    kit.db.rows("SELECT text, photos, place FROM post WHERE id = ?", [id]),
    kit.db.rows("SELECT text, photos, place FROM post_text WHERE post = ?", [id]),
    kit.db.rows("SELECT text FROM post_comment WHERE post = ?", [id]),
  ]);
  return JSON.stringify(rows);
}
const comment = async (who: Caller, id: string, text: string) =>
  (await kit.as(who).circle.comment({ id, key: key(), text })).discussion.at(-1)?.id ?? "";

test("what was deleted keeps its words for six months, and not a day longer; what stands keeps them", async () => {
  const photos = [await kit.upload(author)];
  const { id } = await kit.post(author, { text: "旧的话", place: "村口", photos });
  await kit.as(author).circle.edit({ id, key: key(), text: "新的话", place: "桥头", photos });
  const standing = await kit.post(author, { text: "留着的话" });
  const said = await comment(other, standing.id, "删掉的评论");
  await comment(other, standing.id, "留着的评论");
  await kit.as(other).circle.removeComment({ id: said });
  await kit.as(author).circle.remove({ id });

  kit.clock.advance(dutyLimits.deletedMs);
  await forgetDeleted(kit.db);
  for (const words of ["旧的话", "新的话", "村口", "桥头", ".jpg"]) expect(await kept(id)).toContain(words);
  expect(await kept(standing.id)).toContain("删掉的评论");

  kit.clock.advance(86_400_000);
  await forgetDeleted(kit.db);
  await forgetDeleted(kit.db);
  for (const words of ["旧的话", "新的话", "村口", "桥头", ".jpg"]) expect(await kept(id)).not.toContain(words);
  expect(await kept(standing.id)).not.toContain("删掉的评论");
  for (const words of ["留着的话", "留着的评论"]) expect(await kept(standing.id)).toContain(words);
});

/** What is kept of its case, and whose files it and the post still have. */
async function keptCase(id: string) {
  const [file] = await kit.db.rows<{ id: string; summary: string; photo: number }>(
    "SELECT id, summary, photo FROM case_file WHERE subject = ?",
    [`post:${id}`],
  );
  const of = file?.id ?? "";
  const [steps, ratings, uses] = await Promise.all([
    kit.db.rows<{ mark: string; text: string }>("SELECT mark, text FROM case_step WHERE case_id = ? ORDER BY number", [
      of,
    ]),
    kit.db.rows<{ text: string }>("SELECT text FROM case_rating WHERE case_id = ?", [of]),
    kit.db.rows<{ owner: string }>("SELECT owner FROM media_use WHERE owner IN (?, ?) ORDER BY owner", [
      `post:${id}`,
      `case:${of}`,
    ]),
  ]);
  const said = (office: boolean) =>
    steps.flatMap(({ mark, text }) => ((mark === "official") === office && text !== "" ? [text] : []));
  return {
    summary: file?.summary,
    photo: file?.photo,
    office: said(true),
    resident: said(false),
    ratings: ratings.map(({ text }) => text),
    uses: uses.map(({ owner }) => owner.split(":")[0]),
  };
}

/** Shown with a photo, answered with one, opened again with words and a photo, and taken up again. */
async function openedAgain(me: Caller) {
  const { id, case: face } = await kit.post(me, { kind: "help", text: "水渠堵了", photos: [await kit.upload(me)] });
  await comment(other, id, "我也看到了");
  await kit.as(secretary).circle.reply({ id, key: key(), text: "村里来看过" });
  const file = face?.id ?? "";
  const move = async (who: Caller, name: "finish" | "reopen" | "start", text: string) =>
    kit.as(who).cases.move({
      id: file,
      key: key(),
      move: name,
      text,
      photos: name === "start" ? [] : [await kit.upload(who)],
    });
  await move(secretary, "finish", "通了");
  await move(me, "reopen", "又堵了");
  await move(secretary, "start", "再去");
  return { id, file, finish: () => move(secretary, "finish", "这回通了") };
}
const office = ["村里来看过", "通了", "再去"];

test("a deleted post keeps its words while its case is handled or may be opened again; then what residents said and showed goes as a whole, and what the office said stays", async () => {
  const { id, file, finish } = await openedAgain(author);
  const resident = ["水渠堵了", "我也看到了"];
  await kit.as(author).circle.remove({ id });
  kit.clock.advance(2 * dutyLimits.deletedMs);
  await forgetDeleted(kit.db);
  const all = { summary: "水渠堵了", photo: 1, office, resident: ["又堵了"], uses: ["case", "case", "post"] };
  expect(await keptCase(id)).toEqual({ ...all, ratings: [] });
  await finish();
  await kit.as(author).cases.rate({ id: file, key: key(), stars: 5, tags: [], text: "办得好" });
  await forgetDeleted(kit.db);
  const whole = {
    ...all,
    office: [...office, "这回通了"],
    ratings: ["办得好"],
    uses: ["case", "case", "case", "post"],
  };
  expect(await keptCase(id)).toEqual(whole);
  for (const words of resident) expect(await kept(id)).toContain(words);

  kit.clock.advance((reopenDays + 1) * 86_400_000);
  await forgetDeleted(kit.db);
  const gone = { summary: "", photo: 0, resident: [], ratings: [""], uses: ["case", "case"] };
  expect(await keptCase(id)).toEqual({ ...whole, ...gone });
  for (const words of resident) expect(await kept(id)).not.toContain(words);
  expect((await kit.as(secretary).cases.get({ id: file })).summary).toBe("（原文已删除）");
});

test("a closed account takes along at once what it said in its cases, also in one that is still handled; what others said under its posts goes with those of any deleted post", async () => {
  const me = villagerOf();
  const { id, finish } = await openedAgain(me);
  const cases = { calendar: () => days };
  await inTx(kit.db, async (tx) => {
    for (const holding of [circleHolding({ cases }), casesHolding])
      await holding.close(tx, me.personId, kit.clock.now());
  });
  expect(await keptCase(id)).toEqual({ summary: "", photo: 0, office, resident: [], ratings: [], uses: ["case"] });
  expect(await kept(id)).toContain("我也看到了");
  await finish();
  kit.clock.advance(dutyLimits.deletedMs);
  await caseTicks({ ...cases, db: kit.db, subjects: { post: postSubject(null) } })["cases.clock"]?.run(kit.clock.now());
  await forgetDeleted(kit.db);
  expect(await kept(id)).toContain("我也看到了");
  kit.clock.advance((reopenDays + 1) * 86_400_000);
  await forgetDeleted(kit.db);
  expect(await kept(id)).not.toContain("我也看到了");
});

test("a comment that was deleted keeps its words while the case above it is handled", async () => {
  const { id, finish, file } = await openedAgain(author);
  await kit.as(author).circle.removeComment({ id: await comment(author, id, "补一句") });
  kit.clock.advance(2 * dutyLimits.deletedMs);
  await forgetDeleted(kit.db);
  expect(await kept(id)).toContain("补一句");
  await finish();
  await kit.as(author).cases.move({ id: file, key: key(), move: "confirm" });
  await forgetDeleted(kit.db);
  expect(await kept(id)).not.toContain("补一句");
  expect(await kept(id)).toContain("我也看到了");
});

test("more than one bite of deleted posts is forgotten in one night", async () => {
  const { id } = await kit.post(author, { text: "很多条" });
  await kit.as(author).circle.remove({ id });
  const [row] = await kit.db.rows<Record<string, unknown>>("SELECT * FROM post WHERE id = ?", [id]);
  const columns = Object.keys(row ?? {});
  const own: Record<string, string> = { id: "CONCAT('01', LPAD(seq, 24, '0'))", idem_key: "SHA2(seq, 256)" };
  const values = columns.map((column) => own[column] ?? column);
  await kit.db.rows(`INSERT INTO post (${columns}) SELECT ${values} FROM post JOIN seq_1_to_450 WHERE id = ?`, [id]);
  kit.clock.advance(2 * dutyLimits.deletedMs);
  await forgetDeleted(kit.db);
  expect(await kit.db.rows("SELECT id FROM post WHERE text = '很多条'")).toEqual([]);
});
