import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  allowedCaseMoves,
  type CaseActor,
  type CaseFacts,
  type CaseMove,
  caseMoves,
  caseStates,
  caseTable,
  moveCase,
  reopenDays,
  silenceDays,
} from "./state.ts";

const dayMs = 86_400_000;
const now = Date.parse("2026-11-22T10:00:00+08:00");
const facts = (more: Partial<CaseFacts> = {}): CaseFacts => ({
  state: "pending",
  level: "village",
  round: "first",
  photo: false,
  paused: false,
  extension: "none",
  dueAt: null,
  returned: false,
  reopened: false,
  rated: false,
  outcome: null,
  finishedAt: null,
  did: [],
  ...more,
});
const all: CaseActor[] = ["handler", "upper", "author", "system"];
const ends = facts({ state: "confirming", finishedAt: now });
const try_ = (about: CaseFacts, move: CaseMove, words = {}) =>
  moveCase(about, all, move, { now, text: "马上处理", reason: "duplicate", cadre: true, afterPhotos: 1, ...words });

describe("who moves a case", () => {
  test.each(caseMoves)("%s is refused to everybody but its actor", (move) => {
    const others = all.filter((actor) => actor !== caseTable[move].actor);
    for (const state of caseStates)
      expect(moveCase(facts({ state }), others, move, { now, text: "-" })).toEqual({ no: "NOT_ALLOWED" });
  });
  test("a state that the table does not list is refused", () => {
    for (const move of caseMoves)
      for (const state of caseStates.filter((one) => !caseTable[move].from.includes(one)))
        expect(try_(facts({ state }), move)).toEqual({ no: "WRONG_STATE" });
  });
  test("the buttons shown are exactly the moves that would be accepted", () => {
    const buttons = (about: CaseFacts, actors: CaseActor[]) => allowedCaseMoves(about, actors, now);
    expect(buttons(facts(), ["handler"])).toEqual(["accept", "start", "assign", "refuse", "transfer"]);
    expect(buttons(facts({ state: "handling" }), ["handler"])).toEqual([
      "note",
      "assign",
      "transfer",
      "pause",
      "askMore",
      "finish",
    ]);
    expect(buttons(ends, ["author"])).toEqual(["confirm", "reopen", "rate", "rateBadly"]);
    expect(buttons(ends, ["handler"])).toEqual([]);
    expect(buttons(facts({ state: "refused" }), all)).toEqual([]);
  });
});

describe("what a move asks for", () => {
  test("a case raised with photos ends with an after-photo and words", () => {
    const shown = facts({ state: "handling", photo: true });
    expect(try_(shown, "finish", { afterPhotos: 0 })).toEqual({ no: "AFTER_PHOTO_NEEDED" });
    expect(try_(shown, "finish", { text: " " })).toEqual({ no: "TEXT_NEEDED" });
    expect(try_(shown, "finish")).toEqual({ to: "confirming" });
  });
  test("not taking it up needs one of the six reasons", () => {
    expect(try_(facts(), "refuse", { reason: undefined })).toEqual({ no: "REASON_NEEDED" });
  });
  test("the author may say once, within fourteen days, that it is not solved", () => {
    const last = now + reopenDays * dayMs;
    expect(try_(ends, "reopen", { now: last })).toEqual({ to: "pending" });
    expect(try_(ends, "reopen", { now: last + 1 })).toEqual({ no: "TOO_LATE" });
    expect(try_({ ...ends, reopened: true }, "reopen")).toEqual({ no: "REOPENED_BEFORE" });
  });
  test("silence closes after seven days, not before", () => {
    const week = now + silenceDays * dayMs;
    expect(try_(ends, "lapse", { now: week - 1 })).toEqual({ no: "TOO_EARLY" });
    expect(try_(ends, "lapse", { now: week })).toEqual({ to: "closed" });
  });
  test("one handling has one rating, and a bad one opens it again in words, also when it was opened again before", () => {
    expect(try_(ends, "rateBadly")).toEqual({ to: "pending" });
    expect(try_({ ...ends, rated: true }, "rate")).toEqual({ no: "RATED_BEFORE" });
    expect(try_(ends, "rateBadly", { text: " " })).toEqual({ no: "TEXT_NEEDED" });
    const again = { ...ends, round: "rectify" as const, reopened: true };
    expect(try_(again, "rateBadly")).toEqual({ to: "pending" });
    expect(try_({ ...again, rated: true }, "rateBadly")).toEqual({ no: "RATED_BEFORE" });
    expect(try_(again, "reopen")).toEqual({ no: "REOPENED_BEFORE" });
    expect(try_(again, "rate")).toEqual({ to: "closed" });
  });
  test("the town sends a case back to the village once", () => {
    expect(try_(facts({ level: "town" }), "return")).toEqual({ to: "pending" });
    expect(try_(facts({ level: "town", returned: true }), "return")).toEqual({ no: "RETURNED_BEFORE" });
    expect(try_(facts({ level: "town" }), "transfer")).toEqual({ no: "NOT_HERE" });
  });
  test("more time is asked for once and given by those above", () => {
    const asked = facts({ state: "handling", extension: "asked" });
    expect(try_(asked, "askMore")).toEqual({ no: "EXTENDED_BEFORE" });
    expect(try_(asked, "allowMore")).toEqual({ to: "handling" });
    expect(try_(facts({ state: "handling" }), "allowMore")).toEqual({ no: "NOT_ASKED" });
  });
  test("what is late is not made good: no pause, no more time asked for or given, while everything else goes on", () => {
    for (const extension of ["none", "asked"] as const) {
      const running = facts({ state: "handling", extension, dueAt: now + 1 });
      const late = { ...running, dueAt: now };
      const more = extension === "none" ? "askMore" : "allowMore";
      expect(try_(running, "pause")).toEqual({ to: "handling" });
      expect(try_(running, more)).toEqual({ to: "handling" });
      for (const move of ["pause", more] as const) expect(try_(late, move)).toEqual({ no: "CASE_LATE" });
      for (const move of ["note", "finish", "transfer", "assign"] as const)
        expect(try_(late, move)).toHaveProperty("to");
    }
    expect(try_(facts({ state: "handling", extension: "asked", dueAt: now }), "denyMore")).toEqual({ to: "handling" });
  });
  test("nobody rates a handling in which they had a part, or decides about more time that they asked for themselves", () => {
    for (const did of [["start"], ["assign"], ["finish", "note"]] as const) {
      const own = { ...ends, did };
      for (const move of ["rate", "rateBadly"] as const) expect(try_(own, move)).toEqual({ no: "OWN_WORK" });
      expect(allowedCaseMoves(own, ["author"], now)).toEqual(["confirm", "reopen"]);
    }
    const asked = facts({ state: "handling", extension: "asked", did: ["start"] });
    for (const move of ["allowMore", "denyMore"] as const) {
      expect(try_(asked, move)).toEqual({ to: "handling" });
      expect(try_({ ...asked, did: ["start", "askMore"] }, move)).toEqual({ no: "SAME_PERSON" });
    }
    expect(allowedCaseMoves({ ...asked, did: ["askMore"] }, ["upper"], now)).toEqual([]);
  });
  test("a paused case is not finished before it goes on", () => {
    expect(try_(facts({ state: "handling", paused: true }), "finish")).toEqual({ no: "PAUSED" });
  });
});

test("from every state that is not an end, somebody can always go on", () => {
  const flags = fc.record({
    state: fc.constantFrom(...caseStates),
    level: fc.constantFrom("village" as const, "town" as const),
    round: fc.constantFrom("first" as const, "reopened" as const, "rectify" as const),
    photo: fc.boolean(),
    paused: fc.boolean(),
    extension: fc.constantFrom("none" as const, "asked" as const, "allowed" as const, "denied" as const),
    dueAt: fc.constantFrom(null, now - 1, now + 1),
    returned: fc.boolean(),
    reopened: fc.boolean(),
    rated: fc.boolean(),
    did: fc.subarray([...caseMoves]),
  });
  fc.assert(
    fc.property(flags, (flag) => {
      if (flag.state === "closed" || flag.state === "refused") return;
      const moves = allowedCaseMoves(facts({ ...flag, finishedAt: now }), ["handler", "author"], now);
      expect(moves.length).toBeGreaterThan(0);
    }),
  );
});
