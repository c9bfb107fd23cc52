import { type Clock, systemClock } from "../../kernel/clock.ts";
import type { Db } from "../../kernel/db.ts";
import { inTx } from "../../kernel/tx.ts";
import { endAside, type Files, removeFile } from "./store.files.ts";
import * as store from "./store.ts";
import { filesOf, readName } from "./view.ts";

export type Swept = { rows: number; files: number };
type House = { db: Db; clock: Clock; files: Files };

const dayMs = 24 * 3_600_000;
const batch = 200;

/**
 * Takes out what was uploaded more than a day ago and is in use by nothing, and every file without a row, which is what a
 * process leaves that died between the two. Whoever brings the same content in at that moment writes its files anew.
 */
export async function sweep(house: House): Promise<Swept> {
  const rows = await sweepRows(house);
  const files = await sweepFiles(house);
  // What lies on this machine's own disk has the time of that disk.
  return { rows, files: files + (await house.files.sweepIncoming(systemClock.now() - dayMs)) };
}

async function sweepRows({ db, clock, files }: House): Promise<number> {
  const before = clock.now() - dayMs;
  let gone = 0;
  for (let bite = batch; bite === batch; gone += bite) {
    bite = 0;
    for (const { id } of await store.unused(db.read, before, batch)) {
      const row = await inTx(db, (tx) => store.takeUnused(tx, id));
      if (!row) continue;
      bite++;
      for (const name of filesOf(row)) await removeFile(files.storage, name, wanted(db, name));
    }
  }
  return gone;
}

const wanted = (db: Db, name: string) => async (): Promise<boolean> => {
  const { digest = "" } = readName(name) ?? {};
  return (await store.keptAmong(db, [digest])).has(digest);
};

async function sweepFiles({ db, files: { storage } }: House): Promise<number> {
  for await (const name of storage.aside()) await endAside(storage, name, wanted(db, name));
  let gone = 0;
  for await (const names of bites(storage.names())) {
    const kept = await store.keptAmong(
      db,
      names.map(({ digest }) => digest),
    );
    for (const { name, digest } of names) {
      if (kept.has(digest)) continue;
      await removeFile(storage, name, wanted(db, name));
      gone++;
    }
  }
  return gone;
}

/** What is named as ours; anything else that somebody laid there is not touched. */
async function* bites(names: AsyncIterable<string>): AsyncIterable<{ name: string; digest: string }[]> {
  let bite: { name: string; digest: string }[] = [];
  for await (const name of names) {
    const ours = readName(name);
    if (!ours) continue;
    bite.push({ name, digest: ours.digest });
    if (bite.length < batch) continue;
    yield bite;
    bite = [];
  }
  yield bite;
}
