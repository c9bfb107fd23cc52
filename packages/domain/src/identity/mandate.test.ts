import { describe, expect, test } from "vitest";
import { dayMs } from "../base/workday.ts";
import {
  allowedMandateMoves,
  askedDays,
  isAdult,
  type MandateActor,
  type MandateFacts,
  type MandateMove,
  mandateMoves,
  mandateNo,
  mandateStates,
  mandateTable,
  moveMandate,
  stateNow,
} from "./mandate.ts";

const asked: MandateFacts = { state: "asked", adult: true, own: false, byCode: true };
const standing: MandateFacts = { ...asked, state: "standing" };

describe("who may say yes", () => {
  const cases: readonly [string, MandateFacts, MandateActor[], MandateMove[]][] = [
    ["whoever acts takes back what was asked, or brings a code", asked, ["holder"], ["agreeByCode", "withdraw"]],
    ["the principal agrees or declines", asked, ["principal"], ["agree", "decline"]],
    ["the office allows or refuses", asked, ["office"], ["allow", "refuse"]],
    [
      "an officer who is part of it decides nothing",
      { ...asked, own: true },
      ["office", "holder"],
      ["agreeByCode", "withdraw"],
    ],
    [
      "for a minor the office alone says yes",
      { ...asked, adult: false },
      ["principal", "holder"],
      ["decline", "withdraw"],
    ],
    ["no code where the county sends none", { ...asked, byCode: false }, ["holder"], ["withdraw"]],
    ["each of the three ends it", standing, ["holder"], ["end"]],
    ["each of the three ends it", standing, ["principal"], ["end"]],
    ["each of the three ends it", standing, ["office"], ["end"]],
    ["a stranger does nothing", standing, [], []],
  ];
  test.each(cases)("%s", (_, facts, actors, moves) => {
    expect(allowedMandateMoves(facts, actors)).toEqual(moves);
  });

  test("what is over comes back by no move", () => {
    for (const state of ["refused", "ended"] as const)
      expect(allowedMandateMoves({ ...asked, state }, ["holder", "principal", "office"])).toEqual([]);
  });

  test("the office sees a paper before it allows, and says why it refuses", () => {
    expect(moveMandate(asked, ["office"], "allow", { paper: " " })).toEqual({ no: "PAPER_NEEDED" });
    expect(moveMandate(asked, ["office"], "refuse", {})).toEqual({ no: "REASON_NEEDED" });
    expect(moveMandate(asked, ["holder"], "agreeByCode", { code: false })).toEqual({ no: "CODE_WRONG" });
  });

  test("every move leads from one state to another, and only a yes makes it stand", () => {
    for (const move of mandateMoves) {
      const { from, to } = mandateTable[move];
      expect(mandateStates).toContain(from);
      expect(from).not.toBe(to);
      expect(to === "standing").toBe(["agree", "agreeByCode", "allow"].includes(move));
    }
  });
});

describe("time", () => {
  const row = { state: "asked" as const, askedAt: 0, until: null };
  test.each([
    ["asked until its last moment", row, askedDays * dayMs - 1, "asked"],
    ["over when nobody answered", row, askedDays * dayMs, "ended"],
    ["stands until its last moment", { ...row, state: "standing" as const, until: 500 }, 499, "standing"],
    ["over when its days are", { ...row, state: "standing" as const, until: 500 }, 500, "ended"],
    ["refused stays refused", { ...row, state: "refused" as const }, 10 ** 12, "refused"],
  ])("%s", (_, one, now, state) => expect(stateNow(one, now)).toBe(state));

  test("eighteen on the birthday", () => {
    expect(isAdult("990101200811230000", "2026-11-22")).toBe(false);
    expect(isAdult("990101200811230000", "2026-11-23")).toBe(true);
  });
});

describe("what may be asked", () => {
  const family = { relation: "parent" as const, days: 365, self: false, agentHere: false };
  test.each([
    ["a child for a parent", "family", family, null],
    ["nobody needs one for themselves", "family", { ...family, self: true }, "MANDATE_SELF"],
    ["not for as long as one likes", "family", { ...family, days: 4000 }, "BAD_INPUT"],
    ["family is no villager at large", "family", { ...family, relation: "villager" as const }, "BAD_INPUT"],
    [
      "an agent of this place",
      "agent",
      { relation: "villager" as const, days: 30, self: false, agentHere: true },
      null,
    ],
    [
      "an agent of another place",
      "agent",
      { relation: "villager" as const, days: 30, self: false, agentHere: false },
      "NOT_ALLOWED",
    ],
    ["an agent is no family", "agent", { ...family, days: 30, agentHere: true }, "BAD_INPUT"],
  ] as const)("%s", (_, kind, one, no) => expect(mandateNo(kind, one)).toBe(no));
});
