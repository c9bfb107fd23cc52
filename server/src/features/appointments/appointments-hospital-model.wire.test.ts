import { stillOpen } from "@weimenhu/domain/appointments/state";
import type { Caller } from "@weimenhu/domain/permissions";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { monday, wordOf } from "../../../test/appointments-kit.ts";
import { hospitalKit, minute } from "../../../test/hospital-kit.ts";
import { reconcile } from "./service.news.ts";

const house = await hospitalKit();
const { kit, vendor, log, db, hospital, worker, as, slots, tick, book } = house;
afterAll(house.close);

const faults = ["lost", "drop", "5xx", "malformed", "rate-limit", "double"] as const;
const where = ["POST /fhir/Appointment", "PUT /fhir/Appointment", "GET /fhir/Appointment"] as const;
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant("book" as const), who: fc.nat(5), at: fc.nat(3) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("cancel" as const), who: fc.nat(5) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("work" as const), minutes: fc.integer({ min: 0, max: 12 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      ...{ do: fc.constant("fault" as const), kind: fc.constantFrom(...faults), on: fc.constantFrom(...where) },
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("refuse" as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("stop" as const), half: fc.constantFrom("am", "pm") }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("changes" as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("reconcile" as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** A tick or a nightly run that the hospital does not answer: the next one finds its work by itself. */
const perhaps = (work: Promise<unknown>) => work.catch(() => undefined);

/** Each run has a department and a day of its own, where nobody has a place yet. */
type Place = { offer: string; source: string; day: string };

async function act(one: Step, people: readonly Caller[], { offer, source, day }: Place): Promise<void> {
  const who = "who" in one ? people[one.who] : undefined;
  switch (one.do) {
    case "book": {
      const slot = (await slots(day, offer))[one.at]?.id;
      if (who && slot) await wordOf(book(who, { slot }));
      return;
    }
    case "cancel": {
      // Whoever comes next of those who have anything to give up.
      for (const who of [...people.slice(one.who), ...people.slice(0, one.who)]) {
        const found = (await as(who).mine({})).items.find(({ may }) => may.includes("askCancel"));
        if (found) return void (await wordOf(as(who).cancel({ id: found.id })));
      }
      return;
    }
    case "work":
      await worker.settle();
      return kit.clock.advance(one.minutes * minute);
    case "fault":
      return vendor.control.fault({ kind: one.kind, on: one.on });
    case "refuse":
      return vendor.control.refuse("slot-taken", 1);
    case "stop":
      for (const schedule of vendor.control.schedules())
        if (schedule.startsWith(`${source}-`)) vendor.control.stop(schedule, day, one.half, "医生外出");
      return;
    case "changes":
      return void (await perhaps(tick("hospital.changes") ?? Promise.resolve()));
    case "reconcile":
      return void (await perhaps(reconcile({ desk: hospital, db }, log)));
  }
}

const rowsOf = async (people: readonly Caller[]) => {
  const [rows] = await kit.db.pool.query(
    `SELECT a.id, a.state, a.attendee, t.open FROM appointment a JOIN appointment_attendee t ON t.attendee = a.attendee
     WHERE a.holder IN (?)`,
    [people.map(({ personId }) => personId)],
  );
  return rows as { id: string; state: string; attendee: string; open: number }[];
};

test("whatever is booked, given up, lost, refused and stopped: once the hospital answers again both lists agree by themselves, and all add up", async () => {
  await house.begin();
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 24 }), async (steps) => {
      kit.clock.set(monday);
      const all = await house.departments();
      const one = all[run % all.length];
      const place = {
        offer: one?.id ?? "",
        source: one?.source ?? "",
        day: `2026-11-${17 + Math.floor(run / all.length)}`,
      };
      run += 1;
      const people = await Promise.all(Array.from({ length: 6 }, () => kit.villager()));
      for (const one of steps) await act(one, people, place);
      vendor.control.clearFaults();
      vendor.control.refuse("", 0);
      for (let n = 0; n < 8; n++) {
        await worker.settle();
        kit.clock.advance(6 * minute);
      }
      await tick("hospital.changes");
      expect(await reconcile({ desk: hospital, db }, log)).toEqual([]);
      const rows = await rowsOf(people);
      expect(rows.filter(({ state }) => ["asked", "unknown", "cancelling"].includes(state))).toEqual([]);
      const ours = rows.filter(({ state }) => state === "booked").map(({ id }) => id);
      const theirs = rows.flatMap(({ id }) =>
        house
          .kept(id)
          .filter(({ status }) => status === "booked")
          .map(() => id),
      );
      expect(theirs.toSorted()).toEqual(ours.toSorted());
      for (const { attendee, open } of rows) {
        const mine = rows.filter((row) => row.attendee === attendee && stillOpen.some((state) => state === row.state));
        expect(open).toBe(mine.length);
      }
    }),
    { numRuns: 40, endOnFailure: true },
  );
}, 240_000);
