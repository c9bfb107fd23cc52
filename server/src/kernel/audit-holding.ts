import { asc, eq } from "drizzle-orm";
import { isoOf } from "./clock.ts";
import { type Holding, staysNameless } from "./holdings.ts";
import { audit } from "./schema.ts";

/** What the record says a person did, when and from where. On whom is not told: that is about others. */
export const auditHolding: Holding = {
  name: "audit",
  tables: ["audit"],
  export: async (db, personId) => {
    const rows = await db.read
      .select({ at: audit.at, act: audit.act, channel: audit.channel, ip: audit.ip })
      .from(audit)
      .where(eq(audit.actor, personId))
      .orderBy(asc(audit.at), asc(audit.seq));
    return rows.map((row) => ({ ...row, at: isoOf(row.at) }));
  },
  // Kept by law, under an id that nobody can turn into a name any more.
  close: staysNameless,
};
