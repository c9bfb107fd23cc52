import type { HospitalDesk } from "@weimenhu/connectors/ports";
import type { RegionCode } from "@weimenhu/domain/base/region";
import { dayMs, dayOf } from "@weimenhu/domain/base/workday";
import type { Db } from "../../kernel/db.ts";
import { bump, inTx } from "../../kernel/tx.ts";
import { offersScope, slotsScope } from "./deps.ts";
import * as hospital from "./store.hospital.ts";
import { putOffer } from "./store.plan.ts";
import * as store from "./store.ts";

/** So many days ahead one sees what the hospital has released. */
const aheadDays = 7;

/**
 * Each hour: departments and doctors as the hospital has them now. A department it names no more can be booked no more; where it
 * names none at all nothing changes, for that is a fault and no closed hospital.
 */
export async function readDepartments(desk: HospitalDesk, db: Db, home: RegionCode): Promise<void> {
  const named = await desk.departments();
  if (named.length === 0) return;
  const doctors = await Promise.all(named.map(({ ref }) => desk.doctors(ref)));
  const before = await store.offersById(
    db.read,
    named.map(({ ref }) => hospital.offerIdOf(ref)),
  );
  const all = await hospital.hospitalOffers(db.read);
  await inTx(db, async (tx) => {
    const now = db.clock.now();
    for (const [n, department] of named.entries()) {
      const row = hospital.rowOfDepartment(department, home, n, now);
      const old = before.find(({ id }) => id === row.id);
      await putOffer(tx, { ...row, createdAt: old?.createdAt ?? now });
      await hospital.putDoctors(tx, row.id, doctors[n] ?? []);
    }
    const kept = new Set(named.map(({ ref }) => ref));
    const gone = all.filter(({ source, state }) => state === "open" && source !== null && !kept.has(source));
    await hospital.endOffers(
      tx,
      gone.map(({ id }) => id),
    );
    await bump(tx, offersScope(home));
  });
}

/** Each minute: how many places each half-day has left. What is shown is as old as that; the hospital alone says yes or no. */
export async function readPlaces(desk: HospitalDesk, db: Db): Promise<void> {
  let fault: unknown = null;
  for (const { id, source, state } of await hospital.hospitalOffers(db.read)) {
    if (state !== "open" || source === null) continue;
    // One department that cannot be read does not keep the others from it.
    await readPlacesOf(desk, db, id, source).catch((err: unknown) => {
      fault = err;
    });
  }
  if (fault !== null) throw fault;
}

async function readPlacesOf(desk: HospitalDesk, db: Db, offer: string, department: string): Promise<void> {
  const now = db.clock.now();
  const [from, to] = [dayOf(now), dayOf(now + aheadDays * dayMs)];
  const periods = await desk.periods({ department, from, to });
  const rows = await store.slotsBetween(db.read, offer, from, to);
  const rowOf = (doctor: string, start: number) => rows.find((row) => row.doctor === doctor && row.startAt === start);
  const news = periods.filter((period) => {
    const row = rowOf(period.doctor, period.start);
    return row === undefined || !hospital.sameSlot(row, period);
  });
  const told = new Set(periods.map(({ doctor, start }) => `${doctor} ${start}`));
  const gone = rows.filter((row) => row.closed === 0 && !told.has(`${row.doctor} ${row.startAt}`));
  if (news.length === 0 && gone.length === 0) return;
  await inTx(db, async (tx) => {
    for (const period of news) await hospital.putPeriod(tx, offer, period, now);
    await hospital.closeSlots(
      tx,
      gone.map(({ id }) => id),
    );
    await bump(tx, slotsScope(offer));
  });
}
