import { record } from "../../../kernel/audit.ts";
import { signedIn } from "../../../kernel/caller.ts";
import { isoOf, shanghaiDay } from "../../../kernel/clock.ts";
import type { Ctx } from "../../../kernel/rpc.ts";
import { inTx } from "../../../kernel/tx.ts";
import { followsOf } from "../../regions/index.ts";
import type { IdentityDeps } from "../deps.ts";
import { grantsEver } from "../grants/store.ts";
import { openPhone } from "../people/phone.ts";
import * as people from "../people/store.ts";
import { sessionsOf } from "../sessions/store.ts";
import { totpOf } from "../sign-in/store.ts";
import { openIdCard, openName } from "../verification/sealed.ts";
import { applicationsOf, rosterOfPerson } from "../verification/store.ts";

const at = (ms: number | null): string | null => (ms === null ? null : isoOf(ms));

/**
 * Everything kept about the caller, in full: it goes to nobody else. Secrets that prove who they are (token hashes, the
 * second factor) are named, not shown: in a saved file they would help a thief only.
 */
export async function exportMine(deps: IdentityDeps, ctx: Ctx): Promise<{ filename: string; json: string }> {
  const { db } = ctx;
  const { personId } = signedIn(ctx);
  const row = await people.personById(db.read, personId);
  if (!row) throw new Error("a session without a person");
  const [identities, sessions, consents, follows, applications, grants, factor, roster] = await Promise.all([
    people.identitiesOf(db, personId),
    sessionsOf(db, personId),
    people.consentsOf(db, personId),
    followsOf(db, personId),
    applicationsOf(db, personId),
    grantsEver(db, personId),
    totpOf(db.read, personId),
    rosterOfPerson(db, personId),
  ]);
  const whole = {
    exportedAt: at(ctx.clock.now()),
    person: { id: row.id, phone: openPhone(deps.seal, row), elder: row.elder, createdAt: at(row.createdAt) },
    identities: identities.map((one) => ({ ...one, personId: undefined, createdAt: at(one.createdAt) })),
    sessions: sessions.map((one) => ({
      channel: one.channel,
      device: one.device,
      createdAt: at(one.createdAt),
      seenAt: at(one.seenAt),
      endedAt: at(one.endedAt),
    })),
    consents: consents.map((one) => ({ ...one, givenAt: at(one.givenAt) })),
    follows,
    verification: applications.map((one) => ({
      region: one.region,
      state: one.state,
      name: openName(deps.seal, one),
      idCard: openIdCard(deps.seal, one),
      group: one.groupName,
      appliedAt: at(one.appliedAt),
      decidedAt: at(one.decidedAt),
      reason: one.reason,
      note: one.note,
    })),
    roster: roster.map(({ region, groupName, household }) => ({ region, group: groupName, household })),
    roles: grants.map((one) => ({
      role: one.role,
      region: one.region,
      since: at(one.since),
      until: at(one.untilAt),
      endedAt: at(one.endedAt),
      reason: one.reason,
    })),
    secondFactor: factor === null ? null : { enrolledAt: at(factor.enrolledAt) },
  };
  await inTx(db, (tx) => record(tx, ctx, { act: "account.export", onWhom: personId }));
  const filename = `我的资料-${shanghaiDay(ctx.clock.now())}.json`;
  return { filename, json: JSON.stringify(whole, null, 2) };
}
