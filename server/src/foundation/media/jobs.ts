import type { Clock } from "../../kernel/clock.ts";
import type { Db } from "../../kernel/db.ts";
import { inTx } from "../../kernel/tx.ts";
import type { Folder } from "./store.files.ts";
import * as store from "./store.ts";
import { filesOf } from "./view.ts";

const dayMs = 24 * 3_600_000;
const batch = 200;

/** Takes out what was uploaded more than a day ago and is shown by nothing. Returns how many rows went. */
export async function sweep(house: { db: Db; clock: Clock; folder: Folder }): Promise<number> {
  const { db, clock, folder } = house;
  const before = clock.now() - dayMs;
  let gone = 0;
  for (let bite = batch; bite === batch; gone += bite) {
    bite = 0;
    for (const { id } of await store.unused(db.read, before, batch)) {
      const row = await inTx(db, (tx) => store.takeUnused(tx, id));
      if (!row) continue;
      bite++;
      for (const name of filesOf(row)) await folder.remove(name, () => store.isKept(db, row.digest));
    }
  }
  return gone;
}
