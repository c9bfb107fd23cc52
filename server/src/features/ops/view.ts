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

export const auditLine = (names: ReadonlyMap<string, string>, { shard, seq, ...row }: AuditRow) => {
  const nameOf = (id: string | null) => (id === null ? null : (names.get(id) ?? null));
  return { id: `${shard}-${seq}`, ...row, actorName: nameOf(row.actor), onWhomName: nameOf(row.onWhom) };
};
