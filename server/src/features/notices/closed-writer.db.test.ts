import { afterAll, beforeAll, expect, test } from "vitest";
import { type Kit, key, noticesKit, personOf, village, words } from "../../../test/notices-kit.ts";

let kit: Kit;
beforeAll(async () => {
  kit = await noticesKit();
});
afterAll(() => kit.close());

test("somebody whose account was closed a moment ago writes no draft, and changes none", async () => {
  const writer = personOf("committee", village);
  const ended = expect.objectContaining({ cause: expect.objectContaining({ word: "SIGN_IN_FIRST" }) });
  const text = { title: "明日停水", category: "outage", body: words("检修水管。") } as const;
  const draft = () => kit.as(writer).notices.draft({ key: key(), region: village, ...text });
  const { id } = await draft();
  await kit.db.pool.query(
    "INSERT INTO person (id, state, elder, created_at, ended_at) VALUES (?, 'closed', 0, '2026-01-01', '2026-01-02')",
    [writer.personId],
  );
  await expect(draft()).rejects.toEqual(ended);
  await expect(kit.as(writer).notices.save({ id, version: 1, ...text, title: "后天停水" })).rejects.toEqual(ended);
  expect(await kit.db.rows("SELECT version FROM notice WHERE author = ?", [writer.personId])).toEqual([{ version: 1 }]);
});
