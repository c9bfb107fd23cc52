import { ageOn } from "../base/id-card.ts";
import { dayMs } from "../base/workday.ts";

/**
 * A mandate (授权): somebody acts for a principal (被代办人) who cannot, or does not care to, do it on the phone. A family member
 * for parents or children, an agent (代办员) for villagers. Nothing is done in a principal's name before they agreed: with their
 * own account, by a code that went to the phone which that account has proved, or with a paper that the village office has seen.
 */
export const mandateKinds = ["family", "agent"] as const;
export type MandateKind = (typeof mandateKinds)[number];

/** What the principal is to whoever acts. Of an agent it is always `villager`. */
export const mandateRelations = ["parent", "spouse", "child", "other", "villager"] as const;
export type MandateRelation = (typeof mandateRelations)[number];
export const relationNames: Record<MandateRelation, string> = {
  parent: "父母、公婆、岳父母",
  spouse: "丈夫、妻子",
  child: "子女、孙子女",
  other: "别的家人",
  villager: "村民",
};

/** What may be done for them. */
export const mandateScopes = ["appointments"] as const;
export type MandateScope = (typeof mandateScopes)[number];
export const scopeNames: Record<MandateScope, string> = { appointments: "预约、取消预约" };

export const mandateStates = ["asked", "standing", "refused", "ended"] as const;
export type MandateState = (typeof mandateStates)[number];

/** How the principal agreed. */
export const mandateConsents = ["self", "code", "office"] as const;
export type MandateConsent = (typeof mandateConsents)[number];

/** Days that it may stand for. */
export const mandateTerms: Record<MandateKind, readonly [number, ...number[]]> = {
  family: [365, 30, 1095],
  agent: [30, 7, 365],
};

/** Days after which what nobody answered is over. */
export const askedDays = 30;
/** One code is good for so long, tried so often, and sent again after so long and at most so often a day. */
export const agreeCode = { digits: 6, lifeMs: 10 * 60_000, tries: 5, gapMs: 60_000, perDay: 5 } as const;
/** From this age on somebody agrees for themselves; for whoever is younger the office looks at the household register. */
export const adultFrom = 18;

export const mandateMoves = ["agree", "agreeByCode", "allow", "decline", "refuse", "withdraw", "end"] as const;
export type MandateMove = (typeof mandateMoves)[number];
export type MandateActor = "holder" | "principal" | "office";

type Need = "adult" | "code" | "paper" | "otherOfficer" | "reason";
type Rule = { from: MandateState; to: MandateState; actors: readonly MandateActor[]; needs?: readonly Need[] };

export const mandateTable: Record<MandateMove, Rule> = {
  agree: { from: "asked", to: "standing", actors: ["principal"], needs: ["adult"] },
  agreeByCode: { from: "asked", to: "standing", actors: ["holder"], needs: ["adult", "code"] },
  // Who acts cannot vouch for themselves.
  allow: { from: "asked", to: "standing", actors: ["office"], needs: ["otherOfficer", "paper"] },
  decline: { from: "asked", to: "refused", actors: ["principal"] },
  refuse: { from: "asked", to: "refused", actors: ["office"], needs: ["otherOfficer", "reason"] },
  withdraw: { from: "asked", to: "ended", actors: ["holder"] },
  end: { from: "standing", to: "ended", actors: ["holder", "principal", "office"] },
};

/** `own`: the officer is the one who acts, or the principal. `byCode`: the county can send codes. */
export type MandateFacts = { state: MandateState; adult: boolean; own: boolean; byCode: boolean };
export type MandateWords = { code?: boolean; paper?: string; reason?: string };
export type MandateNo = "NOT_ALLOWED" | "WRONG_STATE" | "CODE_WRONG" | "PAPER_NEEDED" | "REASON_NEEDED";

const needs: Record<Need, { no: MandateNo; met: (facts: MandateFacts, words: MandateWords) => boolean }> = {
  adult: { no: "NOT_ALLOWED", met: ({ adult }) => adult },
  code: { no: "CODE_WRONG", met: ({ byCode }, { code = false }) => byCode && code },
  paper: { no: "PAPER_NEEDED", met: (_, { paper = "" }) => paper.trim() !== "" },
  otherOfficer: { no: "NOT_ALLOWED", met: ({ own }) => !own },
  reason: { no: "REASON_NEEDED", met: (_, { reason = "" }) => reason.trim() !== "" },
};

/** The state after the move, or the word that refuses it. */
export function moveMandate(
  facts: MandateFacts,
  actors: readonly MandateActor[],
  move: MandateMove,
  words: MandateWords = {},
): { to: MandateState } | { no: MandateNo } {
  const rule = mandateTable[move];
  if (!rule.actors.some((actor) => actors.includes(actor))) return { no: "NOT_ALLOWED" };
  if (rule.from !== facts.state) return { no: "WRONG_STATE" };
  const unmet = rule.needs?.find((need) => !needs[need].met(facts, words));
  return unmet ? { no: needs[unmet].no } : { to: rule.to };
}

/** Moves that would be accepted now, given the words they ask for: what clients show as buttons. */
export const allowedMandateMoves = (facts: MandateFacts, actors: readonly MandateActor[]): MandateMove[] =>
  mandateMoves.filter((move) => "to" in moveMandate(facts, actors, move, { code: true, paper: "-", reason: "-" }));

/** `state` of now: what was never answered, or whose days are over, has ended. Times in epoch milliseconds. */
export const stateNow = (
  row: { state: MandateState; askedAt: number; until: number | null },
  now: number,
): MandateState => {
  if (row.state === "asked") return now >= row.askedAt + askedDays * dayMs ? "ended" : "asked";
  return row.state === "standing" && row.until !== null && now >= row.until ? "ended" : row.state;
};

/** Whether somebody with this ID number agrees for themselves on a day `yyyy-mm-dd`. */
export const isAdult = (idCard: string, day: string): boolean => ageOn(idCard, day) >= adultFrom;

/** Why it cannot be asked for; null when it can. */
export function mandateNo(
  kind: MandateKind,
  asked: { relation: MandateRelation; days: number; self: boolean; agentHere: boolean },
): "MANDATE_SELF" | "NOT_ALLOWED" | "BAD_INPUT" | null {
  if (asked.self) return "MANDATE_SELF";
  if (kind === "agent" && !asked.agentHere) return "NOT_ALLOWED";
  if ((kind === "agent") !== (asked.relation === "villager")) return "BAD_INPUT";
  return mandateTerms[kind].includes(asked.days) ? null : "BAD_INPUT";
}
