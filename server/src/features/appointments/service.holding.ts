import { isoOf } from "../../kernel/clock.ts";
import type { Holding } from "../../kernel/holdings.ts";
import { giveUp } from "./service.book.ts";
import { freePlace } from "./service.line.ts";
import * as mine from "./store.holding.ts";
import * as line from "./store.line.ts";
import * as store from "./store.ts";

const at = (ms: number | null): string | null => (ms === null ? null : isoOf(ms));

/**
 * What is still to come is cancelled with the account, and its places are free again, whatever the hour: nobody will come. What
 * is past stays, under an id that nobody can turn into a name, without the words that were written.
 */
export const appointmentsHolding: Holding = {
  name: "appointments",
  tables: ["appointment", "appointment_step", "appointment_closure", "appointment_wait"],
  export: async (db, person) => {
    const [booked, done, closed, waited] = await Promise.all([
      mine.allOf(db, person),
      mine.stepsBy(db, person),
      mine.closuresBy(db, person),
      line.allWaits(db.read, person),
    ]);
    return {
      booked: booked.map(
        ({ id, offer, state, number, startAt, place, note, why, hospitalRef, createdAt, endedAt }) => ({
          ...{ id, offer, state, number, place, note, why, hospitalRef },
          ...{ startAt: at(startAt), createdAt: at(createdAt), endedAt: at(endedAt) },
        }),
      ),
      done: done.map(({ appointment, move, text, at: when }) => ({ appointment, move, text, at: at(when) })),
      waited: waited.map(({ offer, day, state, place, note, createdAt }) => ({
        ...{ offer, day, state, place, note },
        createdAt: at(createdAt),
      })),
      closures: closed.map(({ offer, day, why }) => ({ offer, day, why })),
    };
  },
  close: async (tx, person, now) => {
    // What one booked for somebody with an account of their own is theirs to keep.
    await mine.handOver(tx, person);
    for (const row of await mine.lockOpen(tx, person)) {
      const offer = await store.offerById(tx, row.offer);
      if (offer?.source === null) await freePlace(tx, { now: () => now }, row, { offer, by: person });
      else if (row.state !== "cancelling") await giveUp(tx, row, person, now);
    }
    await line.endAllOf(tx, person, now);
    await mine.forgetWords(tx, person);
  },
};
