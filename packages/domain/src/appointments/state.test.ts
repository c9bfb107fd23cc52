import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type AppointmentActor,
  type AppointmentFacts,
  type AppointmentMove,
  allowedAppointmentMoves,
  appointmentMoves,
  appointmentStates,
  appointmentTable,
  moveAppointment,
  placeHeld,
  stillOpen,
} from "./state.ts";

const hourMs = 3_600_000;
const start = Date.parse("2026-11-25T08:30:00+08:00");
const from = Date.parse("2026-11-25T00:00:00+08:00");
const facts = (more: Partial<AppointmentFacts> = {}): AppointmentFacts => ({
  state: "booked",
  sort: "hall",
  source: "own",
  start,
  end: start + hourMs / 4,
  cancelUntil: from - 7 * hourMs,
  day: { from, to: from + 24 * hourMs },
  marked: false,
  ...more,
});
const all: AppointmentActor[] = ["source", "holder", "staff", "upper", "clock"];
const words = { now: start, text: "停诊", photos: 1 };
const early = from - 8 * hourMs;
const go = (about: AppointmentFacts, move: AppointmentMove, more = {}) =>
  moveAppointment(about, all, move, { ...words, ...more });

describe("who moves an appointment", () => {
  test.each(appointmentMoves)(
    "%s is refused to everybody but its actors, and from every state that is not listed",
    (move) => {
      const { actors, from: states } = appointmentTable[move];
      const others = all.filter((actor) => !actors.includes(actor));
      for (const state of appointmentStates)
        expect(moveAppointment(facts({ state }), others, move, words)).toEqual({ no: "NOT_ALLOWED" });
      for (const state of appointmentStates.filter((one) => !states.includes(one)))
        expect(go(facts({ state }), move)).toEqual({ no: "WRONG_STATE" });
    },
  );

  test("the buttons shown are exactly the moves that would be accepted", () => {
    for (const state of appointmentStates)
      for (const actor of all) {
        const shown = allowedAppointmentMoves(facts({ state }), [actor], start);
        const accepted = appointmentMoves.filter(
          (move) => "to" in moveAppointment(facts({ state }), [actor], move, words),
        );
        expect(shown).toEqual(accepted);
      }
  });
});

describe("a place of a hospital", () => {
  const hospital = (more: Partial<AppointmentFacts>) => facts({ sort: "hospital", source: "hospital", ...more });
  test("is given back only when the hospital has said so", () => {
    expect(go(hospital({}), "cancel", { now: early })).toEqual({ no: "NOT_HERE" });
    expect(go(hospital({}), "askCancel", { now: early })).toEqual({ to: "cancelling" });
    expect(placeHeld).toContain("cancelling");
    expect(go(hospital({ state: "cancelling" }), "cancelled")).toEqual({ to: "cancelled" });
    expect(go(hospital({ state: "cancelling" }), "keep")).toEqual({ to: "booked" });
  });
  test("of which nothing was heard stays taken until it is known", () => {
    expect(go(hospital({ state: "asked" }), "doubt")).toEqual({ to: "unknown" });
    expect(placeHeld).toContain("unknown");
    expect(go(hospital({ state: "unknown" }), "confirm")).toEqual({ to: "booked" });
    expect(go(hospital({ state: "unknown" }), "refuse")).toEqual({ to: "refused" });
    expect(placeHeld).not.toContain("refused");
  });
});

describe("times", () => {
  test("an appointment is cancelled before its last moment, and not at it", () => {
    const { cancelUntil } = facts();
    expect(go(facts(), "cancel", { now: cancelUntil - 1 })).toEqual({ to: "cancelled" });
    expect(go(facts(), "cancel", { now: cancelUntil })).toEqual({ no: "CANCEL_TOO_LATE" });
  });
  test("who comes is checked in on that day, the whole of it, and on no other", () => {
    const { day } = facts();
    expect([day.from, day.to - 1].map((now) => go(facts(), "checkIn", { now }))).toEqual([
      { to: "arrived" },
      { to: "arrived" },
    ]);
    expect([day.from - 1, day.to].map((now) => go(facts(), "checkIn", { now }))).toEqual([
      { no: "NOT_THIS_DAY" },
      { no: "NOT_THIS_DAY" },
    ]);
  });
  test("nobody is missed before their time is over, nor after they were checked in", () => {
    const { end } = facts();
    expect(go(facts(), "miss", { now: end - 1 })).toEqual({ no: "TOO_EARLY" });
    expect(go(facts(), "miss", { now: end })).toEqual({ to: "missed" });
    expect(go(facts({ state: "arrived" }), "miss", { now: end })).toEqual({ no: "WRONG_STATE" });
  });
});

test("a visit ends with a photo, and only a visit does", () => {
  const visit = facts({ sort: "visit" });
  expect(go(visit, "finish", { photos: 0 })).toEqual({ no: "AFTER_PHOTO_NEEDED" });
  expect(go(visit, "finish")).toEqual({ to: "done" });
  expect(go(facts(), "finish")).toEqual({ no: "NOT_HERE" });
});

test("an excuse is decided by somebody else than whoever marked that nobody came", () => {
  expect(go(facts({ state: "missed", marked: true }), "excuse")).toEqual({ no: "SAME_PERSON" });
  expect(go(facts({ state: "missed" }), "excuse")).toEqual({ to: "excused" });
  expect(go(facts({ state: "missed" }), "excuse", { text: " " })).toEqual({ no: "TEXT_NEEDED" });
});

test("whatever moves follow each other, an end is an end, and nothing that ended takes a place again", () => {
  const ends = appointmentStates.filter((state) => !stillOpen.includes(state));
  const moves = fc.array(fc.tuple(fc.constantFrom(...appointmentMoves), fc.constantFrom(...all), fc.integer()));
  fc.assert(
    fc.property(moves, fc.constantFrom("own" as const, "hospital" as const), (acts, source) => {
      let now = facts({ state: "asked", source });
      const steps = acts.flatMap(([move, actor, at]) => {
        const next = moveAppointment(now, [actor], move, { ...words, now: start + (at % (48 * hourMs)) });
        if ("no" in next) return [];
        const step = [now.state, next.to] as const;
        now = { ...now, state: next.to };
        return [step];
      });
      expect(steps.filter(([was, is]) => ends.includes(was) && stillOpen.includes(is))).toEqual([]);
      expect(steps.filter(([was, is]) => !placeHeld.includes(was) && placeHeld.includes(is))).toEqual([]);
    }),
  );
});
