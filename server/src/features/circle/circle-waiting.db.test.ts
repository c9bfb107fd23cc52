import type { Caller } from "@weimenhu/domain/permissions";
import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { checksKit } from "../../../test/circle-checks.ts";
import { cadre, cast, key, town, village, villagerOf } from "../../../test/circle-kit.ts";
import { waitingModeration } from "./index.ts";

const kit = await checksKit();
afterAll(kit.close);
const { author, other, secretary, clerk, elsewhere } = cast();
const minute = 60_000;
const waits = (who: Caller) => waitingModeration(kit.ctx(who, { db: kit.db }));
const bad = "代开发票";

/** Nothing waits any more, and time has passed. */
beforeEach(async () => {
  Object.assign(kit.wechat.plan, { words: "pass", picture: "push" });
  for (const table of ["post", "post_comment", "circle_step"])
    await kit.db.pool.query(`UPDATE ${table} SET check_state = 'refused' WHERE check_state = 'held'`);
  for (const table of ["post_report", "circle_appeal"])
    await kit.db.pool.query(`UPDATE ${table} SET decided_at = NOW(3) WHERE decided_at IS NULL`);
  kit.clock.advance(60 * minute);
});

test("what was reported waits since the first report, however long ago it was written, and counts once", async () => {
  const { id } = await kit.post(author);
  kit.clock.advance(90 * minute);
  const since = kit.clock.now();
  await kit.as(other).circle.report({ id, why: "广告" });
  kit.clock.advance(minute);
  await kit.as(villagerOf()).circle.report({ id, why: "广告" });
  expect(await waits(secretary)).toMatchObject([{ id: village, title: "1 条内容等待审核", since }]);
  await kit.as(author).circle.remove({ id });
  expect(await waits(secretary)).toEqual([]);
});

test("what a checker left to a person waits since it did, not since it was written", async () => {
  const { id } = await kit.post(author, { photos: [await kit.upload(author)] });
  await kit.settle();
  kit.clock.advance(7 * minute);
  const since = kit.clock.now();
  await kit.send(`${kit.wechat.asked.at(-1)?.trace} review`);
  await kit.settle();
  expect(await waits(secretary)).toMatchObject([{ since }]);
  kit.clock.advance(minute);
  await kit.as(author).circle.edit({ id, key: key(), text: "换个说法" });
  expect(await waits(secretary)).toMatchObject([{ since }]);
});

test("an appeal waits since it was made, and not for whoever refused", async () => {
  const { id } = await kit.post(author, { text: bad });
  await kit.as(secretary).circle.decide({ id, pass: false, reason: "广告" });
  kit.clock.advance(5 * minute);
  const since = kit.clock.now();
  await kit.as(author).circle.appeal({ id, key: key(), why: "不是" });
  kit.clock.advance(minute);
  expect(await waits(secretary)).toEqual([]);
  expect(await waits(clerk)).toMatchObject([{ id: village, since }]);
});

test("what was said with a step waits for all who may decide about it but whoever said it", async () => {
  const office = cadre("secretary", village);
  const { case: file } = await kit.post(author, { kind: "help" });
  kit.wechat.plan.words = "review";
  await kit.as(office).cases.move({ id: file?.id ?? "", key: key(), move: "start", text: "马上处理" });
  kit.clock.advance(minute);
  await kit.settle();
  const since = kit.clock.now();
  kit.clock.advance(minute);
  expect(await waits(secretary)).toMatchObject([{ title: "1 条内容等待审核", since }]);
  expect(await waits(office)).toEqual([]);
});

test("more than fifty are told as that many or more, by one question to the database", async () => {
  const { id } = await kit.post(other);
  for (let n = 0; n < 51; n++) await kit.as(author).circle.comment({ id, key: key(), text: `${bad} ${n}` });
  const asked = vi.spyOn(kit.db, "rows");
  expect(await waits(secretary)).toMatchObject([{ title: "50 条以上内容等待审核" }]);
  expect(asked).toHaveBeenCalledTimes(1);
  asked.mockRestore();
  expect(await waits(elsewhere)).toEqual([]);
  expect(await waits(cadre("clerk", town))).toHaveLength(1);
});
