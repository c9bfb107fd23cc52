import { isoOf } from "../../../kernel/clock.ts";
import { type Holding, staysNameless } from "../../../kernel/holdings.ts";
import { bump, type Tx } from "../../../kernel/tx.ts";
import { placeScope } from "../../regions/index.ts";
import type { IdentityDeps } from "../deps.ts";
import { needOtherHolders } from "../grants/rules.ts";
import { openStaffName } from "../grants/staff-name.ts";
import { deleteStaffName, endGrantsOf, grantsEver, staffNamesOf } from "../grants/store.ts";
import { endAllOf, givenBy, heldBy, indexOfAccount, type MandateRow } from "../mandates/store.ts";
import { openPrincipalName } from "../mandates/view.ts";
import { openPhone } from "../people/phone.ts";
import { deleteLeftBy, leftBy } from "../people/store.left.ts";
import * as people from "../people/store.ts";
import { deleteTotp, totpOf } from "../sign-in/store.ts";
import { openIdCard, openName } from "../verification/sealed.ts";
import { forgetNotes, notesOf } from "../verification/store.guardian.ts";
import { applicationsOf, endVillagerOf, placesOfVillager, rosterOfPerson } from "../verification/store.ts";

const everyOne = 1_000;
const at = (ms: number | null): string | null => (ms === null ? null : isoOf(ms));

/**
 * What this room keeps besides the person and the sessions, which the account itself exports first and ends last. Secrets
 * that prove who people are (the second factor) are named, not shown: in a saved file they would help a thief only.
 */
export const identityHoldings = ({ seal }: Pick<IdentityDeps, "seal">): Holding[] => [
  {
    name: "identities",
    tables: ["identity"],
    export: async (db, personId) =>
      (await people.identitiesOf(db, personId)).map((one) => ({
        provider: one.provider,
        subject: one.subject,
        bound: one.bound,
        createdAt: at(one.createdAt),
      })),
    close: people.deleteIdentities,
  },
  {
    name: "phonesLeft",
    tables: ["phone_left"],
    export: async (db, personId) =>
      (await leftBy(db, personId)).map((one) => ({
        phone: openPhone(seal, { id: personId, phone: one.phone }),
        leftAt: at(one.leftAt),
      })),
    close: deleteLeftBy,
  },
  {
    name: "consents",
    tables: ["consent"],
    export: async (db, personId) =>
      (await people.consentsOf(db, personId)).map((one) => ({ ...one, givenAt: at(one.givenAt) })),
    // Proof that what was kept was kept with consent.
    close: staysNameless,
  },
  {
    // Before the verification: by its ID number those are found who act for this person.
    name: "mandates",
    tables: ["mandate"],
    export: async (db, personId) => {
      const index = await indexOfAccount(db.read, personId);
      const given = index === null ? [] : await givenBy(db, index, everyOne);
      const plain = (one: MandateRow) => ({
        ...{ kind: one.kind, relation: one.relation, region: one.region, state: one.state, consent: one.consent },
        ...{ askedAt: at(one.askedAt), until: at(one.untilAt), endedAt: at(one.endedAt) },
      });
      return {
        held: (await heldBy(db, personId, everyOne)).map((one) => ({
          ...plain(one),
          name: openPrincipalName(seal, one),
        })),
        given: given.map(plain),
      };
    },
    close: async (tx, personId, now) => endAllOf(tx, { personId, idIndex: await indexOfAccount(tx, personId) }, now),
  },
  {
    name: "verification",
    tables: ["villager", "real_name"],
    export: async (db, personId) =>
      (await applicationsOf(db, personId)).map((one) => ({
        region: one.region,
        state: one.state,
        name: openName(seal, one),
        idCard: openIdCard(seal, one),
        group: one.groupName,
        appliedAt: at(one.appliedAt),
        decidedAt: at(one.decidedAt),
        reason: one.reason,
        note: one.note,
      })),
    close: closeVillager,
  },
  {
    name: "guardian",
    tables: ["guardian"],
    export: async (db, personId) =>
      (await notesOf(db, personId)).map(({ region, paper, at: notedAt, endedAt }) => ({
        region,
        paper,
        notedAt: at(notedAt),
        endedAt: at(endedAt),
      })),
    close: forgetNotes,
  },
  {
    name: "roster",
    tables: [],
    export: async (db, personId) =>
      (await rosterOfPerson(db, personId)).map(({ region, groupName, household }) => ({
        region,
        group: groupName,
        household,
      })),
    // The village's own list of households: it was there before the account.
    close: staysNameless,
  },
  {
    name: "roles",
    tables: ["role_grant"],
    export: async (db, personId) =>
      (await grantsEver(db, personId)).map((one) => ({
        role: one.role,
        region: one.region,
        since: at(one.since),
        until: at(one.untilAt),
        endedAt: at(one.endedAt),
        reason: one.reason,
      })),
    close: closeRoles,
  },
  {
    name: "staffName",
    tables: ["staff_name"],
    export: async (db, personId) => {
      const [row] = await staffNamesOf(db.read, [personId]);
      return row ? { name: openStaffName(seal, row), givenAt: at(row.givenAt) } : null;
    },
    close: deleteStaffName,
  },
  {
    name: "secondFactor",
    tables: ["totp"],
    export: async (db, personId) => {
      const factor = await totpOf(db.read, personId);
      return factor === null ? null : { enrolledAt: at(factor.enrolledAt), removedAt: at(factor.removedAt) };
    },
    close: deleteTotp,
  },
];

async function closeVillager(tx: Tx, personId: string, now: number): Promise<void> {
  const places = await placesOfVillager(tx, personId);
  await endVillagerOf(tx, personId, now);
  await bump(tx, ...places.map((code) => placeScope(code)));
}

/** LAST_HOLDER for the last administrator of a kind. */
async function closeRoles(tx: Tx, personId: string, now: number): Promise<void> {
  await needOtherHolders(tx, personId, now);
  await endGrantsOf(tx, personId, now, "account closed");
}
