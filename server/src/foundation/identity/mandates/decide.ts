import type { Contract } from "@weimenhu/contract";
import { maskName, maskPhone } from "@weimenhu/domain/base/mask";
import { moveMandate } from "@weimenhu/domain/identity/mandate";
import { hasPermission } from "@weimenhu/domain/permissions";
import type * as z from "zod/mini";
import { record } from "../../../kernel/audit.ts";
import { callerScope, signedIn } from "../../../kernel/caller.ts";
import type { Ctx } from "../../../kernel/ctx.ts";
import { refuse } from "../../../kernel/refuse.ts";
import { bump } from "../../../kernel/tx.ts";
import { asPerson } from "../people/hold.ts";
import { openPhone } from "../people/phone.ts";
import { personsById } from "../people/store.ts";
import { after, regionsAsked, usualPage } from "../verification/look.ts";
import { openRosterName } from "../verification/sealed.ts";
import { rosterEntries } from "../verification/store.ts";
import { over, standing } from "./agree.ts";
import { accountOf, actorsOn, type MandateDeps, oneSeenBy, seenBy } from "./deps.ts";
import * as store from "./store.ts";
import { factsOf, type Mandate } from "./view.ts";

type In<K extends keyof Contract["mandates"]> = z.output<Contract["mandates"][K]["input"]>;
type Queue = z.output<Contract["mandates"]["queue"]["output"]>;

/** In the caller's own villages, beside the roster, masked. Each look is on the record. */
export async function queue(deps: MandateDeps, ctx: Ctx, input: In<"queue">): Promise<Queue> {
  const { region, state, cursor, limit = usualPage } = input;
  const regions = regionsAsked(signedIn(ctx), region);
  const found = await store.mandatesIn(ctx.db, {
    ...{ regions, state, after: after(cursor), now: ctx.clock.now(), limit: limit + 1 },
  });
  const rows = found.slice(0, limit);
  const [faces, people, entries] = await Promise.all([
    seenBy(deps, ctx, rows),
    personsById(
      ctx.db,
      rows.map(({ personId }) => personId),
    ),
    rosterEntries(
      ctx.db,
      rows.map(({ idIndex }) => idIndex),
    ),
  ]);
  const items = faces.map((face, at) => {
    const row = rows[at] as store.MandateRow;
    const holder = people.find(({ id }) => id === row.personId);
    const entry = entries.find((one) => one.region === row.region && one.idIndex === row.idIndex);
    return {
      ...face,
      holderPhone: maskPhone((holder && openPhone(deps.seal, holder)) ?? ""),
      rosterName: entry ? maskName(openRosterName(deps.seal, entry)) : null,
      minor: !factsOf(deps.seal, row, { now: ctx.clock.now(), own: false, byCode: false }).adult,
      paper: row.paper,
    };
  });
  await looked(ctx, rows);
  const last = rows.at(-1);
  return { items, next: found.length > limit && last ? `${last.askedAt}.${last.id}` : null };
}

async function looked(ctx: Ctx, rows: readonly store.MandateRow[]): Promise<void> {
  if (rows.length === 0) return;
  await asPerson(ctx, async (tx) => {
    for (const region of new Set(rows.map((row) => row.region))) {
      const ids = rows.flatMap((row) => (row.region === region ? [row.id] : []));
      await record(tx, ctx, { act: "mandate.look", region, detail: { ids } });
    }
  });
}

/**
 * The office allows what a signed paper says, refuses it, or ends what stands. Another village's is not found; NOT_ALLOWED for
 * whoever acts or is the principal; PAPER_NEEDED, REASON_NEEDED. Twice the same is once.
 */
export async function decide(deps: MandateDeps, ctx: Ctx, input: In<"decide">): Promise<Mandate> {
  const caller = signedIn(ctx);
  const { id, move, paper = "", reason = "" } = input;
  const first = await store.mandateById(ctx.db.read, id);
  if (!first || !hasPermission(caller, "villagers.decide", first.region)) throw refuse("NOT_FOUND");
  const index = await store.indexOfAccount(ctx.db.read, caller.personId);
  const own = actorsOn(caller, index, first).some((actor) => actor !== "office");
  if (own) throw refuse("NOT_ALLOWED", { why: "part of it" });
  if (move === "end" && reason === "") throw refuse("REASON_NEEDED");
  const now = ctx.clock.now();
  const principal = await accountOf(deps, ctx, first);
  await asPerson(ctx, async (tx) => {
    const row = await store.lockMandate(tx, id);
    if (!row) return;
    const facts = factsOf(deps.seal, row, { now, own, byCode: false });
    const moved = moveMandate(facts, ["office"], move, { paper, reason });
    if ("no" in moved) throw refuse(moved.no);
    await store.setMandate(tx, id, {
      state: moved.to,
      ...(moved.to === "standing"
        ? { ...standing(row, now, "office"), paper, decidedBy: caller.personId }
        : { ...over(caller.personId, now), note: reason }),
    });
    const to = [row.personId, ...(principal === null ? [] : [principal])];
    const what = moved.to === "ended" ? "over" : "answered";
    await deps.tellMandate?.(tx, ctx.clock, { what, id, to, key: `mandate:${id}:${moved.to}`, region: row.region });
    await bump(tx, ...to.map(callerScope));
    await record(tx, ctx, {
      act: `mandate.${move}`,
      onWhom: row.personId,
      region: row.region,
      detail: { id, principal },
    });
  });
  return oneSeenBy(deps, ctx, id);
}
