import type { Contract } from "@weimenhu/contract";
import type * as z from "zod/mini";
import { asPerson } from "../../foundation/identity/index.ts";
import { record } from "../../kernel/audit.ts";
import type { Ctx } from "../../kernel/ctx.ts";
import type { Db } from "../../kernel/db.ts";
import { dropDead, redrive as redriveRow } from "../../kernel/outbox.ts";
import { refuse } from "../../kernel/refuse.ts";
import * as store from "./store.ts";
import { auditLine, deadLetter } from "./view.ts";

export type OpsDeps = {
  /** Names of those who hold or held an office; from identity. */
  officeNames: (db: Db, ids: readonly string[]) => Promise<Map<string, string>>;
};
type In<K extends keyof Contract["ops"]> = z.output<Contract["ops"][K]["input"]>;
const pageSize = 30;
/** The year 2100. */
const latestTime = 4_102_444_800_000;

/** Rows of the outbox that were tried in vain, newest first. */
export async function deadLetters(ctx: Ctx, input: In<"deadLetters">) {
  const limit = input.limit ?? pageSize;
  if (input.cursor !== undefined && !/^\d{1,18}$/.test(input.cursor)) throw refuse("CURSOR_BAD");
  const rows = await store.deadLetters(ctx.db, input.cursor === undefined ? null : Number(input.cursor), limit + 1);
  const items = rows.slice(0, limit);
  return { items: items.map(deadLetter), next: rows.length > limit ? String(items.at(-1)?.id) : null };
}

/** Puts a dead letter back in the queue; twice is once. */
export async function redrive(ctx: Ctx, { id }: In<"redrive">) {
  await asPerson(ctx, async (tx) => {
    if (!(await redriveRow(tx, Number(id)))) throw refuse("NOT_FOUND");
    await record(tx, ctx, { act: "ops.redrive", onWhom: id });
  });
  return { ok: true as const };
}

/** Gives a dead letter up, with a reason, so that what waits behind it can go on. */
export async function drop(ctx: Ctx, { id, reason }: In<"drop">) {
  await asPerson(ctx, async (tx) => {
    if (!(await dropDead(tx, Number(id)))) throw refuse("NOT_FOUND");
    await record(tx, ctx, { act: "ops.drop", onWhom: id, detail: { reason } });
  });
  return { ok: true as const };
}

/** Who did what on whom. Reading the audit is itself written down, once for each look. */
export async function audit({ officeNames }: OpsDeps, ctx: Ctx, input: In<"audit">) {
  const limit = input.limit ?? pageSize;
  const after = input.cursor === undefined ? null : placeOf(input.cursor);
  const { act, actor, onWhom } = input;
  const rows = await store.auditRows(ctx.db, { act, actor, onWhom }, after, limit + 1);
  if (after === null)
    await asPerson(ctx, (tx) => record(tx, ctx, { act: "audit.read", detail: { act, actor, onWhom } }));
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const names = await officeNames(
    ctx.db,
    items.flatMap(({ actor, onWhom }) => [actor, onWhom].filter((id) => id !== null)),
  );
  return {
    items: items.map((row) => auditLine(names, row)),
    next: rows.length > limit && last ? `${last.at}.${last.shard}.${last.seq}` : null,
  };
}

function placeOf(cursor: string): store.AuditPlace {
  const [at, shard, seq, ...rest] = cursor.split(".").map(Number);
  if (at === undefined || shard === undefined || seq === undefined || rest.length > 0) throw refuse("CURSOR_BAD");
  if (![at, shard, seq].every(Number.isSafeInteger)) throw refuse("CURSOR_BAD");
  // A time outside of the database's calendar cannot even be asked for.
  if (at < 0 || at > latestTime) throw refuse("CURSOR_BAD");
  return { at, shard, seq };
}

/** Dead letters wait for whoever runs the system. */
export async function waiting(ctx: Ctx) {
  if (!ctx.caller?.grants.some((grant) => grant.role === "sysadmin")) return [];
  const rows = await store.deadLetters(ctx.db, null, 50);
  return rows.map((row) => ({
    kind: "dead-letter" as const,
    id: String(row.id),
    title: row.kind,
    region: row.region,
    since: row.endedAt ?? row.createdAt,
  }));
}
