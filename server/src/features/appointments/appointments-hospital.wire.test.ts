import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { county, hall, key, monday, wordOf } from "../../../test/appointments-kit.ts";
import { hospitalKit, minute, tomorrow } from "../../../test/hospital-kit.ts";
import { readPlaces } from "./index.ts";
import { reconcile } from "./service.news.ts";

/** A doctor's place is the hospital's: asked for, confirmed, lost and found again, over the wire. */
vi.setConfig({ testTimeout: 120_000 });
const house = await hospitalKit();
const { kit, vendor, log, db, hospital, worker, as, slots, tick, eyes, book, stateOf, kept, openOf, told } = house;
const create = "POST /fhir/Appointment";
beforeEach(house.begin);
afterEach(() => {
  vendor.control.clearFaults();
  vendor.control.refuse("", 0);
});
afterAll(house.close);

describe("what a hospital has", () => {
  test("departments are there for who asks for them, with their doctors, and what each half-day has left", async () => {
    expect((await as(null).offers({})).items.filter(({ sort }) => sort === "hospital")).toEqual([]);
    const { items } = await as(null).offers({ sort: "hospital" });
    expect(items.find(({ id }) => id === eyes())).toMatchObject({ sort: "hospital", region: county, name: "眼科" });
    const [first] = await slots();
    expect(first?.doctor?.name).not.toBe("");
    expect(first?.free).toBeGreaterThan(1);
    expect((await as(null).slots({ offer: eyes() })).days).toHaveLength(9);
  });

  test("it is the hospital's: no office here reads who goes there, or changes what it offers", async () => {
    const who = await kit.villager();
    const { id } = await book(who);
    await worker.settle();
    const clerk = as(kit.clerk);
    expect(await wordOf(clerk.day({ offer: eyes(), day: tomorrow }))).toBe("NOT_FOUND");
    expect(await wordOf(clerk.checkIn({ code: id }))).toBe("NOT_FOUND");
    expect(await wordOf(clerk.saveOffer({ key: key(), id: eyes(), version: 1, region: county, ...hall() }))).toBe(
      "NOT_FOUND",
    );
    expect((await clerk.desk({})).items.filter(({ id: one }) => one === eyes())).toEqual([]);
    expect(await wordOf(as(await kit.villager()).get({ id }))).toBe("NOT_FOUND");
    expect(await wordOf(as(who).wait({ key: key(), offer: eyes(), day: tomorrow }))).toBe("NOT_ALLOWED");
  });
});

describe("a place at the hospital", () => {
  test("is asked for, and booked once the hospital has said so; the same key again is the same ticket", async () => {
    const who = await kit.villager();
    expect(await wordOf(as(who).book({ key: key(), slot: (await slots())[0]?.id ?? "" }))).toBe("HAND_OVER_FIRST");
    const mine = key();
    const free = (await slots())[0]?.free ?? 0;
    const asked = await book(who, { key: mine });
    expect([asked.state, asked.code, asked.number]).toEqual(["asked", null, 0]);
    await worker.settle();
    const ticket = await as(who).get({ id: asked.id });
    expect([ticket.state, ticket.number > 0, ticket.code]).toEqual(["booked", true, null]);
    expect(ticket.doctor?.name).toBeTruthy();
    expect(kept(asked.id).map(({ status }) => status)).toEqual(["booked"]);
    expect((await book(who, { key: mine })).id).toBe(asked.id);
    expect((await slots())[0]?.free).toBe(free - 1);
    expect(await wordOf(book(who))).toBe("SAME_DAY");
    expect(await told(who)).toEqual([]);
  });

  test("whose answer was lost is found under its key, never asked for twice; whoever waited is told", async () => {
    const who = await kit.villager();
    vendor.control.fault({ kind: "lost", on: create });
    const { id } = await book(who);
    await worker.settle();
    expect([await stateOf(who, id), kept(id).map(({ status }) => status)]).toEqual(["unknown", ["pending"]]);
    kit.clock.advance(minute);
    await worker.settle();
    expect([await stateOf(who, id), kept(id).map(({ status }) => status)]).toEqual(["booked", ["booked"]]);
    expect(await told(who)).toEqual(["hospitalSaid"]);
  });

  test("that it refuses is told with its reason, counts nowhere, and another can be had", async () => {
    const who = await kit.villager();
    vendor.control.refuse("slot-taken", 0);
    const { id } = await book(who);
    await worker.settle();
    expect(await as(who).get({ id })).toMatchObject({ state: "refused", why: "taken" });
    expect([kept(id), await openOf(who)]).toEqual([[], 0]);
    vendor.control.refuse("", 0);
    await readPlaces(hospital, db);
    const { id: other } = await book(who);
    await worker.settle();
    expect(await stateOf(who, other)).toBe("booked");
  });

  test("is asked for again and again for half an hour where it surely was not taken, and then nobody waits for it any more", async () => {
    const who = await kit.villager();
    vendor.control.fault({ kind: "rate-limit", on: create, times: 0 });
    const { id } = await book(who);
    for (let n = 0; n < 12; n++) {
      await worker.settle();
      expect(await stateOf(who, id)).toBe(kit.clock.now() - monday < 30 * minute ? "asked" : "refused");
      kit.clock.advance(5 * minute);
    }
    expect((await as(who).get({ id })).why).toBe("no-answer");
    expect(await openOf(who)).toBe(0);
    expect(await told(who)).toEqual(["hospitalSaid"]);
  });

  test("is given up once the hospital has taken it back, also where nobody knows yet whether it was had", async () => {
    const who = await kit.villager();
    const { id } = await book(who);
    await worker.settle();
    expect((await as(who).cancel({ id })).state).toBe("cancelling");
    expect((await as(who).cancel({ id })).state).toBe("cancelling");
    await worker.settle();
    expect([await stateOf(who, id), kept(id), await openOf(who)]).toEqual(["cancelled", [], 0]);
    vendor.control.fault({ kind: "lost", on: create });
    const { id: second } = await book(who);
    await worker.settle();
    await as(who).cancel({ id: second });
    kit.clock.advance(minute);
    await worker.settle();
    expect([await stateOf(who, second), kept(second), await openOf(who)]).toEqual(["cancelled", [], 0]);
  });

  test("is had in the name of the principal whom somebody books for, whose phone learns of it without the department", async () => {
    const [child, parent] = [await kit.villager(), await kit.villager()];
    const mandate = "M".padEnd(26, "0");
    const named = kit.patients.get(parent.personId);
    if (!named) throw new Error("the parent is nobody's patient");
    kit.patients.set(mandate, named);
    kit.principals.set(mandate, { index: "e".repeat(64), villages: [], person: null });
    const { id } = await as(child).book({ key: key(), slot: (await slots())[0]?.id ?? "", handOver: true, mandate });
    await worker.settle();
    expect(await stateOf(child, id)).toBe("booked");
    expect(kept(id)).toHaveLength(1);
    expect(house.texts.map(({ phone, state }) => [phone, state])).toEqual([["19900007777", "已约好"]]);
    expect(JSON.stringify(house.texts)).not.toContain("眼科");
    await as(child).cancel({ id });
    await worker.settle();
    // Known to the hospital by another name: it is the principal whom it looked for.
    kit.patients.set(mandate, { ...named, name: "别的名字" });
    const { id: other } = await as(child).book({
      key: key(),
      slot: (await slots())[0]?.id ?? "",
      handOver: true,
      mandate,
    });
    await worker.settle();
    expect(await as(child).get({ id: other })).toMatchObject({ state: "refused", why: "name" });
  });

  test("is asked after each hour where its job was lost", async () => {
    const who = await kit.villager();
    const { id } = await book(who);
    await kit.db.pool.query("DELETE FROM outbox WHERE kind = 'hospital.book'");
    kit.clock.advance(2 * 60 * minute);
    await tick("hospital.waiting");
    await worker.settle();
    expect(await stateOf(who, id)).toBe("booked");
  });
});

describe("what the hospital changes", () => {
  const booked = async (day = tomorrow) => {
    const who = await kit.villager();
    const { id } = await book(who, { slot: (await slots(day))[0]?.id ?? "" });
    await worker.settle();
    return { who, id };
  };
  /** Of all doctors for the eyes: what is first on that day belongs to one of them. */
  const ofEyes = () => vendor.control.schedules().filter((one) => one.startsWith("county-10-"));

  test("a stopped clinic is told at once, counts as nobody's absence, and leaves room for another", async () => {
    const { who, id } = await booked("2026-11-19");
    for (const one of ofEyes()) vendor.control.stop(one, "2026-11-19", "am", "医生外出学习");
    await tick("hospital.changes");
    expect(await as(who).get({ id })).toMatchObject({ state: "stopped", why: "医生外出学习" });
    expect([await told(who), await openOf(who)]).toEqual([["hospitalSaid"], 0]);
    await tick("hospital.changes");
    expect(await told(who)).toHaveLength(1);
    await readPlaces(hospital, db);
    const other = await book(who, { slot: (await slots("2026-11-19"))[0]?.id ?? "" });
    await worker.settle();
    expect(await stateOf(who, other.id)).toBe("booked");
  });

  test("another time stands on the ticket, and is told once", async () => {
    const { who, id } = await booked("2026-11-20");
    const { start } = await as(who).get({ id });
    for (const one of ofEyes()) vendor.control.move(one, "2026-11-20", "am", 60);
    for (const name of ["hospital.changes", "hospital.places", "hospital.changes"]) {
      await tick(name);
      expect(await as(who).get({ id })).toMatchObject({ state: "booked", start: start + 60 * minute });
    }
    expect(await told(who)).toEqual(["hospitalSaid"]);
  });

  test("who came and who did not is what its own desk says", async () => {
    const days = ["2026-11-17", "2026-11-18"];
    const people = [await kit.villager(), await kit.villager()];
    const ids: string[] = [];
    for (const [n, who] of people.entries())
      ids.push((await book(who, { slot: (await slots(days[n]))[0]?.id ?? "" })).id);
    await worker.settle();
    kit.clock.advance(4 * 24 * 60 * minute);
    vendor.control.touch(kept(ids[0] ?? "")[0]?.id ?? "", "fulfilled");
    vendor.control.touch(kept(ids[1] ?? "")[0]?.id ?? "", "noshow");
    await tick("appointments.missed");
    await tick("hospital.changes");
    expect(await Promise.all(people.map((who, n) => stateOf(who, ids[n] ?? "")))).toEqual(["done", "missed"]);
    expect(await Promise.all(people.map(openOf))).toEqual([0, 0]);
  });

  test("each night both lists are compared: what one side alone has is mended, and a second run finds nothing", async () => {
    const [{ who, id }, theirs] = [await booked(), await booked()];
    await kit.db.pool.query("UPDATE appointment SET state = 'cancelled', day_key = NULL WHERE id = ?", [theirs.id]);
    const other = `X${id.slice(1)}`;
    await kit.db.pool.query("UPDATE appointment SET id = ? WHERE id = ?", [other, id]);
    const found = await reconcile({ desk: hospital, db }, log);
    expect(new Map(found.map((one) => [one.key, one.kind]))).toEqual(
      new Map([
        [id, "unknown-here"],
        [theirs.id, "theirs-alone"],
        [other, "ours-alone"],
      ]),
    );
    expect(kept(theirs.id)).toEqual([]);
    // Of what is not known here nobody can say whose it is.
    expect(kept(id)).toHaveLength(1);
    expect(await stateOf(who, other)).toBe("stopped");
    expect((await reconcile({ desk: hospital, db }, log)).map(({ kind }) => kind)).toEqual(["unknown-here"]);
  });

  test("a hospital that names nothing at all is not believed, and one that never says who came keeps nobody from booking", async () => {
    const { who, id } = await booked();
    const silent = { ...hospital, daily: async () => [], find: async () => [] };
    const errors: unknown[] = [];
    const quiet = { warn: () => undefined, error: (line: unknown) => void errors.push(line) };
    await reconcile({ desk: silent, db }, quiet);
    expect([await stateOf(who, id), errors.length > 0]).toEqual(["booked", true]);
    kit.clock.advance(6 * 24 * 60 * minute);
    await tick("hospital.past");
    expect([await stateOf(who, id), await openOf(who)]).toEqual(["past", 0]);
    vendor.control.touch(kept(id)[0]?.id ?? "", "noshow");
    await tick("hospital.changes");
    vendor.control.touch(kept(id)[0]?.id ?? "", "fulfilled");
    await tick("hospital.changes");
    expect([await stateOf(who, id), await openOf(who)]).toEqual(["done", 0]);
  });

  test("who was refused once to give it up may ask again; without a hospital nothing can be booked or given up", async () => {
    const { who, id } = await booked("2026-11-21");
    vendor.control.refuse("too-late", 1);
    await as(who).cancel({ id });
    await worker.settle();
    expect(await stateOf(who, id)).toBe("booked");
    kit.clock.advance(1);
    await as(who).cancel({ id });
    await worker.settle();
    expect([await stateOf(who, id), kept(id)]).toEqual(["cancelled", []]);
    const [free] = await slots("2026-11-18");
    kit.deps.joined = false;
    expect(await wordOf(as(who).book({ key: key(), slot: free?.id ?? "", handOver: true }))).toBe("HOSPITAL_AWAY");
    expect((await as(null).offers({ sort: "hospital" })).items).toEqual([]);
    expect(await wordOf(as(null).slots({ offer: eyes() }))).toBe("NOT_FOUND");
    kit.deps.joined = true;
  });
});
