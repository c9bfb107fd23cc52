import { and, asc, eq, gt, lte } from "drizzle-orm";
import { auditInUse, auditShards, isUnsealed, macOf, sealOf } from "./audit.ts";
import type { Db } from "./db.ts";
import { audit, auditHead } from "./schema.ts";

export type AuditHead = { shard: number; seq: number; mac: string };
export type AuditReport = { rows: number; broken: string[]; heads: AuditHead[] };

/**
 * Walks every chain and recomputes every MAC; `broken` says in words what does not fit. `earlier` are the heads of an
 * earlier report, kept outside the database: with them even an old copy put back in its place is noticed.
 */
export async function verifyAudit(db: Db, earlier: readonly AuditHead[] = []): Promise<AuditReport> {
  const report: AuditReport = { rows: 0, broken: [], heads: [] };
  const heads = await db.read.select().from(auditHead).orderBy(asc(auditHead.shard));
  const inUse = await auditInUse(db);
  for (let shard = 0; shard < auditShards; shard++) {
    const head = heads.find((candidate) => candidate.shard === shard);
    const kept = earlier.find((candidate) => candidate.shard === shard);
    const say = (what: string) => report.broken.push(`chain ${shard}: ${what}`);
    if (!head) {
      say("its head is missing");
      continue;
    }
    const walked = await walk(db, shard, head.seq, kept, say);
    report.rows += walked.rows;
    // The rows go first into the walk: what is added meanwhile lies behind the head that was read before.
    if (isUnsealed(head)) {
      if (inUse) say("its head was set back to the start");
    } else if (head.seal !== sealOf(db.auditKey, shard, head.seq, head.mac)) say("its head was changed");
    if (head.seq !== walked.seq || head.mac !== walked.mac)
      say(`it ends at row ${walked.seq}, its head says ${head.seq}`);
    if ((await rowsBehindHead(db, shard)) > 0) say("there are rows behind its head");
    if (kept && kept.seq > head.seq) say(`it had ${kept.seq} rows at an earlier time`);
    report.heads.push({ shard, seq: head.seq, mac: head.mac });
  }
  return report;
}

type Walked = { rows: number; seq: number; mac: string };

async function walk(
  db: Db,
  shard: number,
  last: number,
  kept: AuditHead | undefined,
  say: (what: string) => void,
): Promise<Walked> {
  const walked: Walked = { rows: 0, seq: 0, mac: "" };
  for (;;) {
    const page = await db.read
      .select()
      .from(audit)
      .where(and(eq(audit.shard, shard), gt(audit.seq, walked.seq), lte(audit.seq, last)))
      .orderBy(asc(audit.seq))
      .limit(500);
    if (page.length === 0) return walked;
    for (const { mac, ...row } of page) {
      if (row.seq !== walked.seq + 1) say(`rows ${walked.seq + 1} to ${row.seq - 1} are missing`);
      if (macOf(db.auditKey, row, walked.mac) !== mac) say(`row ${row.seq} does not fit`);
      if (kept?.seq === row.seq && kept.mac !== mac) say(`row ${row.seq} is not the one of an earlier time`);
      walked.rows++;
      walked.seq = row.seq;
      walked.mac = mac;
    }
  }
}

async function rowsBehindHead(db: Db, shard: number): Promise<number> {
  const [found] = await db.rows<{ n: number }>(
    "SELECT COUNT(*) AS n FROM audit a JOIN audit_head h ON h.shard = a.shard WHERE a.shard = ? AND a.seq > h.seq",
    [shard],
  );
  return Number(found?.n ?? 0);
}
