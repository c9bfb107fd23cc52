import {
  mandateConsents,
  mandateKinds,
  mandateMoves,
  mandateRelations,
  mandateScopes,
  mandateStates,
} from "@weimenhu/domain/identity/mandate";
import * as z from "zod/mini";
import { act, ask, cursor, id, key, limit, line, none, page, regionCode, time } from "./shape.ts";

/**
 * A mandate as either side of it sees it. `name`, `idCard`: of the principal, masked; empty once they are deleted. `holder`: who
 * acts, masked. `until`: null while nobody agreed. `note`: why the office refused or ended it.
 */
const mandate = z.object({
  id,
  kind: z.enum(mandateKinds),
  relation: z.enum(mandateRelations),
  scopes: z.array(z.enum(mandateScopes)),
  region: regionCode,
  regionName: z.string(),
  state: z.enum(mandateStates),
  name: z.string(),
  idCard: z.string(),
  holder: z.string(),
  days: z.int(),
  askedAt: time,
  until: z.nullable(time),
  consent: z.nullable(z.enum(mandateConsents)),
  note: z.nullable(z.string()),
  may: z.array(z.enum(mandateMoves)),
});

/** For the office: beside what the village's roster says of the same ID number. `minor`: under eighteen. */
const beside = z.extend(mandate, {
  holderPhone: z.string(),
  rosterName: z.nullable(z.string()),
  minor: z.boolean(),
  paper: z.string(),
});

const code = z.string().check(z.regex(/^\d{6}$/));

/** Mandates (授权): a family member or an agent acts for somebody. */
export const mandates = {
  /** `held`: for whom I act, or asked to. `given`: who acts for me, or asks to. The newest first. */
  mine: ask(none, z.object({ held: z.array(mandate), given: z.array(mandate) })),
  /** The answer is the same whether or not the principal has an account here. */
  ask: act(
    z.object({
      key,
      kind: z.enum(mandateKinds),
      relation: z.enum(mandateRelations),
      region: regionCode,
      name: line(30, 2),
      idCard: line(24),
      days: z.int(),
      scopes: z.array(z.enum(mandateScopes)).check(z.minLength(1), z.maxLength(mandateScopes.length)),
      /** Of the principal, for text messages about what was done for them. */
      phone: z.optional(line(20)),
      /** Whoever acts says that the principal knows of it. */
      told: z.literal(true),
    }),
    mandate,
  ),
  /** Sends a code to the phone that the principal's own account has proved; nothing where there is none. */
  sendCode: act(z.object({ id }), z.object({ seconds: z.int() })),
  /** By the principal without a code, or by whoever acts with the code that the principal told them. */
  agree: act(z.object({ id, code: z.optional(code) }), mandate),
  decline: act(z.object({ id }), mandate),
  /** By either side, at any time; what was booked stays. */
  end: act(z.object({ id }), mandate),
  /** For the office: what waits (the oldest first), or what stands (the newest first). */
  queue: ask(
    z.object({
      region: z.optional(regionCode),
      state: z.enum(["asked", "standing"]),
      cursor: z.optional(cursor),
      limit: z.optional(limit),
    }),
    page(beside),
  ),
  /** `paper`: where the signed paper lies, needed for a yes; `reason` for a no and for an end. */
  decide: act(
    z.object({
      id,
      move: z.enum(["allow", "refuse", "end"]),
      paper: z.optional(line(40)),
      reason: z.optional(line(200)),
    }),
    mandate,
  ),
};
