import { dueAmong, reminderDue, startWords } from "@weimenhu/domain/appointments/reminders";
import type { Clock } from "../../kernel/clock.ts";
import type { Db } from "../../kernel/db.ts";
import { inTx, type Tx } from "../../kernel/tx.ts";
import { tellBoth } from "./service.behalf.ts";
import { bookedAmong, claimReminder } from "./store.remind.ts";
import * as store from "./store.ts";

/** Looked at together. */
const bite = 200;

/**
 * Each five minutes: whoever is to come, and whoever booked for them, are reminded in the evening before and two hours ahead. What
 * is due is found in the rows themselves, so a time in which no server ran is made up for. One that fails keeps none of the others
 * from it.
 */
export async function remind(db: Db): Promise<void> {
  const faults: unknown[] = [];
  for (const among of dueAmong(db.clock.now())) {
    let last: store.AppointmentRow | undefined;
    do {
      const rows = await bookedAmong(db.read, among, last, bite);
      faults.push(...(await remindOf(db, rows)));
      last = rows[bite - 1];
    } while (last);
  }
  if (faults.length > 0) throw faults[0];
}

async function remindOf(db: Db, rows: readonly store.AppointmentRow[]): Promise<unknown[]> {
  const due = rows.filter((row) => isDue(row, db.clock.now()));
  if (due.length === 0) return [];
  const offers = await store.offersById(
    db.read,
    due.map(({ offer }) => offer),
  );
  const names = new Map(offers.map(({ id, name }) => [id, name]));
  const faults: unknown[] = [];
  for (const row of due) {
    try {
      await inTx(db, (tx) => tellOf(tx, db.clock, row, names.get(row.offer) ?? ""));
    } catch (fault) {
      faults.push(fault);
    }
  }
  return faults;
}

/** What was due until then was told, or was past already. */
const sinceOf = ({ remindedAt, createdAt }: store.AppointmentRow): number => remindedAt ?? createdAt;
const isDue = (row: store.AppointmentRow, now: number): boolean => reminderDue(row.startAt, sinceOf(row), now);

/** What was told is marked in the same transaction: both stand, or neither. */
async function tellOf(tx: Tx, clock: Clock, row: store.AppointmentRow, name: string): Promise<void> {
  const now = clock.now();
  // So many come before it that it has begun, or the night.
  if (!isDue(row, now) || !(await claimReminder(tx, row, now))) return;
  const { id, startAt } = row;
  await tellBoth(tx, clock, row, {
    ...{ kind: "reminded", key: `appointment:${id}:reminded:${sinceOf(row)}` },
    ...{ summary: `${name}：${startWords(startAt)}`, state: "快到了", ringUntil: startAt },
  });
}
