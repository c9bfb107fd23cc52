import { eq } from "drizzle-orm";
import { auditKeyFits } from "./audit.ts";
import { ConfigFault } from "./config.ts";
import type { Db } from "./db.ts";
import { keyCanary } from "./schema.ts";
import type { Seal } from "./seal.ts";
import { inTx } from "./tx.ts";

const place = "key_canary.sealed.1";
const word = "weimenhu";

/**
 * Compares the keys with those that the database was first served with; throws a `ConfigFault` that names the wrong one.
 * A server with another INDEX_KEY would run, find nobody, and make everybody anew; with another AUDIT_KEY it would break
 * the chain of the audit with every row it writes. The heads of the chain are that key's canary.
 */
export async function checkKeys(db: Db, seal: Seal): Promise<void> {
  const idx = seal.blindIndex(word, place);
  // First starts may run side by side: one row is kept, and everybody is measured by it.
  await inTx(db, async (tx) => {
    await tx
      .insert(keyCanary)
      .ignore()
      .values({ id: 1, sealed: seal.seal(word, place), idx });
  });
  const [kept] = await db.read.select().from(keyCanary).where(eq(keyCanary.id, 1));
  if (!kept) throw new Error("the canary of the keys was not kept");
  const faults: string[] = [];
  if (!opens(seal, kept.sealed)) faults.push("SEAL_KEYS: none of them opens what this database holds");
  if (kept.idx !== idx) faults.push("INDEX_KEY: is not the one that this database was made with");
  if (!(await auditKeyFits(db)))
    faults.push("AUDIT_KEY: is not the one that the audit of this database was written with");
  if (faults.length > 0) throw new ConfigFault(faults);
}

/** For the rotation of keys: seals the canary anew with the current one. Answers whether it had to. */
export async function resealCanary(db: Db, seal: Seal): Promise<boolean> {
  const [kept] = await db.read.select().from(keyCanary).where(eq(keyCanary.id, 1));
  if (!kept || !seal.needsReseal(kept.sealed)) return false;
  const sealed = seal.seal(seal.open(kept.sealed, place), place);
  await inTx(db, async (tx) => {
    await tx.update(keyCanary).set({ sealed }).where(eq(keyCanary.id, 1));
  });
  return true;
}

function opens(seal: Seal, sealed: string): boolean {
  try {
    return seal.open(sealed, place) === word;
  } catch (fault) {
    // `open` tells an unknown key, a wrong one and a changed text apart for the log only.
    if (fault instanceof Error) return false;
    throw fault;
  }
}
