import { type HospitalControl, type Started, startHospital } from "@weimenhu/sandbox";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { makeDial } from "../../../../server/src/kernel/dial.ts";
import type { HoldQuestion, HospitalDesk } from "../ports.ts";
import { env, faultOf } from "../wire-help.ts";
import { fhirHospital, type HospitalSettings } from "./fhir.ts";
import { ask, doctor, heldBy, hour, monday, schedule, settingsOf, somebody, stubborn, sunday } from "./wire-help.ts";

const deskOf = (hospital: { env: Record<string, string> }, more: Partial<HospitalSettings> = {}) =>
  fhirHospital({ dial: makeDial(stubborn), ...settingsOf(hospital), ...more });
let vendor: Started<HospitalControl>;
let desk: HospitalDesk;
beforeEach(async () => {
  vendor = await startHospital();
  vendor.control.setClock(sunday);
  desk = deskOf(vendor);
});
afterEach(() => vendor.close());

const held = (question?: HoldQuestion) => heldBy(desk, question);
const kept = (key: string) =>
  vendor.control.appointments().filter(({ identifier }) => identifier.some(({ value }) => value === key));
/** The doctor's half-day that begins then. */
const counts = async (start = monday) =>
  (await desk.periods({ doctor, from: "2026-11-23", to: "2026-11-23" })).find((one) => one.start === start);

describe("what there is", () => {
  test("departments of both houses have a name, a code, a house and a floor", async () => {
    const all = await desk.departments();
    expect(all).toHaveLength(13);
    expect(all).toContainEqual({
      ref: "county-10",
      name: "眼科",
      code: "10",
      house: "示例县人民医院",
      address: "示例县城关镇健康路 1 号",
      where: "门诊楼四楼东",
    });
    expect(all.filter(({ house }) => house === "清溪镇卫生院").map(({ name }) => name)).toEqual([
      "全科医疗科",
      "中医科",
    ]);
  });

  test("the doctors of a department have name, title and what they are good at; an unknown department has none", async () => {
    const all = await desk.doctors("county-10");
    expect(all.length).toBeGreaterThan(1);
    expect(all[0]).toEqual({
      ref: doctor,
      department: "county-10",
      name: expect.stringMatching(/^\p{Script=Han}{3}$/u),
      title: "副主任医师",
      goodAt: "白内障、近视",
    });
    expect(await desk.doctors("nobody")).toEqual([]);
    expect(await desk.doctors("../Patient")).toEqual([]);
  });

  test("periods of a doctor count places and name nobody; those of a department are its doctors' together", async () => {
    await held();
    const mine = await desk.periods({ doctor, from: "2026-11-23", to: "2026-11-24" });
    expect(mine).toHaveLength(4);
    expect(mine[0]).toEqual({ doctor, start: monday, end: monday + 4 * hour, free: 7, total: 8, stopped: false });
    const all = await desk.periods({ department: "county-10", from: "2026-11-23", to: "2026-11-24" });
    expect(all).toEqual(expect.arrayContaining(mine));
    expect(new Set(all.map((one) => one.doctor)).size).toBe((await desk.doctors("county-10")).length);
  });

  test("fourteen days are open, and not one more", async () => {
    const days = await desk.periods({ doctor, from: "2026-11-22", to: "2026-12-31" });
    expect(days.at(-1)?.start).toBe(Date.parse("2026-12-05T14:00:00+08:00"));
    expect(await desk.hold(ask({ start: Date.parse("2026-12-07T08:00:00+08:00") }))).toEqual({ no: "not-open" });
  });

  test("thirty pages and more are read to their end", async () => {
    const small = await startHospital({ now: () => sunday, pageSize: 5 });
    const [few, whole] = await Promise.all(
      [small, vendor].map((one) => deskOf(one).periods({ doctor, from: "2026-11-22", to: "2026-12-05" })),
    );
    expect(small.control.requests().filter((line) => line.startsWith("GET /fhir/Slot")).length).toBeGreaterThan(30);
    expect(few).toEqual(whole);
    await small.close();
  });

  test("health asks for the version and the token, and says what is wrong without telling the token", async () => {
    expect(await desk.check()).toEqual({ ok: true });
    expect(await deskOf(vendor, { token: "S3CRET" }).check()).toEqual({
      ok: false,
      why: "hospital: config (status 401)",
    });
  });
});

describe("a place", () => {
  test("is held for ten minutes, then booked, and each step asked again gives the same", async () => {
    const question = ask();
    const one = await held(question);
    expect(one).toMatchObject({
      key: question.key,
      state: "held",
      doctor,
      department: "county-10",
      start: monday,
      number: 1,
    });
    expect(one.until).toBe(sunday + 10 * 60_000);
    expect(await desk.hold(question)).toEqual({ held: one, extra: [] });
    const done = await desk.confirm({ ref: one.ref, start: monday });
    expect(done).toMatchObject({ booked: { ref: one.ref, state: "booked", number: 1 } });
    expect(await desk.confirm({ ref: one.ref, start: monday })).toEqual(done);
    expect(await desk.hold(question)).toMatchObject({ held: { ref: one.ref, state: "booked" } });
    expect(await counts()).toMatchObject({ free: 7, total: 8 });
    expect(kept(question.key)).toHaveLength(1);
  });

  test("is free again once it is given back; its key is spent, and giving it back again is no mistake", async () => {
    const question = ask();
    const { ref } = await held(question);
    await desk.confirm({ ref, start: monday });
    const done = await desk.cancel(ref);
    expect(done).toMatchObject({ cancelled: { ref, state: "ended", why: "asked" } });
    expect(await desk.cancel(ref)).toEqual(done);
    expect(await counts()).toMatchObject({ free: 8, total: 8 });
    expect(await desk.hold(question)).toEqual({ no: "ended" });
    expect(await desk.confirm({ ref, start: monday })).toEqual({ no: "ended" });
  });

  test("is sold once: twenty at one time for eight places, and the other twelve hear that they are taken", async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => desk.hold(ask())));
    const got = answers.flatMap((one) => ("held" in one ? [one.held.number] : []));
    expect(got.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(answers.flatMap((one) => ("no" in one ? [one.no] : []))).toEqual(Array.from({ length: 12 }, () => "taken"));
    expect(await counts()).toMatchObject({ free: 0, total: 8 });
  });

  test("that goes to somebody else in that moment is replaced by another one of the period; in the end it is taken", async () => {
    vendor.control.refuse("slot-taken");
    expect(await desk.hold(ask())).toHaveProperty("held");
    vendor.control.refuse("slot-taken", 6);
    expect(await desk.hold(ask())).toEqual({ no: "taken" });
  });

  test("lapses when nobody confirms it in time, and may be sold again", async () => {
    const { ref } = await held();
    vendor.control.setClock(sunday + 11 * 60_000);
    expect(await desk.confirm({ ref, start: monday })).toEqual({ no: "lapsed" });
    expect(await counts()).toMatchObject({ free: 8 });
    expect((await held()).number).toBe(1);
  });

  test("in a period that has begun is neither sold nor given back", async () => {
    const question = ask();
    const { ref } = await held(question);
    await desk.confirm({ ref, start: monday });
    vendor.control.setClock(monday + hour);
    expect(await desk.hold(ask())).toEqual({ no: "past" });
    expect(await desk.cancel(ref)).toEqual({ no: "too-late" });
    vendor.control.touch(ref, "fulfilled");
    expect(await desk.cancel(ref)).toEqual({ no: "attended" });
    expect((await desk.find(question.key))[0]).toMatchObject({ ref, state: "attended" });
  });

  test("of a ref that the hospital does not know is gone", async () => {
    for (const ref of ["a-999", "../Patient/p-1", ""]) {
      expect(await desk.confirm({ ref, start: monday })).toEqual({ no: "gone" });
      expect(await desk.cancel(ref)).toEqual({ no: "gone" });
    }
  });
});

describe("a person", () => {
  test("whose name is not the one in the register gets nothing", async () => {
    const patient = somebody();
    await held(ask({ patient }));
    expect(await desk.hold(ask({ patient: { ...patient, name: "李白露" }, doctor: "county-07-r1" }))).toEqual({
      no: "name",
    });
    expect(vendor.control.appointments()).toHaveLength(1);
  });

  test("with an ID number that cannot be is refused", async () => {
    const patient = { ...somebody(), idNumber: "990101195001011234" };
    expect(await desk.hold(ask({ patient }))).toEqual({ no: "name" });
  });

  test("who stands in the register twice is sent to the hospital, and nobody guesses which one it is", async () => {
    const patient = somebody();
    for (let n = 0; n < 2; n++) vendor.control.enrol(patient.idNumber, patient.name);
    expect(await desk.hold(ask({ patient }))).toEqual({ no: "register" });
  });

  test("has one place in a department on a day, and may have others elsewhere and on other days", async () => {
    const patient = somebody();
    const first = await held(ask({ patient }));
    expect(await desk.hold(ask({ patient, start: monday + 6 * hour }))).toEqual({ no: "same-day" });
    expect(await desk.hold(ask({ patient, doctor: "county-07-r1" }))).toHaveProperty("held");
    expect(await desk.hold(ask({ patient, start: monday + 24 * hour }))).toHaveProperty("held");
    await desk.cancel(first.ref);
    expect(await desk.hold(ask({ patient, start: monday + 6 * hour }))).toHaveProperty("held");
    expect(vendor.control.patients()).toHaveLength(1);
  });
});

describe("the hospital's own doing", () => {
  test("a stopped clinic sells nothing, and says so to everybody who had a place in it", async () => {
    const [waiting, sure] = [ask(), ask()];
    await held(waiting);
    const { ref } = await held(sure);
    await desk.confirm({ ref, start: monday });
    expect(vendor.control.stop(schedule, "2026-11-23", "am", "医生外出会诊")).toBe(2);
    expect(await counts()).toMatchObject({ free: 0, total: 0, stopped: true });
    expect(await desk.hold(ask())).toEqual({ no: "stopped" });
    const { changes } = await desk.changesSince(String(sunday));
    expect(changes.map(({ key, state, why, words }) => [key, state, why, words])).toEqual(
      [waiting, sure].map(({ key }) => [key, "ended", "stopped", "医生外出会诊"]),
    );
    expect(await desk.confirm({ ref, start: monday })).toEqual({ no: "stopped" });
    expect(await desk.hold(waiting)).toEqual({ no: "ended" });
  });

  test("a changed time is told, and nobody is booked for a time that he did not choose", async () => {
    const one = await held();
    expect(vendor.control.move(schedule, "2026-11-23", "am", 60)).toBe(1);
    const answer = await desk.confirm({ ref: one.ref, start: monday });
    expect(answer).toMatchObject({ no: "moved", entry: { ref: one.ref, state: "held", start: monday + hour } });
    expect(await counts()).toBeUndefined();
    expect(await counts(monday + hour)).toMatchObject({ free: 7, total: 8 });
    const { changes } = await desk.changesSince(String(sunday));
    expect(changes[0]?.version).not.toBe(one.version);
    expect(await desk.confirm({ ref: one.ref, start: monday + hour })).toMatchObject({
      booked: { start: monday + hour },
    });
  });

  test("changes are told once the mark has moved on, and only those of our keys", async () => {
    const first = await held();
    const all = await desk.changesSince("");
    expect(all).toMatchObject({ changes: [first], more: false, mark: String(sunday) });
    vendor.control.setClock(sunday + 5 * 60_000);
    const second = await held();
    const next = await desk.changesSince(all.mark);
    expect(next.changes.at(-1)).toEqual(second);
    expect((await desk.changesSince(next.mark)).changes).toEqual([second]);
    vendor.control.setClock(sunday + 6 * 60_000);
    await desk.confirm({ ref: first.ref, start: monday });
    expect((await desk.changesSince(next.mark)).changes.at(-1)).toMatchObject({ ref: first.ref, state: "booked" });
    expect(await deskOf(vendor, { system: "urn:another" }).changesSince("")).toEqual({
      changes: [],
      mark: "",
      more: false,
    });
  });

  test("a day's list holds what stands and what has ended, under its key, and nothing of other days", async () => {
    const [one, other] = [ask(), ask({ start: monday + 24 * hour })];
    const { ref } = await held(one);
    await held(other);
    await desk.cancel(ref);
    const list = (await desk.daily("2026-11-23")).map(({ key, state }) => [key, state]);
    expect(list).toEqual([[one.key, "ended"]]);
    expect((await desk.daily("2026-11-24")).map(({ key }) => key)).toEqual([other.key]);
  });

  test("what the person has done at the window is seen", async () => {
    const question = ask();
    const { ref } = await held(question);
    await desk.confirm({ ref, start: monday });
    vendor.control.touch(ref, "noshow");
    expect((await desk.find(question.key)).map(({ state }) => state)).toEqual(["missed"]);
  });
});

test("a fault that is told keeps names, numbers and the token to itself", async () => {
  const question = ask();
  const all = [];
  for (const on of ["GET /fhir/Appointment", "POST /fhir/Patient", "POST /fhir/Appointment"]) {
    vendor.control.clearFaults();
    vendor.control.fault({ kind: "malformed", on });
    all.push(await faultOf(desk.hold(question)));
  }
  const said = all.map((fault) => JSON.stringify(fault) + fault.stack).join();
  expect(said).not.toContain(question.patient.idNumber);
  expect(said).not.toContain(question.patient.name);
  expect(said).not.toContain(env(vendor, "HOSPITAL_TOKEN"));
  expect(vendor.control.requests().join()).not.toContain(question.patient.idNumber);
});
