import type { AuditRow, DeadRow } from "./store.ts";

/** The payload stays inside: it may hold sealed personal fields. */
export const deadLetter = (row: DeadRow) => ({
  id: String(row.id),
  kind: row.kind,
  tries: row.attempts,
  error: row.fault ?? "",
  createdAt: row.createdAt,
  diedAt: row.endedAt ?? row.createdAt,
});

export const auditLine = ({ shard, seq, ...row }: AuditRow) => ({ id: `${shard}-${seq}`, ...row });
