import { isCaseKind } from "@weimenhu/domain/circle/post";
import { holdPersons } from "../../foundation/identity/index.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Db } from "../../kernel/db.ts";
import { isDuplicate, isHeld } from "../../kernel/db-faults.ts";
import { Refusal } from "../../kernel/refuse.ts";
import { perDb, together } from "../../kernel/together.ts";
import { bump, inTxForMany, type Tx } from "../../kernel/tx.ts";
import { circleScope, ownScope } from "./deps.ts";
import { checkRows, type Part } from "./service.check.ts";
import type { HotCircle } from "./service.hot.ts";
import { insertChecks } from "./store.check.ts";
import * as store from "./store.ts";

/** `alone`: writes it in a transaction of its own. */
type Plain = { row: store.PostRow; parts: readonly Part[]; clock: Clock; alone: () => Promise<store.PostRow> };
export type WritePlain = (db: Db) => (item: Plain) => Promise<store.PostRow>;

const most = 64;

/** Words that have passed already, become no case and call nobody: the same rows for every such post, and nothing hangs on it. */
export const isPlain = (row: store.PostRow, photos: readonly string[], parts: readonly Part[]): boolean =>
  photos.length === 0 && !isCaseKind(row.kind) && row.calls === 0 && parts.every(({ state }) => state === "pass");

/**
 * Plain posts that come at the same moment are written in one transaction. Where one of them stands in the way (it came
 * before, its author's account ended, or something else is done for him at this moment) nothing of it is kept, and each is
 * written by itself, with its own outcome: nobody waits for somebody else's row.
 */
export const plainWriter = (hot: Pick<HotCircle, "learnNames">): WritePlain =>
  perDb((db) =>
    together(async (items: readonly Plain[]) => {
      try {
        // Their names, for what each is answered, are read meanwhile. Where that fails, who asks for them will be told.
        const [written] = await Promise.allSettled([
          writeAll(db, items),
          hot.learnNames(
            db,
            items.map(({ row }) => row),
          ),
        ]);
        if (written.status === "rejected") throw written.reason;
        return items.map(({ row }) => row);
      } catch (fault) {
        if (fault instanceof AuthorBusy || (items.length > 1 && (isDuplicate(fault) || fault instanceof Refusal)))
          return items.map(({ alone }) => alone());
        throw fault;
      }
    }, most),
  );

/** Not waited for and not tried again: the transaction of one's own waits. */
class AuthorBusy extends Error {}

async function holdAuthors(tx: Tx, rows: readonly store.PostRow[]): Promise<void> {
  const authors = rows.map(({ author }) => author);
  try {
    await holdPersons(tx, authors, "at-once");
  } catch (fault) {
    throw isHeld(fault) ? new AuthorBusy() : fault;
  }
}

const writeAll = (db: Db, items: readonly Plain[]): Promise<void> =>
  inTxForMany(db, async (tx) => {
    const rows = items.map(({ row }) => row);
    await holdAuthors(tx, rows);
    await store.insertAll(tx, rows);
    await insertChecks(
      tx,
      items.flatMap(({ row, parts, clock }) =>
        checkRows(clock, { what: row.id, version: 0, village: row.village }, parts),
      ),
    );
    // Nobody has read a post that is new: only its village's and its author's pages are out of date.
    await bump(tx, ...rows.flatMap(({ village, author }) => [circleScope(village), ownScope(author)]));
  });
