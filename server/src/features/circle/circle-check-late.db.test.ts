import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { checksKit } from "../../../test/circle-checks.ts";
import { cast, villagerOf } from "../../../test/circle-kit.ts";
import { enqueue } from "../../kernel/outbox.ts";
import { inTx } from "../../kernel/tx.ts";
import { checkJob } from "./service.check.ts";

const kit = await checksKit();
afterAll(kit.close);
beforeEach(() => {
  Object.assign(kit.wechat.plan, { words: "pass", picture: "push" });
});
const { other, secretary } = cast();

/** A post with a photo about which WeChat has been asked and has not said anything. */
async function asked() {
  const me = villagerOf();
  const { id } = await kit.post(me, { kind: "help", text: "看图", photos: [await kit.upload(me)] });
  await kit.settle();
  return { me, id, trace: kit.wechat.asked.at(-1)?.trace };
}
/** Everything that is known of it, and that was told about it. */
const stands = async (id: string) => ({
  post: await kit.db.rows("SELECT * FROM post WHERE id = ?", [id]),
  file: await kit.db.rows("SELECT * FROM case_file WHERE subject = ?", [`post:${id}`]),
  decided: await kit.db.rows("SELECT * FROM circle_decision WHERE what = ?", [id]),
  told: await kit.db.rows("SELECT * FROM message WHERE about = ? ORDER BY id", [id]),
  stamp: await kit.db.rows("SELECT * FROM version_stamp WHERE scope = ?", [`post:${id}`]),
});

describe("what a platform says too late changes nothing", () => {
  test.each([
    [true, "risky"],
    [true, "review"],
    [false, "pass"],
  ] as const)("after a person has decided (pass: %s, then %s)", async (pass, says) => {
    const { me, id, trace } = await asked();
    await kit.as(secretary).circle.decide({ id, pass, reason: "看过了" });
    const before = await stands(id);
    await kit.send(`${trace} ${says}`);
    await kit.settle();
    expect(await stands(id)).toEqual(before);
    expect((await kit.as(me).circle.get({ id })).check).toBe(pass ? "passed" : "refused");
    expect((await kit.ids(other)).includes(id)).toBe(pass);
  });

  test.each(["pass", "risky"] as const)("after its author has deleted the post (%s)", async (says) => {
    const { me, id, trace } = await asked();
    await kit.as(me).circle.remove({ id });
    const before = await stands(id);
    await kit.send(`${trace} ${says}`);
    await kit.settle();
    expect(await stands(id)).toEqual(before);
    expect(before.file).toEqual([]);
  });
});

test("a platform that will push its answer is not asked again by a job that runs twice, and its one answer counts", async () => {
  const { me, id, trace } = await asked();
  const count = kit.wechat.asked.length;
  const parts = await kit.db.rows<{ id: string }>("SELECT id FROM circle_check WHERE what = ? AND media <> ''", [id]);
  await inTx(kit.db, (tx) => enqueue(tx, { kind: checkJob, key: `again:${id}`, payload: { id: parts[0]?.id ?? "" } }));
  await kit.settle();
  expect([parts.length, kit.wechat.asked.length]).toEqual([1, count]);
  await kit.send(`${trace} pass`);
  await kit.settle();
  expect((await kit.as(me).circle.get({ id })).check).toBe("passed");
});
