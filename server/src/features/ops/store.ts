import { and, desc, eq, lt, or, type SQL } from "drizzle-orm";
import type { Db } from "../../kernel/db.ts";
import { audit, outbox } from "../../kernel/schema.ts";

export type DeadRow = typeof outbox.$inferSelect;
export type AuditRow = Omit<typeof audit.$inferSelect, "mac">;
export type AuditPlace = { at: number; shard: number; seq: number };

/** Dead letters, newest first, below the given id. */
export const deadLetters = (db: Db, before: number | null, limit: number): Promise<DeadRow[]> =>
  db.read
    .select()
    .from(outbox)
    .where(and(eq(outbox.state, "dead"), before === null ? undefined : lt(outbox.id, before)))
    .orderBy(desc(outbox.id))
    .limit(limit);

const columns = {
  shard: audit.shard,
  seq: audit.seq,
  at: audit.at,
  act: audit.act,
  actor: audit.actor,
  onWhom: audit.onWhom,
  region: audit.region,
  channel: audit.channel,
  ip: audit.ip,
  detail: audit.detail,
};

export type AuditFilter = { act?: string | undefined; actor?: string | undefined; onWhom?: string | undefined };

/** The audit, newest first, behind the given place. */
export function auditRows(db: Db, filter: AuditFilter, after: AuditPlace | null, limit: number): Promise<AuditRow[]> {
  return db.read
    .select(columns)
    .from(audit)
    .where(
      and(
        filter.act === undefined ? undefined : eq(audit.act, filter.act),
        filter.actor === undefined ? undefined : eq(audit.actor, filter.actor),
        filter.onWhom === undefined ? undefined : eq(audit.onWhom, filter.onWhom),
        after === null ? undefined : behind(after),
      ),
    )
    .orderBy(desc(audit.at), desc(audit.shard), desc(audit.seq))
    .limit(limit);
}

function behind({ at, shard, seq }: AuditPlace): SQL | undefined {
  return or(
    lt(audit.at, at),
    and(eq(audit.at, at), or(lt(audit.shard, shard), and(eq(audit.shard, shard), lt(audit.seq, seq)))),
  );
}
