import { idCardCheck } from "@weimenhu/domain/base/id-card";
import { calendarOf } from "@weimenhu/domain/base/workday";
import type { Caller } from "@weimenhu/domain/permissions";
import { pino } from "pino";
import { appointmentsRoom, type Patient, type Principal } from "../src/features/appointments/index.ts";
import { realPerson } from "../src/foundation/identity/index.ts";
import { newId } from "../src/kernel/id.ts";
import { refusalIn } from "../src/kernel/refuse.ts";
import { callerOf, router } from "../src/kernel/rpc.ts";
import { sealer } from "../src/kernel/seal.ts";
import { visit } from "./matrix.ts";
import { openRoom, somebody } from "./room.ts";

export const [county, town, village, neighbour] = [
  "990101000000",
  "990101101000",
  "990101101201",
  "990101101202",
] as const;
/** A Monday, ten in the morning. */
export const monday = Date.parse("2026-11-16T10:00:00+08:00");
export const tuesday = "2026-11-17";

/** The word of the refusal that a call ends in; `done` when it was let through. */
export const wordOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => "done",
    (fault: unknown) => refusalIn(fault)?.word ?? String(fault),
  );
let serial = 0;
/** Somebody whom no hospital has seen yet. */
function patient(): Patient {
  serial += 1;
  const first = `99010119500101${String(serial % 1000).padStart(3, "0")}`;
  const phone = `1990001${String(serial % 10_000).padStart(4, "0")}`;
  return { name: "王谷雨", idNumber: `${first}${idCardCheck(first)}`, phone };
}
export const key = () => `appointments-${String(++serial).padStart(8, "0")}`;

/** A village has verified this person: an ID number of their own, of which only the blind index matters here. */
export async function isVerified(
  room: Pick<Awaited<ReturnType<typeof openRoom>>, "db">,
  person: string,
  region: string,
  idIndex = newId().padStart(64, "0").toLowerCase(),
): Promise<void> {
  const id = newId();
  await room.db.pool.query("INSERT IGNORE INTO person (id, state, elder, created_at) VALUES (?, 'open', 0, NOW(3))", [
    person,
  ]);
  await room.db.pool.query(
    `INSERT INTO villager (id, person_id, region, state, id_index, group_name, apply_key, applied_at)
     VALUES (?, ?, ?, 'verified', ?, '一组', ?, NOW(3))`,
    [id, person, region, idIndex, id],
  );
}

/** A county with a service hall, a town, two villages, and nobody's appointments yet. */
export async function appointmentsKit() {
  const room = await openRoom(monday);
  /** By mandate. */
  const principals = new Map<string, Principal | "ended">();
  /** Who may be named to a hospital. */
  const patients = new Map<string, Patient>();
  const deps = {
    home: county,
    calendar: () => calendarOf({ holidays: ["2026-01-01"], makeUps: [] }),
    realPerson,
    principalOf: async (_ctx: unknown, id: string) => principals.get(id) ?? ("none" as const),
    principalNames: async (_db: unknown, ids: readonly string[]) =>
      new Map(ids.map((id) => [id, `家人${id.slice(-2)}`])),
    joined: true,
    patientOf: async (_db: unknown, id: string, mandate: string | null = null) => patients.get(mandate ?? id) ?? null,
    displayNames: async (_db: unknown, ids: readonly string[]) => new Map(ids.map((id) => [id, `名${id.slice(-4)}`])),
    seal: sealer(room.config),
  };
  const api = router({ appointments: appointmentsRoom(deps) });
  const as = (caller: Caller | null, db = room.db) => callerOf(api)(room.ctx(caller, { db })).appointments;
  const secretary = somebody([{ role: "secretary", region: village }]);
  const clerk = somebody([{ role: "clerk", region: county }]);
  for (const [code, name] of [
    [county, "示例县"],
    [town, "清溪镇"],
    [village, "竹溪村"],
    [neighbour, "桃坪村"],
  ])
    await room.db.pool.query("INSERT INTO region (code, name, sort, created_at) VALUES (?, ?, 0, NOW())", [code, name]);
  for (const { personId } of [secretary, clerk]) await isVerified(room, personId, village);

  async function villager(of: string = village, index?: string): Promise<Caller> {
    const who = somebody([], { villager: [of] });
    await isVerified(room, who.personId, of, index);
    patients.set(who.personId, patient());
    return who;
  }
  const offerOf = (capacity = 2, more: object = {}) =>
    as(clerk).saveOffer({ key: key(), region: county, ...hall(capacity, more) });
  const slotsOn = async (offer: string, on = tuesday) => (await as(null).slots({ offer, day: on })).slots;
  const slotOf = async (offer: string, at = 0, on = tuesday) => (await slotsOn(offer, on))[at]?.id ?? "";
  /** What a slot counts as taken, and how many appointments hold a place in it. */
  const rowOf = async (slot: string) => {
    const [rows] = await room.db.pool.query(
      `SELECT s.capacity, s.taken, (SELECT COUNT(*) FROM appointment a WHERE a.slot = s.id
         AND a.state IN ('asked','unknown','booked','cancelling','arrived','done','missed','excused')) AS held
       FROM appointment_slot s WHERE s.id = ?`,
      [slot],
    );
    return (rows as { capacity: number; taken: number; held: number }[])[0];
  };
  return {
    ...room,
    deps,
    log: pino({ level: "silent" }),
    patients,
    principals,
    as,
    secretary,
    clerk,
    villager,
    offerOf,
    slotsOn,
    slotOf,
    rowOf,
  };
}

/** Half hours from 8:30 to 11:30 on working days, with so many places. */
export const hall = (capacity = 2, more: object = {}) => ({
  ...visit,
  sort: "hall" as const,
  name: "医保窗口",
  house: "县政务服务中心 2 楼 5 号",
  address: "示例县清溪大道 1 号",
  week: [{ days: ["1", "2", "3", "4", "5"], from: 510, to: 690, minutes: 30, capacity, onSite: 0 }],
  ...more,
});
