import { privacyVersion } from "@weimenhu/domain/identity/privacy";
import type { Grant } from "@weimenhu/domain/permissions";
import { hashOf } from "../src/foundation/identity/sessions/service.ts";
import { sqlTime } from "../src/kernel/clock.ts";
import type { Db } from "../src/kernel/db.ts";
import { newId, newToken } from "../src/kernel/id.ts";
import { sealer } from "../src/kernel/seal.ts";
import { testConfig } from "../src/kernel/testing.ts";

const county = "990101000000";
const town = "990101101000";
export const village = "990101101201";
const names = { [county]: "示例县", [town]: "清溪镇", [village]: "竹溪村" };
const dayMs = 86_400_000;

/** Somebody on a phone: whose token it is, every server of this database knows. */
export type Resident = { id: string; token: string };

/** A county of one village, in a database whose servers have the keys of `testConfig`. */
export async function openVillage(db: Db): Promise<void> {
  for (const [code, name] of Object.entries(names))
    await db.pool.query("INSERT INTO region (code, name, sort, created_at) VALUES (?, ?, 0, NOW(3))", [code, name]);
}

/** With a verified phone, signed in on the mini-program, and agreed to the privacy text of now. */
async function signedIn(db: Db, number = "19900000001"): Promise<Resident> {
  const [id, token, now] = [newId(), newToken(32), db.clock.now()];
  const phone = sealer(testConfig()).seal(number, `person.phone.${id}`);
  await db.pool.query(
    "INSERT INTO person (id, state, phone, phone_index, elder, created_at) VALUES (?, 'open', ?, ?, 0, ?)",
    [id, phone, hashOf(id), sqlTime(now)],
  );
  await db.pool.query(
    `INSERT INTO session (id, token_hash, person_id, channel, device, bound, strong_until, created_at, seen_at)
     VALUES (?, ?, ?, 'weapp', '', 0, ?, ?, ?)`,
    [newId(), hashOf(token), id, sqlTime(now + dayMs), sqlTime(now), sqlTime(now)],
  );
  await db.pool.query(
    "INSERT INTO consent (person_id, what, version, channel, given_at) VALUES (?, 'privacy', ?, 'weapp', ?)",
    [id, privacyVersion, sqlTime(now)],
  );
  return { id, token };
}

export async function villager(db: Db, { called = "张清明", phone = "19900000001" } = {}): Promise<Resident> {
  const somebody = await signedIn(db, phone);
  const row = newId();
  const name = sealer(testConfig()).seal(called, `villager.name.${row}`);
  await db.pool.query(
    `INSERT INTO villager (id, person_id, region, state, name, group_name, apply_key, applied_at)
     VALUES (?, ?, ?, 'verified', ?, '三组', ?, ?)`,
    [row, somebody.id, village, name, row, sqlTime(db.clock.now())],
  );
  return somebody;
}

/** In office, with the second factor given. */
export async function official(db: Db, { role, region }: Grant): Promise<Resident> {
  const somebody = await signedIn(db);
  await db.pool.query(
    "INSERT INTO role_grant (id, person_id, role, region, since, given_by) VALUES (?, ?, ?, ?, '2026-01-01', ?)",
    [newId(), somebody.id, role, region, somebody.id],
  );
  return somebody;
}
