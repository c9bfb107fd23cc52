import type { Caller } from "@weimenhu/domain/permissions";
import fc from "fast-check";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { appointmentsKit, key, monday, tuesday, wordOf } from "../../../test/appointments-kit.ts";
import { inTx } from "../../kernel/tx.ts";
import { appointmentsHolding } from "./index.ts";

/** Who waits for a freed place: first come, first served, in the transaction in which it was freed. */
const kit = await appointmentsKit();
const { as, villager, offerOf, slotsOn, slotOf, rowOf } = kit;
afterEach(() => kit.clock.set(monday));
afterAll(kit.close);

/** Half past eight alone. */
const one = { week: [{ days: ["2", "3", "4", "5"], from: 510, to: 540, minutes: 30, capacity: 1, onSite: 0 }] };
const wait = (who: Caller, offer: string, day = tuesday) => as(who).wait({ key: key(), offer, day });
const states = async (who: Caller) => (await as(who).mine({})).items.map(({ state, number }) => [state, number]);
const told = async (who: Caller) => {
  const [rows] = await kit.db.pool.query("SELECT kind, page, about FROM message WHERE person = ?", [who.personId]);
  return rows as { kind: string; page: string; about: string }[];
};

describe("in line", () => {
  test("whoever came first has the place that is given back, at once, and is told; the next has it when they decline", async () => {
    const [holder, first, second] = [await villager(), await villager(), await villager()];
    const { id: offer } = await offerOf(1, one);
    const slot = await slotOf(offer);
    const { id } = await as(holder).book({ key: key(), slot });
    expect((await wait(first, offer)).ahead).toBe(0);
    expect(await wait(second, offer)).toMatchObject({ ahead: 1, waits: true });
    expect((await as(second).waiting({})).items).toMatchObject([{ day: tuesday, ahead: 1 }]);
    await as(holder).cancel({ id });
    expect(await states(first)).toEqual([["booked", 2]]);
    expect((await as(second).waiting({})).items).toMatchObject([{ ahead: 0 }]);
    const [ticket] = (await as(first).mine({})).items;
    expect(await told(first)).toEqual([{ kind: "promoted", page: "ticket", about: ticket?.id }]);
    // Half an hour to decline, also where nobody else may cancel any more.
    kit.clock.set(Date.parse("2026-11-16T10:29:00+08:00"));
    await as(first).cancel({ id: ticket?.id ?? "" });
    expect([await states(first), await states(second)]).toEqual([[["cancelled", 2]], [["booked", 3]]]);
    expect((await as(second).waiting({})).items).toEqual([]);
    expect(await rowOf(slot)).toEqual({ capacity: 1, taken: 1, held: 1 });
  });

  test("in the evening before a promoted one may still be declined for half an hour, and then no more", async () => {
    const [holder, first] = [await villager(), await villager()];
    const { id: offer } = await offerOf(1, one);
    kit.clock.set(Date.parse("2026-11-16T17:30:00+08:00"));
    const { id } = await as(holder).book({ key: key(), slot: await slotOf(offer) });
    await wait(first, offer);
    await as(holder).cancel({ id });
    const [ticket] = (await as(first).mine({})).items;
    expect(ticket?.may).toEqual(["cancel"]);
    kit.clock.set(Date.parse("2026-11-16T18:00:00+08:00"));
    expect(await wordOf(as(first).cancel({ id: ticket?.id ?? "" }))).toBe("CANCEL_TOO_LATE");
  });

  test("nobody stands twice, nobody stands where a place can be had, and leaving is one tap", async () => {
    const [holder, who] = [await villager(), await villager()];
    const { id: offer } = await offerOf(1, one);
    const slot = await slotOf(offer);
    expect(await wordOf(wait(who, offer))).toBe("PLACES_FREE");
    const { id } = await as(holder).book({ key: key(), slot });
    expect(await wordOf(wait(holder, offer))).toBe("SAME_DAY");
    expect(await wordOf(wait(who, offer, "2026-11-21"))).toBe("SLOT_CLOSED");
    expect(await wordOf(wait(who, offer, "2026-11-24"))).toBe("NOT_OPEN_YET");
    expect(await wordOf(wait(who, offer, "2026-11-10"))).toBe("SLOT_PAST");
    const [first, again] = await Promise.all([wait(who, offer), wait(who, offer)]);
    expect(again.id).toBe(first.id);
    expect(await wordOf(as(holder).leave({ id: first.id }))).toBe("NOT_FOUND");
    await as(who).leave({ id: first.id });
    await as(who).leave({ id: first.id });
    await as(holder).cancel({ id });
    expect([await states(who), await rowOf(slot)]).toEqual([[], { capacity: 1, taken: 0, held: 0 }]);
  });

  test("who did not come three times stands in no new line while paused, and is passed over where they stand", async () => {
    const [holder, paused, next] = [await villager(), await villager(), await villager()];
    const [{ id: offer }, { id: full }, { id: other }] = [
      await offerOf(1, one),
      await offerOf(1, one),
      await offerOf(9, one),
    ];
    const { id } = await as(holder).book({ key: key(), slot: await slotOf(offer) });
    await as(holder).book({ key: key(), slot: await slotOf(full) });
    for (const who of [paused, next]) await wait(who, offer);
    for (const day of ["2026-11-18", "2026-11-19", "2026-11-20"])
      await as(paused).book({ key: key(), slot: await slotOf(other, 0, day) });
    const missed = "a.state = 'missed', a.start_at = DATE_SUB(a.start_at, INTERVAL 20 DAY), t.open = 0";
    await kit.db.pool.query(
      `UPDATE appointment a JOIN appointment_attendee t ON t.attendee = a.attendee SET ${missed} WHERE a.holder = ?`,
      [paused.personId],
    );
    expect(await wordOf(wait(paused, full))).toBe("BOOKING_PAUSED");
    await as(holder).cancel({ id });
    expect(await states(next)).toEqual([["booked", 2]]);
    expect((await as(paused).waiting({})).items).toHaveLength(1);
  });

  test("who has three still to come is passed over and stays; an account that ends waits no more", async () => {
    const [holder, busy, gone, next] = [await villager(), await villager(), await villager(), await villager()];
    const { id: offer } = await offerOf(1, one);
    const { id: other } = await offerOf(9, one);
    const { id } = await as(holder).book({ key: key(), slot: await slotOf(offer) });
    for (const who of [busy, gone, next]) await wait(who, offer);
    for (const day of ["2026-11-18", "2026-11-19", "2026-11-20"])
      await as(busy).book({ key: key(), slot: await slotOf(other, 0, day) });
    await inTx(kit.db, (tx) => appointmentsHolding.close(tx, gone.personId, kit.clock.now()));
    await as(holder).cancel({ id });
    expect(await states(next)).toEqual([["booked", 2]]);
    expect((await as(busy).waiting({})).items).toHaveLength(1);
    expect(await states(gone)).toEqual([]);
  });

  test("of ten places given back at the same moment each goes to another one of those who wait", async () => {
    const { id: offer } = await offerOf(10, { week: [{ ...one.week[0], capacity: 10 }] });
    const slot = await slotOf(offer);
    const crowd: Caller[] = [];
    for (let n = 0; n < 22; n++) crowd.push(await villager());
    const holders = crowd.slice(0, 10);
    const tickets: string[] = [];
    for (const who of holders) tickets.push((await as(who).book({ key: key(), slot })).id);
    const line = crowd.slice(10);
    for (const who of line) await wait(who, offer);
    await Promise.all(holders.map((who, at) => as(who).cancel({ id: tickets[at] ?? "" })));
    const ends = await Promise.all(line.map(async (who) => (await states(who)).length));
    expect(ends).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0]);
    expect(await rowOf(slot)).toEqual({ capacity: 10, taken: 10, held: 10 });
  });
});

test("whatever is booked, cancelled, waited for and left in any order: what is sold, waited for and free adds up", async () => {
  const people = await Promise.all(Array.from({ length: 6 }, () => villager()));
  const act = fc.record({
    who: fc.nat({ max: people.length - 1 }),
    what: fc.constantFrom("book", "book", "cancel", "wait", "leave"),
    at: fc.nat({ max: 1 }),
    together: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 25 }), async (acts) => {
      const { id: offer } = await offerOf(1, { week: [{ ...one.week[0], to: 570, capacity: 1 }] });
      const slots = (await slotsOn(offer)).map(({ id }) => id);
      const mine = async (who: Caller) => (await as(who).mine({})).items.filter((item) => item.offer.id === offer);
      const run = async ({ who, what, at }: (typeof acts)[number]) => {
        const caller = people[who] as Caller;
        if (what === "book") return wordOf(as(caller).book({ key: key(), slot: slots[at] ?? "" }));
        if (what === "wait") return wordOf(wait(caller, offer));
        if (what === "cancel") {
          const booked = (await mine(caller)).find(({ state }) => state === "booked");
          return booked ? wordOf(as(caller).cancel({ id: booked.id })) : "nothing";
        }
        const waits = (await as(caller).waiting({})).items.find((item) => item.offer.id === offer);
        return waits ? wordOf(as(caller).leave({ id: waits.id })) : "nothing";
      };
      const words: string[] = [];
      for (let n = 0; n < acts.length; n += 1) {
        const [now, next] = [acts[n], acts[n + 1]];
        if (!now) break;
        if (now.together && next) {
          words.push(...(await Promise.all([run(now), run(next)])));
          n += 1;
        } else words.push(await run(now));
        const rows = await Promise.all(slots.map(rowOf));
        const waiting = await kit.db.rows<{ n: number }>(
          "SELECT COUNT(*) AS n FROM appointment_wait WHERE offer = ? AND state = 'waiting'",
          [offer],
        );
        for (const row of rows) expect(row?.taken).toBe(row?.held);
        const free = rows.reduce((sum, row) => sum + (row ? row.capacity - row.taken : 0), 0);
        // Nobody waits for what can be had.
        expect(free > 0 && Number(waiting[0]?.n) > 0).toBe(false);
      }
      const known = ["done", "nothing", "SLOT_FULL", "SAME_DAY", "PLACES_FREE", "OPEN_LIMIT"];
      expect(words.filter((word) => !known.includes(word))).toEqual([]);
      const counts = await kit.db.rows<{ open: number; held: number }>(
        `SELECT t.open AS open, (SELECT COUNT(*) FROM appointment a WHERE a.attendee = t.attendee
           AND a.state IN ('asked','unknown','booked','cancelling')) AS held FROM appointment_attendee t`,
      );
      for (const { open, held } of counts) expect(Number(open)).toBe(Number(held));
      // The next round begins with nobody's appointments.
      for (const who of people)
        for (const { id, offer: of } of (await as(who).waiting({})).items)
          if (of.id === offer) await as(who).leave({ id });
      for (const who of people)
        for (const { id, state } of await mine(who)) if (state === "booked") await as(who).cancel({ id });
    }),
    { numRuns: 12 },
  );
});
