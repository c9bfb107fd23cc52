import type { Db } from "./db.ts";
import type { Tx } from "./tx.ts";

/**
 * What one room keeps about a person. Every room that keeps something gives such a holding to `api.ts`, and is then asked
 * when a person exports everything or closes the account; nobody else needs to know the room.
 */
export type Holding = {
  /** Its heading in the export file; each one once. */
  name: string;
  /** The tables that it answers for: a table that names people and is in no holding fails a test. */
  tables: readonly string[];
  /** Everything kept about the person, in full, ready for JSON; it goes to the person alone. */
  export(db: Db, personId: string): Promise<unknown>;
  /**
   * In the transaction that closes the account: takes away what may go. A refusal keeps the account open, and nothing of
   * the other holdings is lost. It may run again (transactions are repeated), and must do nothing but talk to its `tx`.
   */
  close(tx: Tx, personId: string, at: number): Promise<void>;
};

/** For what was done in office: it stays under an id that nobody can turn into a name once the account is closed. */
export const staysNameless: Holding["close"] = async () => undefined;

/** In the order of the file. A name that is used twice would hide one room's rows behind another's. */
export function allHoldings(...parts: readonly (readonly Holding[])[]): Holding[] {
  const all = parts.flat();
  const twice = all.find((one, at) => all.findIndex(({ name }) => name === one.name) !== at);
  if (twice) throw new Error(`two holdings are called ${twice.name}`);
  return all;
}
