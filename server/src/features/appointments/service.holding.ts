import { isoOf } from "../../kernel/clock.ts";
import type { Holding } from "../../kernel/holdings.ts";
import { bump } from "../../kernel/tx.ts";
import { slotsScope } from "./deps.ts";
import * as mine from "./store.holding.ts";
import * as place from "./store.place.ts";
import * as store from "./store.ts";

const at = (ms: number | null): string | null => (ms === null ? null : isoOf(ms));

/**
 * What is still to come is cancelled with the account, and its places are free again, whatever the hour: nobody will come. What
 * is past stays, under an id that nobody can turn into a name, without the words that were written.
 */
export const appointmentsHolding: Holding = {
  name: "appointments",
  tables: ["appointment", "appointment_step", "appointment_closure"],
  export: async (db, person) => {
    const [booked, done, closed] = await Promise.all([
      mine.allOf(db, person),
      mine.stepsBy(db, person),
      mine.closuresBy(db, person),
    ]);
    return {
      booked: booked.map(({ id, offer, state, number, startAt, place, note, createdAt, endedAt }) => ({
        ...{ id, offer, state, number, place, note },
        ...{ startAt: at(startAt), createdAt: at(createdAt), endedAt: at(endedAt) },
      })),
      done: done.map(({ appointment, move, text, at: when }) => ({ appointment, move, text, at: at(when) })),
      closures: closed.map(({ offer, day, why }) => ({ offer, day, why })),
    };
  },
  close: async (tx, person, now) => {
    for (const row of await mine.lockOpen(tx, person)) {
      await place.setState(tx, row.id, { state: "cancelled", endedAt: now, dayKey: null });
      await store.insertStep(tx, { appointment: row.id, move: "cancel", actor: person, text: "", at: now });
      await place.uncountOpen(tx, row.attendee);
      await place.release(tx, row.slot);
      await bump(tx, slotsScope(row.offer));
    }
    await mine.forgetWords(tx, person);
  },
};
