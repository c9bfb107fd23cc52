import type { Contract } from "@weimenhu/contract";
import { moveNotice } from "@weimenhu/domain/notices/state";
import type * as z from "zod/mini";
import { asPerson } from "../../foundation/identity/index.ts";
import { bySystem } from "../../kernel/audit.ts";
import { signedIn } from "../../kernel/caller.ts";
import type { Clock } from "../../kernel/clock.ts";
import { enqueue } from "../../kernel/outbox.ts";
import { refuse } from "../../kernel/refuse.ts";
import type { Ctx } from "../../kernel/rpc.ts";
import type { Tx } from "../../kernel/tx.ts";
import { isEmpty } from "./service.content.ts";
import { seen, shown } from "./service.desk.ts";
import { hide, note, pin, show, showFiles } from "./service.publish.ts";
import type { SearchProvider } from "./service.search.ts";
import * as store from "./store.ts";
import { askOf, type DeskNotice, isOpenTo, type Names } from "./view.desk.ts";

type In = z.output<Contract["notices"]["move"]["input"]>;
type Set = Partial<store.NoticeRow>;
export type MoveDeps = { names: Names; search: SearchProvider };

/**
 * One step in the life of a notice. The row is locked, so of two who press at once the second sees what the first did.
 * The same step by the same person again (an answer that was lost on the way) changes nothing.
 */
export async function move(deps: MoveDeps, ctx: Ctx, input: In): Promise<DeskNotice> {
  const { personId } = signedIn(ctx);
  const moved = await asPerson(ctx, async (tx) => {
    const row = await seen(ctx, await store.lock(tx, input.id));
    const last = await store.lastStep(tx, row.id);
    const again = last?.move === input.move && last.doneBy === personId && last.version === input.version;
    if (again && (input.move !== "schedule" || row.scheduledAt === input.at)) return row;
    if (!isOpenTo(row, input.move)) throw refuse("NOT_ALLOWED");
    const { reason, at } = input;
    const now = ctx.clock.now();
    const words = { now, ...(reason === undefined ? {} : { reason }), ...(at === undefined ? {} : { at }) };
    const outcome = moveNotice(askOf(ctx, row), input.move, words);
    if ("no" in outcome) throw refuse(outcome.no);
    if (row.version !== input.version) throw refuse("STALE_VERSION");
    const set = { state: outcome.to, ...(await consequences(deps, tx, ctx, row, input)), changedAt: now };
    await store.update(tx, row.id, set);
    await note(tx, ctx, row, { move: input.move, version: input.version, doneBy: personId, note: reason?.trim() });
    return { ...row, ...set };
  });
  return shown(deps.names, ctx, moved);
}

/** What a step changes beside the state. */
async function consequences(deps: MoveDeps, tx: Tx, ctx: Ctx, row: store.NoticeRow, input: In): Promise<Set> {
  const { personId } = signedIn(ctx);
  const now = ctx.clock.now();
  const reason = input.reason?.trim() ?? "";
  switch (input.move) {
    case "submit": {
      const text = await store.version(tx, row.id, row.version);
      if (!text || isEmpty(text)) throw refuse("BODY_BAD", { details: { fault: "empty" } });
      return { note: null, reviewer: null };
    }
    case "return":
      return { note: reason, reviewer: null, publisher: null };
    case "approve":
      return { reviewer: personId };
    case "publish":
      return publish(deps.search, tx, row, now, personId);
    case "schedule":
      return schedule(tx, row, input.at ?? now, personId);
    case "unschedule":
      return { scheduledAt: null, publisher: null };
    case "revise":
      return revise(tx, row, personId, now);
    case "withdraw":
      await hide(deps.search, tx, row, now, reason);
      return { note: reason, publicVersion: null, pinned: 0, scheduledAt: null, alsoWrote: unpassedWriter(row) };
    case "pin":
    case "unpin": {
      const pinned = input.move === "pin" ? 1 : 0;
      await pin(tx, row, pinned);
      return { pinned };
    }
  }
}

async function publish(
  search: SearchProvider,
  tx: Tx,
  row: store.NoticeRow,
  now: number,
  publisher: string,
): Promise<Set> {
  const text = await store.version(tx, row.id, row.version);
  if (!text) throw new Error(`notice ${row.id} has no version ${row.version}`);
  const publishedAt = row.publicVersion === null ? now : (row.publishedAt ?? now);
  await show(search, tx, row, text, { publishedAt, updatedAt: now, source: null });
  return { publicVersion: row.version, publishedAt, publisher, scheduledAt: null, note: null, alsoWrote: null };
}

/**
 * Who had saved words of a revision when the notice was withdrawn: whoever revises it next begins with these words, and they
 * still pass nobody's eyes but other people's. A revision that was only begun is a copy of what three people let pass.
 */
const unpassedWriter = ({ version, publicVersion, author }: store.NoticeRow): string | null =>
  publicVersion !== null && version > publicVersion + 1 ? author : null;

/** The job carries the time it was made for: one that was called off, or set anew, finds another time and does nothing. */
async function schedule(tx: Tx, row: store.NoticeRow, at: number, publisher: string): Promise<Set> {
  const { id, region, version } = row;
  const payload: Scheduled = { id, version, at };
  await enqueue(tx, { kind: "notices.publish", key: `${id}:${version}:${at}`, region, payload, notBefore: at });
  return { scheduledAt: at, publisher };
}

async function revise(tx: Tx, row: store.NoticeRow, author: string, now: number): Promise<Set> {
  const text = await store.version(tx, row.id, row.version);
  if (!text) throw new Error(`notice ${row.id} has no version ${row.version}`);
  const version = row.version + 1;
  await store.insertVersion(tx, { ...text, version, writtenBy: author, at: now });
  // What was withdrawn lies before colleagues again: they look at its files before they let it pass.
  if (row.publicVersion === null) await showFiles(tx, row.id, text, now, "signed");
  return { version, author, reviewer: null, publisher: null, note: null };
}

export type Scheduled = { id: string; version: number; at: number };

/** Publishes what is due, once: whoever comes second finds it published. The time shown is the true one, not the planned. */
export async function publishScheduled(search: SearchProvider, tx: Tx, clock: Clock, due: Scheduled): Promise<boolean> {
  const row = await store.lock(tx, due.id);
  const isDue = row?.state === "scheduled" && row.version === due.version && row.scheduledAt === due.at;
  if (!row || !isDue || row.publisher === null) return false;
  const now = clock.now();
  const { publisher } = row;
  const set = await publish(search, tx, row, now, publisher);
  await store.update(tx, row.id, { ...set, state: "published", changedAt: now });
  await note(tx, bySystem(clock), row, { move: "publish", version: row.version, doneBy: publisher });
  return true;
}
