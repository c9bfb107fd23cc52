import type { Entry } from "@weimenhu/connectors/ports";
import {
  type AppointmentMove,
  appointmentStateNames,
  moveAppointment,
  stillOpen,
} from "@weimenhu/domain/appointments/state";
import { dayOf } from "@weimenhu/domain/base/workday";
import { callerScope } from "../../kernel/caller.ts";
import type { Clock } from "../../kernel/clock.ts";
import { bump, type Tx } from "../../kernel/tx.ts";
import { slotsScope } from "./deps.ts";
import { bothOf, tellBoth } from "./service.behalf.ts";
import { dayKeyOf } from "./service.line.ts";
import * as hospital from "./store.hospital.ts";
import * as place from "./store.place.ts";
import * as store from "./store.ts";
import { factsOf } from "./view.ts";

/** What the hospital said to one of our appointments. */
export type Outcome =
  | { booked: Entry }
  | { no: string }
  | { given: true }
  /** It does not take the place back. */
  | { kept: Entry }
  /** 停诊, or ended at the hospital itself; `say`: which. */
  | { stopped: string; say: string }
  | { moved: Entry }
  | { came: true }
  | { missed: true }
  /** Days have gone by, and it never said who came. */
  | { past: true };

type Step = {
  move: AppointmentMove;
  set: Partial<Pick<store.AppointmentRow, "number" | "why" | "hospitalRef" | "hospitalVersion">>;
  /** Said to whoever booked and whoever it is for; null where they have just read it. */
  say: string | null;
  /** What it does to the number that the hospital's half-day has left, until it is asked again. */
  count: 1 | -1 | "all" | null;
};

const refOf = ({ ref, version, number }: Entry) => ({ hospitalRef: ref, hospitalVersion: version, number });

/** An answer within this time is read on the page that waits for it. */
const atOnceMs = 20_000;

function stepOf(row: store.AppointmentRow, outcome: Outcome, now: number): Step {
  if ("booked" in outcome) {
    // Whoever it is for reads no page now.
    const say = now - row.createdAt > atOnceMs || row.mandate !== null ? "医院已经确认，约好了" : null;
    return { move: "confirm", set: refOf(outcome.booked), say, count: 1 };
  }
  if ("no" in outcome) {
    const full = outcome.no === "taken" || outcome.no === "stopped";
    // Told also to who read it: whoever left the page must not believe that there is a place.
    return { move: "refuse", set: { why: outcome.no }, say: "没有约上，点开看原因", count: full ? "all" : null };
  }
  if ("given" in outcome) return { move: "cancelled", set: {}, say: null, count: row.number > 0 ? -1 : null };
  if ("kept" in outcome)
    return { move: "keep", set: refOf(outcome.kept), say: "医院已不能取消，预约还在", count: null };
  if ("stopped" in outcome) return { move: "stop", set: { why: outcome.stopped }, say: outcome.say, count: null };
  if ("came" in outcome) return { move: "came", set: {}, say: null, count: null };
  if ("missed" in outcome) return { move: "miss", set: {}, say: null, count: null };
  if ("past" in outcome) return { move: "pass", set: {}, say: null, count: null };
  const { number, version } = outcome.moved;
  return { move: "shift", set: { number, hospitalVersion: version }, say: "医院改了时间，点开看", count: null };
}

/**
 * Takes in what the hospital said, under the lock of the appointment. An answer to what is not asked any more changes nothing
 * but what is known of the place. False: nothing came of it.
 */
export async function answered(tx: Tx, clock: Clock, id: string, outcome: Outcome): Promise<boolean> {
  const now = clock.now();
  const row = await place.lock(tx, id);
  const slot = row && (await store.slotInTx(tx, row.slot));
  const offer = row && (await store.offerById(tx, row.offer));
  if (!row || !slot || !offer) return false;
  const { move, set, say, count } = stepOf(row, outcome, now);
  const words = { now, text: say ?? "-" };
  const actor = "past" in outcome ? "clock" : "source";
  const moved = moveAppointment(factsOf(row, offer, slot), [actor], move, words);
  if ("no" in moved) {
    // Somebody gave it up meanwhile: what is to be given back is known now.
    if ("booked" in outcome) await place.setState(tx, id, { state: row.state, ...refOf(outcome.booked) });
    return false;
  }
  const ends = moved.to === "refused" || moved.to === "cancelled" || moved.to === "stopped";
  const opens = (state: store.AppointmentRow["state"]) => stillOpen.includes(state);
  const over = opens(row.state) && !opens(moved.to);
  const entry = "moved" in outcome ? outcome.moved : "kept" in outcome ? outcome.kept : null;
  const shifted = entry && entry.start !== row.startAt ? await shiftedTo(tx, row, entry, now) : {};
  await place.setState(tx, id, {
    ...{ state: moved.to, ...set, ...shifted },
    ...(opens(moved.to) ? {} : { endedAt: now }),
    ...(ends ? { dayKey: null } : {}),
  });
  await store.insertStep(tx, { appointment: id, move, actor: null, text: "no" in outcome ? outcome.no : "", at: now });
  if (over) await place.uncountOpen(tx, row.attendee);
  if (count !== null) await hospital.countTaken(tx, row.slot, count);
  const news = { kind: "hospitalSaid" as const, key: `appointment:${id}:${move}:${now}` };
  if (say !== null)
    await tellBoth(tx, clock, row, {
      ...news,
      summary: `${offer.name}：${say}`,
      state: appointmentStateNames[moved.to],
    });
  await bump(tx, slotsScope(row.offer), ...bothOf(row).map(callerScope));
  return true;
}

/** The half-day that it was moved to; the one a day stands for the new day, where nothing else does. */
async function shiftedTo(tx: Tx, row: store.AppointmentRow, entry: Entry, now: number) {
  const day = dayOf(entry.start);
  const at = () => hospital.slotAt(tx, row.offer, entry.doctor, entry.start);
  if ((await at()) === undefined) {
    const { doctor, start, end } = entry;
    // How many there are is read the next minute.
    await hospital.putPeriod(tx, row.offer, { doctor, start, end, free: 0, total: 1, stopped: false }, now);
  }
  const slot = await at();
  const dayKey = dayKeyOf(row.attendee, row.offer, day);
  const other = await store.byDayKey(tx, dayKey);
  return {
    // Who was told of the other time is reminded of this one.
    ...{ startAt: entry.start, day, remindedAt: now },
    ...(slot ? { slot: slot.id } : {}),
    dayKey: other && other.id !== row.id ? null : dayKey,
  };
}
