import { dutyLimits } from "@weimenhu/domain/circle/duty";
import type { Caller } from "@weimenhu/domain/permissions";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type CircleKit, cast, circleKit, key } from "../../../test/circle-kit.ts";
import { forgetDeleted } from "./service.forget.ts";

let kit: CircleKit;
beforeAll(async () => {
  kit = await circleKit();
});
afterAll(() => kit.close());

const { author, other, secretary } = cast();
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

test("a deleted post keeps its words while its case is handled, and what was said under it too", async () => {
  const { id } = await kit.post(author, { kind: "help", text: "水渠堵了" });
  await kit.as(author).circle.removeComment({ id: await comment(author, id, "补一句") });
  const move = (name: "start" | "finish") =>
    kit.as(secretary).circle.reply({ id, key: key(), text: "马上处理", move: name });
  await move("start");
  const file = (await kit.as(author).circle.get({ id })).case?.id ?? "";
  await kit.as(author).circle.remove({ id });
  kit.clock.advance(2 * dutyLimits.deletedMs);
  await forgetDeleted(kit.db);
  for (const words of ["水渠堵了", "补一句"]) expect(await kept(id)).toContain(words);

  await kit.as(secretary).cases.move({ id: file, key: key(), move: "finish", text: "通了" });
  await kit.as(author).cases.move({ id: file, key: key(), move: "confirm" });
  await forgetDeleted(kit.db);
  for (const words of ["水渠堵了", "补一句"]) expect(await kept(id)).not.toContain(words);
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
