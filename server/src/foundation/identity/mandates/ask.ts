import type { Contract } from "@weimenhu/contract";
import { isIdCard, normalIdCard } from "@weimenhu/domain/base/id-card";
import { normalPhone } from "@weimenhu/domain/base/phone";
import { covers } from "@weimenhu/domain/base/region";
import { mandateNo, stateNow } from "@weimenhu/domain/identity/mandate";
import type * as z from "zod/mini";
import { record } from "../../../kernel/audit.ts";
import { callerScope, signedIn } from "../../../kernel/caller.ts";
import type { Ctx } from "../../../kernel/ctx.ts";
import { isDuplicate } from "../../../kernel/db-faults.ts";
import { sha256 } from "../../../kernel/digest.ts";
import { newId } from "../../../kernel/id.ts";
import { refuse } from "../../../kernel/refuse.ts";
import { bump, inTx, type Tx } from "../../../kernel/tx.ts";
import { requireVillage } from "../../regions/index.ts";
import { asPerson } from "../people/hold.ts";
import { countWithin } from "../sign-in/store.ts";
import { isPersonName } from "../verification/name.ts";
import { idCardIndex, places } from "../verification/sealed.ts";
import { accountOf, type MandateDeps, oneSeenBy } from "./deps.ts";
import * as store from "./store.ts";
import type { Mandate } from "./view.ts";

type Asked = z.output<Contract["mandates"]["ask"]["input"]>;

/** Nobody asks their way through a village. */
const perDay = { most: 10, windowMs: 86_400_000 };

/**
 * Asks to act for somebody. The principal hears of it, where there is an account; they or the village office say yes. The
 * same key again is the same. MANDATE_SELF, MANDATE_OPEN, ID_CARD_BAD, NAME_BAD, NOT_ALLOWED of who is no agent there.
 */
export async function askFor(deps: MandateDeps, ctx: Ctx, input: Asked): Promise<Mandate> {
  const { personId, grants } = signedIn(ctx);
  const idCard = normalIdCard(input.idCard);
  if (!isIdCard(idCard)) throw refuse("ID_CARD_BAD");
  if (!isPersonName(input.name)) throw refuse("NAME_BAD");
  await requireVillage(ctx.db, input.region);
  const phone = input.phone === undefined ? null : normalPhone(input.phone);
  if (input.phone !== undefined && phone === null) throw refuse("PHONE_BAD");
  const now = ctx.clock.now();
  const idIndex = idCardIndex(deps.seal, idCard);
  const no = mandateNo(input.kind, {
    relation: input.relation,
    days: input.days,
    self: (await store.indexOfAccount(ctx.db.read, personId)) === idIndex,
    agentHere: grants.some(({ role, region }) => role === "agent" && covers(region, input.region)),
  });
  if (no !== null) throw refuse(no);
  const key = sha256(input.key);
  const { kind, relation, region, name, days, scopes } = input;
  const digest = deps.seal.blindIndex(
    JSON.stringify([kind, relation, region, name, idCard, phone, days, scopes]),
    "mandate.ask",
  );
  const before = await store.byAskKey(ctx.db.read, personId, key);
  if (before) return again(deps, ctx, before, digest);
  const counted = await inTx(ctx.db, (tx) => countWithin(tx, `mandate:${personId}`, perDay, now));
  if (!counted) throw refuse("TOO_MANY");
  const id = newId(ctx.clock);
  const row: store.MandateRow = {
    ...{ id, personId, kind, relation, region, days, idIndex, state: "asked", askedAt: now },
    scopes: [...new Set(scopes)].join(","),
    name: deps.seal.seal(name, places.mandateName(id)),
    idCard: deps.seal.seal(idCard, places.mandateIdCard(id)),
    phone: phone === null ? null : deps.seal.seal(phone, places.mandatePhone(id)),
    ...{ consent: null, paper: "", decidedBy: null, decidedAt: null, untilAt: null, endedAt: null, endedBy: null },
    ...{ note: "", askKey: key, askDigest: digest, openKey: openKeyOf(personId, idIndex) },
    ...{ codeId: null, codeHash: null, codeSealed: null, codeUntil: null, codeTries: 0 },
  };
  try {
    await asPerson(ctx, (tx) => open(tx, deps, ctx, row));
  } catch (fault) {
    // The same act was sent twice at once, and the other one was first.
    const same = await store.byAskKey(ctx.db.read, personId, key);
    if (same) return again(deps, ctx, same, digest);
    throw isDuplicate(fault) ? refuse("MANDATE_OPEN") : fault;
  }
  return oneSeenBy(deps, ctx, id);
}

const openKeyOf = (holder: string, idIndex: string): string => sha256(`${holder} ${idIndex}`);

function again(deps: MandateDeps, ctx: Ctx, row: store.MandateRow, digest: string): Promise<Mandate> {
  if (row.askDigest !== digest) throw refuse("KEY_REUSED");
  return oneSeenBy(deps, ctx, row.id);
}

async function open(tx: Tx, deps: MandateDeps, ctx: Ctx, row: store.MandateRow): Promise<void> {
  const now = ctx.clock.now();
  const standing = row.openKey === null ? null : await store.openMandate(tx, row.openKey);
  if (standing) {
    const { state, askedAt, untilAt: until } = standing;
    if (stateNow({ state, askedAt, until }, now) !== "ended") throw refuse("MANDATE_OPEN");
    await store.setMandate(tx, standing.id, { state: "ended", endedAt: now, ...store.overNow });
  }
  await store.insertMandate(tx, row);
  const principal = await accountOf(deps, ctx, row);
  const { id, region } = row;
  if (principal !== null)
    await deps.tellMandate?.(tx, ctx.clock, { what: "asked", id, to: [principal], key: `mandate:${id}:asked`, region });
  await bump(tx, callerScope(row.personId), ...(principal === null ? [] : [callerScope(principal)]));
  await record(tx, ctx, { act: "mandate.ask", onWhom: principal ?? undefined, region, detail: { id, kind: row.kind } });
}
