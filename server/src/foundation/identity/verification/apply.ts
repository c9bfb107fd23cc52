import { ageOn, isIdCard, normalIdCard } from "@weimenhu/domain/base/id-card";
import type { RegionCode } from "@weimenhu/domain/base/region";
import { privacyVersion } from "@weimenhu/domain/identity/privacy";
import { childUntil, rosterMatch } from "@weimenhu/domain/identity/verification";
import { record } from "../../../kernel/audit.ts";
import { callerScope, signedIn } from "../../../kernel/caller.ts";
import { shanghaiDay } from "../../../kernel/clock.ts";
import { sha256 } from "../../../kernel/digest.ts";
import { newId } from "../../../kernel/id.ts";
import { refuse } from "../../../kernel/refuse.ts";
import type { Ctx } from "../../../kernel/rpc.ts";
import { bump, inTx, type Tx } from "../../../kernel/tx.ts";
import { placeScope, requireVillage } from "../../regions/index.ts";
import type { IdentityDeps } from "../deps.ts";
import { makingOnce } from "../people/join.ts";
import { addConsent, lockPersons } from "../people/store.ts";
import { countWithin } from "../sign-in/store.ts";
import { isPersonName } from "./name.ts";
import { idCardIndex, openName, openRosterName, places } from "./sealed.ts";
import { standingNote } from "./store.guardian.ts";
import * as store from "./store.ts";
import { type Application, application } from "./view.ts";

/** Somebody who tries numbers and names against the roster is stopped long before a hit. */
const perDay = { most: 20, windowMs: 86_400_000 };

type Apply = { key: string; region: string; name: string; idCard: string; group: string; consent: true };
type Proof = { idCard: string; idIndex: string; entry: store.RosterRow | null };

/** Verified at once when ID number and name stand on the village's roster, otherwise the secretary looks. */
export async function apply(deps: IdentityDeps, ctx: Ctx, asked: Apply): Promise<Application> {
  const { personId } = signedIn(ctx);
  // The key is the phone's own; what it is made of is not kept.
  const input = { ...asked, key: sha256(asked.key) };
  const village = await requireVillage(ctx.db, input.region);
  const idCard = normalIdCard(input.idCard);
  if (!isIdCard(idCard)) throw refuse("ID_CARD_BAD");
  const child = ageOn(idCard, shanghaiDay(ctx.clock.now())) < childUntil;
  if (child) await needGuardian(ctx.db.read, personId, input.region);
  if (!isPersonName(input.name)) throw refuse("NAME_BAD");
  const groups = await store.groupsOf(ctx.db, input.region);
  if (groups.length > 0 && !groups.includes(input.group)) throw refuse("BAD_INPUT", { details: { fields: ["group"] } });
  const now = ctx.clock.now();
  // Kept even when the rest is refused: it is the refusals that tell a guesser something.
  const counted = await inTx(ctx.db, (tx) => countWithin(tx, `apply:${personId}`, perDay, now));
  if (!counted) throw refuse("TOO_MANY");
  const idIndex = idCardIndex(deps.seal, idCard);
  const row = await makingOnce(ctx.db, async (tx) => {
    const [person] = await lockPersons(tx, [personId]);
    if (person?.state !== "open") throw refuse("SIGN_IN_FIRST", { why: "the account was closed meanwhile" });
    // Once more, now that nobody can take it back meanwhile.
    if (child) await needGuardian(tx, personId, input.region);
    const again = await sameAsBefore(tx, deps, personId, input, idIndex);
    if (again) return again;
    const entry = await store.rosterEntry(tx, input.region, idIndex);
    return open(tx, deps, ctx, input, { idCard, idIndex, entry });
  });
  return application(deps.seal, row, village.name);
}

/** Nothing of a child is taken in, not even for a look, before a guardian has agreed (个人信息保护法 31). */
async function needGuardian(on: Parameters<typeof standingNote>[0], personId: string, region: RegionCode) {
  if ((await standingNote(on, personId, region)) === null) throw refuse("CHILD_OFFLINE");
}

async function sameAsBefore(tx: Tx, deps: IdentityDeps, personId: string, input: Apply, idIndex: string) {
  const before = await store.applicationByKey(tx, personId, input.key);
  if (!before) return null;
  const same =
    before.region === input.region && before.idIndex === idIndex && openName(deps.seal, before) === input.name;
  if (!same) throw refuse("KEY_REUSED");
  return before;
}

async function open(tx: Tx, deps: IdentityDeps, ctx: Ctx, input: Apply, proof: Proof): Promise<store.VillagerRow> {
  const { personId } = signedIn(ctx);
  const { seal } = deps;
  const now = ctx.clock.now();
  const openKey = `${personId}:${input.region}`;
  const standing = await store.openApplication(tx, openKey);
  if (standing) throw refuse(standing.state === "verified" ? "ALREADY_VERIFIED" : "APPLICATION_OPEN");
  const holder = await store.holderOfIdCard(tx, proof.idIndex);
  if (holder !== null && holder !== personId) throw refuse("ID_CARD_TAKEN");
  const own = await store.idCardOfPerson(tx, personId);
  if (own !== null && own !== proof.idIndex)
    throw refuse("ID_CARD_BAD", { why: "verified with another number before" });
  const entry = proof.entry && { name: openRosterName(seal, proof.entry), group: proof.entry.groupName };
  const state = rosterMatch(entry, input);
  if (state === "verified" && !(await store.claimIdCard(tx, proof.idIndex, personId))) throw refuse("ID_CARD_TAKEN");
  const id = newId(ctx.clock);
  const row: store.VillagerRow = {
    id,
    personId,
    region: input.region,
    state,
    name: seal.seal(input.name, places.name(id)),
    idCard: seal.seal(proof.idCard, places.idCard(id)),
    idIndex: proof.idIndex,
    // The roster knows better than the form.
    groupName: state === "verified" && entry ? entry.group : input.group,
    applyKey: input.key,
    openKey,
    appliedAt: now,
    decidedAt: state === "verified" ? now : null,
    decidedBy: null,
    reason: null,
    note: null,
  };
  await store.insertApplication(tx, row);
  await addConsent(tx, personId, { what: "id-card", version: privacyVersion, channel: ctx.channel, givenAt: now });
  await bump(tx, callerScope(personId), ...(state === "verified" ? [placeScope(input.region)] : []));
  await record(tx, ctx, { act: "villager.apply", onWhom: personId, region: input.region, detail: { id, state } });
  return row;
}
