import { type Actor, record } from "../../../kernel/audit.ts";
import { callerScope } from "../../../kernel/caller.ts";
import type { Clock } from "../../../kernel/clock.ts";
import type { Db } from "../../../kernel/db.ts";
import { isDuplicate } from "../../../kernel/db-faults.ts";
import { newId } from "../../../kernel/id.ts";
import { refuse } from "../../../kernel/refuse.ts";
import type { Seal } from "../../../kernel/seal.ts";
import { bump, inTx, type Tx } from "../../../kernel/tx.ts";
import { moveFollows } from "../../regions/index.ts";
import { forgetSessionsOf } from "../sessions/store.ts";
import { phoneIndex, sealPhone } from "./phone.ts";
import * as store from "./store.ts";

const mostTries = 6;

/** A transaction in which two calls may make the same row: the slower one runs again and finds it. */
export async function makingOnce<T>(db: Db, fn: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await inTx(db, fn);
    } catch (fault) {
      if (attempt === mostTries || !isDuplicate(fault)) throw fault;
    }
  }
}

export async function newPerson(tx: Tx, seal: Seal, clock: Clock, phone: string | null): Promise<string> {
  const id = newId(clock);
  await store.insertPerson(tx, {
    id,
    phone: phone === null ? null : sealPhone(seal, id, phone),
    phoneIndex: phone === null ? null : phoneIndex(seal, phone),
    createdAt: clock.now(),
  });
  return id;
}

/** The person behind a platform account; a new one when nobody is known by any of its names. The first subject leads. */
export async function personOfPlatform(
  tx: Tx,
  by: Actor,
  seal: Seal,
  subjects: readonly store.Subject[],
): Promise<string> {
  const ownerOf = await lockOwners(tx, subjects);
  const [first, second] = [
    ...new Map(
      subjects.flatMap((subject) => {
        const row = ownerOf(subject);
        return row ? [[row.id, row]] : [];
      }),
    ).values(),
  ];
  const personId =
    first === undefined
      ? await newPerson(tx, seal, by.clock, null)
      : second === undefined
        ? first.id
        : await oneOfTwo(tx, by, first, second);
  const fresh = subjects.filter((subject) => ownerOf(subject) === undefined);
  await store.insertIdentities(tx, personId, fresh, by.clock.now());
  return personId;
}

/**
 * The open people who own these names, locked. One who closes the account while we wait for the lock owns them no more, and
 * a name must not be added to somebody who ended: nobody could sign in by it ever again.
 */
async function lockOwners(tx: Tx, subjects: readonly store.Subject[]) {
  const ids = (rows: readonly store.IdentityRow[]) => [...new Set(rows.map((row) => row.personId))].sort();
  let known = await store.identitiesBySubject(tx, subjects);
  let people: store.PersonRow[] = [];
  for (let looked: string[] = []; ids(known).join() !== looked.join(); ) {
    looked = ids(known);
    people = looked.length === 0 ? [] : await store.lockPersons(tx, looked);
    known = await store.identitiesBySubject(tx, subjects);
  }
  const left = people.filter((row) => row.state !== "open");
  for (const row of left) await store.deleteIdentities(tx, row.id);
  return (subject: store.Subject): store.PersonRow | undefined => {
    const owner = known.find((row) => row.provider === subject.provider && row.subject === subject.subject)?.personId;
    return people.find((row) => row.id === owner && row.state === "open");
  };
}

/** Two people turn out to be one platform account. Two who both have a phone stay two. */
async function oneOfTwo(tx: Tx, by: Actor, first: store.PersonRow, second: store.PersonRow): Promise<string> {
  if (second.phoneIndex === null) return merge(tx, by, second.id, first.id);
  if (first.phoneIndex === null) return merge(tx, by, first.id, second.id);
  return first.id;
}

/** The person with this verified phone; a new one when there is none. */
export async function personOfPhone(tx: Tx, by: Actor, seal: Seal, phone: string): Promise<string> {
  const index = phoneIndex(seal, phone);
  const owner = await store.personByPhone(tx, index);
  const rows = owner ? await store.lockPersons(tx, [owner.id]) : [];
  // Who closed the account between the look and the lock has no phone any more.
  if (owner && rows.some((row) => row.phoneIndex === index)) return owner.id;
  return newPerson(tx, seal, by.clock, phone);
}

/**
 * A verified phone joins a person. When it belongs to somebody already, these two are one: the phoneless one is merged
 * into the other. Answers who the person is now. PHONE_TAKEN when this person has another phone.
 */
export async function attachPhone(tx: Tx, by: Actor, seal: Seal, personId: string, phone: string): Promise<string> {
  const index = phoneIndex(seal, phone);
  const owner = await store.personByPhone(tx, index);
  const rows = await store.lockPersons(tx, owner ? [personId, owner.id] : [personId]);
  const mine = rows.find((row) => row.id === personId);
  if (mine?.state !== "open") throw refuse("SIGN_IN_FIRST", { why: "the person ended meanwhile" });
  if (mine.phoneIndex === index) return personId;
  if (mine.phoneIndex !== null) throw refuse("PHONE_TAKEN");
  if (owner) {
    if (rows.some((row) => row.id === owner.id && row.phoneIndex === index)) return merge(tx, by, personId, owner.id);
    // The owner closed the account between the look and the lock: the phone is free.
  }
  await store.setPhone(tx, personId, sealPhone(seal, personId, phone), index);
  await bump(tx, callerScope(personId));
  await record(tx, by, { act: "person.phone", onWhom: personId });
  return personId;
}

/**
 * Everything of the phoneless person goes to the other one. Its sessions end: a token never comes to open more than it
 * was given for; the caller's own one is replaced by the one who called us.
 */
async function merge(tx: Tx, by: Actor, from: string, to: string): Promise<string> {
  await store.moveIdentities(tx, from, to);
  await store.moveConsents(tx, from, to);
  await moveFollows(tx, from, to, by.clock.now());
  await store.raiseElder(tx, from, to);
  await forgetSessionsOf(tx, from, by.clock.now());
  await store.endPerson(tx, from, { state: "merged", into: to, at: by.clock.now() });
  await bump(tx, callerScope(from), callerScope(to));
  await record(tx, by, { act: "person.merge", onWhom: to, detail: { from } });
  return to;
}
