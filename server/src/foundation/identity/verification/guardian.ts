import type { Contract } from "@weimenhu/contract";
import { ageOn } from "@weimenhu/domain/base/id-card";
import { maskPhone } from "@weimenhu/domain/base/mask";
import { normalPhone } from "@weimenhu/domain/base/phone";
import type { RegionCode } from "@weimenhu/domain/base/region";
import { childUntil } from "@weimenhu/domain/identity/verification";
import { hasPermission } from "@weimenhu/domain/permissions";
import type * as z from "zod/mini";
import { record } from "../../../kernel/audit.ts";
import { callerScope, signedIn } from "../../../kernel/caller.ts";
import { shanghaiDay } from "../../../kernel/clock.ts";
import type { Ctx } from "../../../kernel/ctx.ts";
import type { Db } from "../../../kernel/db.ts";
import { newId } from "../../../kernel/id.ts";
import { refuse } from "../../../kernel/refuse.ts";
import { bump, inTx, type Tx } from "../../../kernel/tx.ts";
import { requireVillage } from "../../regions/index.ts";
import type { IdentityDeps } from "../deps.ts";
import { ageOf } from "../people/age.ts";
import { asPerson } from "../people/hold.ts";
import { displayNames } from "../people/names.ts";
import { openPhone, phoneIndex } from "../people/phone.ts";
import { lockPersons, personByPhone } from "../people/store.ts";
import { countWithin } from "../sign-in/store.ts";
import { after, usualPage } from "./look.ts";
import { openIdCard } from "./sealed.ts";
import * as store from "./store.guardian.ts";

type Deps = Pick<IdentityDeps, "seal">;
type Circle = Contract["circle"];
type In<K extends "guardian" | "guardians" | "endGuardian"> = z.output<Circle[K]["input"]>;
type Listed = z.output<Circle["guardians"]["output"]>;

/** Each ask tells whether a phone has an account: enough for a school's whole class, far too few to go through numbers. */
const perDay = { most: 60, windowMs: 86_400_000 };
const taken = "家长收回了同意，这次申请结束了，填过的姓名和身份证号已经删除。还想认证，请和家长到村委会说";
const done = { ok: true } as const;

/** The guardian's consent for a child under fourteen (个人信息保护法 31), as the village's secretary notes it. */
export const guardians = (deps: Deps) => ({
  /** Has a guardian agreed, in this village? */
  agreed: async (db: Db, personId: string, village: RegionCode): Promise<boolean> =>
    (await store.standingNote(db.read, personId, village)) !== null,
  note: (ctx: Ctx, input: In<"guardian">) => note(deps, ctx, input),
  end: (ctx: Ctx, input: In<"endGuardian">) => end(deps, ctx, input),
  list: (ctx: Ctx, input: In<"guardians">) => list(deps, ctx, input),
});
export type Guardians = ReturnType<typeof guardians>;

function needSecretary(ctx: Ctx, village: RegionCode): void {
  if (!hasPermission(ctx.caller, "villagers.decide", village)) throw refuse("NOT_ALLOWED");
}

/** The secretary notes that a guardian has signed for the child with this phone, or takes that back. Each ask is on the record. */
async function note(deps: Deps, ctx: Ctx, { village, phone, paper, on }: In<"guardian">): Promise<{ ok: true }> {
  const { personId } = signedIn(ctx);
  needSecretary(ctx, village);
  await requireVillage(ctx.db, village);
  const child = await sought(deps, ctx, village, phone);
  const at = ctx.clock.now();
  const known = await ageOf(deps)(ctx.db, child, at);
  if (on && known !== null && known >= childUntil) throw refuse("NOT_A_CHILD");
  await withBoth(ctx, child, async (tx) => {
    if (!on) return endIn(tx, deps, ctx, await store.standingNote(tx, child, village));
    await store.putNote(tx, { id: newId(ctx.clock), personId: child, region: village, paper, notedBy: personId, at });
    await bump(tx, callerScope(child));
    await record(tx, ctx, { act: "guardian.note", onWhom: child, region: village });
  });
  return done;
}

/** Whose account it is: perhaps no villager's yet. Counted and written down before the answer, also when it is in vain. */
async function sought(deps: Deps, ctx: Ctx, region: RegionCode, typed: string): Promise<string> {
  const phone = normalPhone(typed);
  if (phone === null) throw refuse("PHONE_BAD");
  const { personId } = signedIn(ctx);
  const found = await personByPhone(ctx.db.read, phoneIndex(deps.seal, phone));
  const child = found?.state === "open" ? found.id : undefined;
  const counted = await asPerson(ctx, async (tx) => {
    if (!(await countWithin(tx, `guardian:${personId}`, perDay, ctx.clock.now()))) return false;
    await record(tx, ctx, { act: "guardian.seek", onWhom: child, region, detail: { found: child !== undefined } });
    return true;
  });
  if (!counted) throw refuse("TOO_MANY");
  if (child === undefined) throw refuse("NO_SUCH_PERSON");
  return child;
}

/** Another village's note is not found. One that was taken back already is taken back. */
async function end(deps: Deps, ctx: Ctx, { id }: In<"endGuardian">): Promise<{ ok: true }> {
  const row = await store.noteById(ctx.db.read, id);
  if (!row || !hasPermission(ctx.caller, "villagers.decide", row.region)) throw refuse("NOT_FOUND");
  if (row.endedAt === null) await withBoth(ctx, row.personId, (tx) => endIn(tx, deps, ctx, row));
  return done;
}

/** Both accounts are held, in the one order, so that what the child sends in at this moment comes before or after. */
const withBoth = (ctx: Ctx, child: string, work: (tx: Tx) => Promise<void>): Promise<void> =>
  inTx(ctx.db, async (tx) => {
    const { personId } = signedIn(ctx);
    const ended = (await lockPersons(tx, [personId, child])).filter(({ state }) => state !== "open");
    if (ended.some(({ id }) => id === personId)) throw refuse("SIGN_IN_FIRST", { why: "the account ended meanwhile" });
    if (ended.length > 0) throw refuse("NO_SUCH_PERSON");
    await work(tx);
  });

/** The child speaks no more, and what was taken of it for the village to look at goes. What was verified is ended apart. */
async function endIn(tx: Tx, deps: Deps, ctx: Ctx, row: store.GuardianRow | null): Promise<void> {
  const ended = { by: signedIn(ctx).personId, at: ctx.clock.now() };
  if (row === null || !(await store.endNote(tx, row.id, ended))) return;
  const { personId, region } = row;
  const today = shanghaiDay(ended.at);
  const ids: string[] = [];
  for (const one of await store.triesIn(tx, personId, region)) {
    const idCard = openIdCard(deps.seal, one);
    // From fourteen on it stands by the applicant's own consent.
    if (idCard === null || ageOn(idCard, today) >= childUntil) continue;
    await store.takeOut(tx, one.id, { ...ended, note: taken });
    ids.push(one.id);
  }
  await bump(tx, callerScope(personId));
  await record(tx, ctx, { act: "guardian.end", onWhom: personId, region, detail: { ids } });
}

/** For whom the village has noted it, the newest first, masked. Each look is on the record, as one at minors' data. */
async function list(deps: Deps, ctx: Ctx, { village, cursor, limit = usualPage }: In<"guardians">): Promise<Listed> {
  needSecretary(ctx, village);
  await requireVillage(ctx.db, village);
  const found = await store.notesIn(ctx.db, village, after(cursor), limit + 1);
  const rows = found.slice(0, limit);
  const names = await displayNames(deps)(
    ctx.db,
    rows.flatMap((row) => [row.note.personId, row.note.notedBy]),
  );
  const items = rows.map(({ note: { id, personId, paper, at, notedBy }, phone: sealed }) => {
    const phone = maskPhone(openPhone(deps.seal, { id: personId, phone: sealed }) ?? "");
    const name = names.get(personId) ?? phone;
    return { id, name: name === phone ? null : name, phone, paper, at, by: names.get(notedBy) ?? "" };
  });
  const ids = items.map(({ id }) => id);
  if (ids.length > 0) {
    const look = { act: "guardian.look", region: village, detail: { ids, minor: true } };
    await asPerson(ctx, (tx) => record(tx, ctx, look));
  }
  const last = rows.at(-1)?.note;
  return { items, next: found.length > limit && last ? `${last.at}.${last.id}` : null };
}
