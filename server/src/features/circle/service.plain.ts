import { isCaseKind } from "@weimenhu/domain/circle/post";
import { holdPersons } from "../../foundation/identity/index.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Db } from "../../kernel/db.ts";
import { isDuplicate } from "../../kernel/db-faults.ts";
import { Refusal } from "../../kernel/refuse.ts";
import { perDb, together } from "../../kernel/together.ts";
import { bump, inTx } from "../../kernel/tx.ts";
import { checkRows, type Part } from "./service.check.ts";
import { scopesOf } from "./service.raise.ts";
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
 * before, or its author's account ended) nothing of it is kept, and each is written by itself, with its own outcome.
 */
export const plainWriter = (): WritePlain =>
  perDb((db) =>
    together(async (items: readonly Plain[]) => {
      try {
        await writeAll(db, items);
        return items.map(({ row }) => row);
      } catch (fault) {
        if (items.length > 1 && (isDuplicate(fault) || fault instanceof Refusal))
          return items.map(({ alone }) => alone());
        throw fault;
      }
    }, most),
  );

const writeAll = (db: Db, items: readonly Plain[]): Promise<void> =>
  inTx(db, async (tx) => {
    const rows = items.map(({ row }) => row);
    await holdPersons(
      tx,
      rows.map(({ author }) => author),
    );
    await store.insertAll(tx, rows);
    await insertChecks(
      tx,
      items.flatMap(({ row, parts, clock }) =>
        checkRows(clock, { what: row.id, version: 0, village: row.village }, parts),
      ),
    );
    await bump(tx, ...rows.flatMap(scopesOf));
  });
