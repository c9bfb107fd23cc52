import { record } from "../../../kernel/audit.ts";
import { callerScope, signedIn } from "../../../kernel/caller.ts";
import { refuse } from "../../../kernel/refuse.ts";
import type { Ctx } from "../../../kernel/rpc.ts";
import { bump, inTx } from "../../../kernel/tx.ts";
import type { IdentityDeps } from "../deps.ts";
import { holdPerson } from "../people/hold.ts";
import * as people from "../people/store.ts";
import { endOf } from "../sessions/service.ts";
import * as sessions from "../sessions/store.ts";
import { needConsent } from "../sign-in/admit.ts";
import { type Me, meOf } from "./me.ts";

const ok = { ok: true } as const;

export async function me(deps: IdentityDeps, ctx: Ctx): Promise<{ me: Me | null }> {
  return { me: ctx.caller ? await meOf(deps, ctx, ctx.caller) : null };
}

/** A new privacy text was read and agreed to. */
export async function consent(ctx: Ctx, input: { version: string }) {
  const { personId } = signedIn(ctx);
  needConsent(input.version);
  const given = { what: "privacy", version: input.version, channel: ctx.channel, givenAt: ctx.clock.now() } as const;
  await inTx(ctx.db, async (tx) => {
    await holdPerson(tx, personId);
    await people.addConsent(tx, personId, given);
    await bump(tx, callerScope(personId));
  });
  return ok;
}

export async function setElder(ctx: Ctx, input: { elder: number }) {
  const { personId } = signedIn(ctx);
  await inTx(ctx.db, async (tx) => {
    await holdPerson(tx, personId);
    await people.setElder(tx, personId, input.elder);
  });
  return ok;
}

export async function mySessions({ sessionDays }: IdentityDeps, ctx: Ctx) {
  const { personId, sessionId } = signedIn(ctx);
  const now = ctx.clock.now();
  const rows = (await sessions.openSessionsOf(ctx.db, personId)).filter((row) => endOf(row, sessionDays) > now);
  return {
    items: rows.map(({ id, channel, device, createdAt, seenAt }) => ({
      id,
      channel,
      device,
      createdAt,
      seenAt,
      current: id === sessionId,
    })),
  };
}

/** Only my own; another person's id is not found. One that has ended already, here or elsewhere, is done as well. */
export async function endSession(ctx: Ctx, input: { id: string }) {
  const { personId, sessionId } = signedIn(ctx);
  await inTx(ctx.db, async (tx) => {
    if (!(await sessions.endSession(tx, input.id, personId, ctx.clock.now()))) {
      if (await sessions.hasSession(tx, input.id, personId)) return;
      throw refuse("NOT_FOUND");
    }
    await bump(tx, callerScope(personId));
    await record(tx, ctx, { act: "session.end", onWhom: personId });
  });
  if (input.id === sessionId) ctx.clearSession();
  return ok;
}

/** Signing out twice, or without a session, is done as well. */
export async function signOut(ctx: Ctx) {
  const { caller } = ctx;
  if (caller) {
    await inTx(ctx.db, async (tx) => {
      if (!(await sessions.endSession(tx, caller.sessionId, caller.personId, ctx.clock.now()))) return;
      await bump(tx, callerScope(caller.personId));
      await record(tx, ctx, { act: "session.end", onWhom: caller.personId });
    });
  }
  ctx.clearSession();
  return ok;
}
