import type { Channel } from "@weimenhu/domain/identity/channel";
import { asc, eq } from "drizzle-orm";
import { type Clock, sqlTime } from "./clock.ts";
import type { Db } from "./db.ts";
import { audit, auditHead } from "./schema.ts";
import { hmacSm3 } from "./seal.ts";
import { dbOf, inTx, type Tx } from "./tx.ts";

/** Who acts, and from where: every `Ctx` is one; jobs and commands use `bySystem`. */
export type Actor = {
  clock: Clock;
  caller: { readonly personId: string } | null;
  channel: Channel | "system";
  ip: string;
};
export const bySystem = (clock: Clock): Actor => ({ clock, caller: null, channel: "system", ip: "" });

/** What was done, to whom or what (an id), where. Ids and words only: never a name, a phone or an ID number. */
export type AuditEntry = {
  act: string;
  onWhom?: string | undefined;
  region?: string | undefined;
  detail?: Record<string, unknown>;
};

export type AuditRow = {
  shard: number;
  seq: number;
  at: number;
  act: string;
  actor: string | null;
  onWhom: string | null;
  region: string | null;
  channel: string;
  ip: string;
  detail: string;
};

/** Eight chains, so that eight writers need not wait for each other. */
export const auditShards = 8;
const shardOf = new WeakMap<Tx, number>();
let turn = 0;

/**
 * Appends to the audit in the caller's transaction. Each row carries a MAC over itself and the MAC before it. The head of
 * the chain stays locked until the commit, so the order is real; call it late. One transaction keeps to one chain, so two
 * can never wait for each other's heads.
 */
export async function record(tx: Tx, by: Actor, entry: AuditEntry): Promise<void> {
  const shard = shardOf.get(tx) ?? turn++ % auditShards;
  shardOf.set(tx, shard);
  const { auditKey } = dbOf(tx);
  const mine = eq(auditHead.shard, shard);
  const [head] = await tx.select().from(auditHead).where(mine).for("update");
  if (!head) throw new Error(`the audit has no head ${shard}`);
  const row: AuditRow = {
    shard,
    seq: head.seq + 1,
    at: by.clock.now(),
    act: entry.act,
    actor: by.caller?.personId ?? null,
    onWhom: entry.onWhom ?? null,
    region: entry.region ?? null,
    channel: by.channel,
    ip: by.ip,
    detail: JSON.stringify(entry.detail ?? {}),
  };
  const mac = macOf(auditKey, row, head.mac);
  await tx.insert(audit).values({ ...row, mac });
  const seal = sealOf(auditKey, shard, row.seq, mac);
  await tx.update(auditHead).set({ seq: row.seq, mac, seal }).where(mine);
}

const nullable = (value: string | null): string => (value === null ? "-" : `=${value}`);

export function macOf(key: Uint8Array, row: AuditRow, before: string): string {
  const { shard, seq, at, act, actor, onWhom, region, channel, ip, detail } = row;
  const parts = [String(shard), String(seq), sqlTime(at), act, nullable(actor), nullable(onWhom), nullable(region)];
  return hmacSm3(key, before, ...parts, channel, ip, detail).toString("hex");
}

/** Only the holder of the key can set a head back, so rows cut off at the end are noticed. */
export const sealOf = (key: Uint8Array, shard: number, seq: number, mac: string): string =>
  hmacSm3(key, "head", String(shard), String(seq), mac).toString("hex");

export const isUnsealed = (head: { seq: number; mac: string; seal: string }): boolean =>
  head.seq === 0 && head.mac === "" && head.seal === "";

/**
 * Whether this process holds the key that the heads were sealed with; a new database has no sealed head and takes any. One
 * head that fits is enough: that others were changed is for the verification to tell.
 */
export async function auditKeyFits(db: Db): Promise<boolean> {
  const heads = (await db.read.select().from(auditHead)).filter((head) => head.seal !== "");
  return heads.length === 0 || heads.some((head) => head.seal === sealOf(db.auditKey, head.shard, head.seq, head.mac));
}

/** Whether anything happened in this database that would have left a sealed head. */
export async function auditInUse(db: Db): Promise<boolean> {
  const [found] = await db.rows<{ used: number }>(
    `SELECT EXISTS (SELECT 1 FROM audit) OR EXISTS (SELECT 1 FROM person)
         OR EXISTS (SELECT 1 FROM audit_head WHERE seal <> '') AS used`,
  );
  return Number(found?.used ?? 0) === 1;
}

/**
 * Seals the heads of a new database, so that a head without a seal is one that somebody set back. Does nothing once the
 * database is in use: a head set back must not be made whole by the next start.
 */
export async function sealAuditHeads(db: Db): Promise<void> {
  if (await auditInUse(db)) return;
  await inTx(db, async (tx) => {
    const heads = await tx.select().from(auditHead).orderBy(asc(auditHead.shard)).for("update");
    // Another process may have been first.
    if (!heads.every(isUnsealed)) return;
    for (const { shard } of heads)
      await tx
        .update(auditHead)
        .set({ seal: sealOf(db.auditKey, shard, 0, "") })
        .where(eq(auditHead.shard, shard));
  });
}
