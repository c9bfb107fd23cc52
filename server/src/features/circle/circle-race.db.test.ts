import { afterAll, expect, test, vi } from "vitest";
import { cast, circleKit } from "../../../test/circle-kit.ts";
import { refusalIn } from "../../kernel/refuse.ts";

const kit = await circleKit();
afterAll(kit.close);
const { author, secretary } = cast();
const bad = "代开-发 票";

/** What stands of a post and of its case. */
async function stands(id: string) {
  const [row] = await kit.db.rows<{ shelf: number; state: string; gone: number; file: string | null }>(
    `SELECT p.shelf, p.state, p.deleted_at IS NOT NULL AS gone, f.state AS file
     FROM post p LEFT JOIN case_file f ON f.subject = CONCAT('post:', p.id) WHERE p.id = ?`,
    [id],
  );
  return { ...row, gone: Number(row?.gone) === 1 };
}

/** Transactions of this database that wait for a lock; InnoDB shows them anew only after a tenth of a second. */
const waiting = async (): Promise<number> =>
  (
    await kit.db.rows(
      `SELECT 1 FROM information_schema.innodb_trx t JOIN information_schema.processlist p ON p.id = t.trx_mysql_thread_id
       WHERE t.trx_state = 'LOCK WAIT' AND p.db = DATABASE()`,
    )
  ).length;

/** Both want the post at once, and get it in this order: each has read it before the other changed it. */
async function inOrder(id: string, acts: readonly (() => Promise<unknown>)[]): Promise<(string | null)[]> {
  const holder = await kit.db.pool.getConnection();
  await holder.query("START TRANSACTION");
  await holder.query("SELECT id FROM post WHERE id = ? FOR UPDATE", [id]);
  const ends: Promise<string | null>[] = [];
  for (const [at, act] of acts.entries()) {
    const word = (fault: unknown) => {
      const refusal = refusalIn(fault);
      if (!refusal) throw fault;
      return refusal.word;
    };
    ends.push(act().then(() => null, word));
    await vi.waitFor(async () => expect(await waiting()).toBe(at + 1), { timeout: 4_000, interval: 200 });
  }
  await holder.query("COMMIT");
  holder.release();
  return Promise.all(ends);
}

const remove = (id: string) => () => kit.as(author).circle.remove({ id });
const pass = (id: string) => () => kit.as(secretary).circle.decide({ id, pass: true });

test("a post that passes while its author deletes it leaves no case behind that somebody would handle", async () => {
  const { id } = await kit.post(author, { kind: "help", text: bad });
  expect(await inOrder(id, [pass(id), remove(id)])).toEqual([null, null]);
  expect(await stands(id)).toEqual({ gone: true, shelf: 0, state: "closed", file: "closed" });
  expect((await kit.as(secretary).cases.desk({ state: "pending" })).items).toEqual([]);
});

test("a post that its author deletes while it is passed is passed no more, and becomes no case", async () => {
  const { id } = await kit.post(author, { kind: "help", text: bad });
  expect(await inOrder(id, [remove(id), pass(id)])).toEqual([null, "POST_DELETED"]);
  expect(await stands(id)).toEqual({ gone: true, shelf: 0, state: "", file: null });
});
