import type { Clock } from "../../kernel/clock.ts";
import type { Db } from "../../kernel/db.ts";
import { inTx } from "../../kernel/tx.ts";
import type { Folder } from "./store.files.ts";
import * as store from "./store.ts";
import { filesOf, readName } from "./view.ts";

const dayMs = 24 * 3_600_000;
const batch = 200;
/** No upload takes longer. */
const uploadMs = 6 * 3_600_000;
type House = { db: Db; clock: Clock; folder: Folder };

/**
 * Takes out what was uploaded more than a day ago and is shown by nothing, and what processes left behind that died in the
 * middle of an upload. Returns how many rows went.
 */
export async function sweep(house: House): Promise<number> {
  const gone = await sweepUnused(house);
  await sweepStrays(house);
  return gone;
}

async function sweepUnused({ db, clock, folder }: House): Promise<number> {
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

/** Half of a file, and whole files whose row was never written. */
async function sweepStrays({ db, clock, folder }: House): Promise<void> {
  await folder.clearIncoming(clock.now() - uploadMs);
  let bite: { name: string; digest: string }[] = [];
  const look = async () => {
    const kept = await store.keptOf(
      db,
      bite.map(({ digest }) => digest),
    );
    for (const { name, digest } of bite)
      if (!kept.has(digest)) await folder.remove(name, () => store.isKept(db, digest));
    bite = [];
  };
  for await (const name of folder.putBefore(clock.now() - dayMs)) {
    const digest = readName(name)?.digest;
    if (digest !== undefined) bite.push({ name, digest });
    if (bite.length === batch) await look();
  }
  await look();
}
