import { type HospitalControl, type Started, startHospital } from "@weimenhu/sandbox";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { makeDial } from "../../../../server/src/kernel/dial.ts";
import type { DialAnswer, HospitalDesk } from "../ports.ts";
import { faultOf } from "../wire-help.ts";
import { fhirHospital, type HospitalSettings } from "./fhir.ts";
import { ask, heldBy, hour, monday, settingsOf, stubborn, sunday } from "./wire-help.ts";

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
const sends = (line: string) => vendor.control.requests().filter((one) => one === line).length;
const create = "POST /fhir/Appointment";

describe("a hold whose answer does not come", () => {
  test("may have been done: it is not sent again by itself, is found under its key, and asked for again is the same place", async () => {
    vendor.control.fault({ kind: "lost", on: create });
    const question = ask();
    const fault = await faultOf(desk.hold(question));
    expect([fault.kind, fault.unknown]).toEqual(["down", true]);
    expect(sends(create)).toBe(1);
    const [there, ...more] = await desk.find(question.key);
    expect([there?.state, more]).toEqual(["held", []]);
    expect(await desk.hold(question)).toEqual({ held: there, extra: [] });
    expect(vendor.control.appointments()).toHaveLength(1);
  });

  test("in time may have been done: unknown, and found as soon as the hospital has got round to it", async () => {
    vendor.control.fault({ kind: "delay", ms: 900, on: create });
    const dial = makeDial(stubborn);
    const slow = deskOf(vendor, {
      dial: (request) => dial(request.url.endsWith("/Appointment") ? { ...request, timeoutMs: 300 } : request),
    });
    const question = ask();
    const fault = await faultOf(slow.hold(question));
    expect([fault.kind, fault.unknown]).toEqual(["timeout", true]);
    await expect.poll(async () => (await desk.find(question.key)).map(({ state }) => state)).toEqual(["held"]);
  });

  test("because it was cut before anything was done leaves nothing, and the next attempt gets the place", async () => {
    vendor.control.fault({ kind: "drop", on: create });
    const question = ask();
    expect((await faultOf(desk.hold(question))).unknown).toBe(true);
    expect(await desk.find(question.key)).toEqual([]);
    expect(await heldBy(desk, question)).toMatchObject({ number: 1 });
  });

  test.each([
    ["5xx", "down", true],
    ["malformed", "bad-answer", true],
    ["wrong-type", "bad-answer", true],
    ["rate-limit", "busy", false],
  ] as const)("%s at the last step: a fault of kind %s, unknown %s", async (kind, expected, unknown) => {
    vendor.control.fault({ kind, on: create });
    const fault = await faultOf(desk.hold(ask()));
    expect([fault.kind, fault.unknown]).toEqual([expected, unknown]);
  });

  test.each(["GET /fhir/Appointment", "GET /fhir/Schedule", "GET /fhir/Slot", "POST /fhir/Patient"])(
    "at %s, before a place is asked for, surely took none",
    async (on) => {
      vendor.control.fault({ kind: "drop", on, times: 3 });
      const fault = await faultOf(desk.hold(ask()));
      expect([fault.kind, fault.unknown]).toEqual(["down", false]);
      expect(sends(create)).toBe(0);
    },
  );
});

describe("what has changed meanwhile", () => {
  test("is read anew: a stale version neither books twice nor overwrites, and is no fault", async () => {
    const { ref } = await heldBy(desk);
    vendor.control.fault({ kind: "stale", on: `PUT /fhir/Appointment/${ref}`, times: 2 });
    expect(await desk.confirm({ ref, start: monday })).toMatchObject({ booked: { ref } });
    expect(sends(`PUT /fhir/Appointment/${ref}`)).toBe(3);
  });

  test("without end is busy, and surely nothing was done", async () => {
    const { ref } = await heldBy(desk);
    vendor.control.fault({ kind: "stale", on: "PUT", times: 0 });
    const fault = await faultOf(desk.confirm({ ref, start: monday }));
    expect([fault.kind, fault.unknown]).toEqual(["busy", false]);
    expect(vendor.control.appointments()[0]?.status).toBe("pending");
  });

  test("by a confirmation whose answer was lost: again it is the same booking", async () => {
    const { ref, key } = await heldBy(desk);
    vendor.control.fault({ kind: "lost", on: "PUT" });
    expect((await faultOf(desk.confirm({ ref, start: monday }))).unknown).toBe(true);
    expect((await desk.find(key)).map(({ state }) => state)).toEqual(["booked"]);
    expect(await desk.confirm({ ref, start: monday })).toMatchObject({ booked: { ref, state: "booked" } });
  });

  test("by a cancelling whose answer was lost: the place is free, and again it is cancelled", async () => {
    const { ref } = await heldBy(desk);
    vendor.control.fault({ kind: "lost", on: "PUT" });
    expect((await faultOf(desk.cancel(ref))).unknown).toBe(true);
    expect(await desk.cancel(ref)).toMatchObject({ cancelled: { ref, why: "asked" } });
    expect(await heldBy(desk)).toMatchObject({ number: 1 });
  });

  test("a read that fails on the way to a confirmation has changed nothing", async () => {
    const { ref } = await heldBy(desk);
    vendor.control.fault({ kind: "drop", on: "GET", times: 3 });
    expect((await faultOf(desk.confirm({ ref, start: monday }))).unknown).toBe(false);
  });
});

describe("a hospital that does it twice", () => {
  test("is told of: both stand under the key, one is kept, the other can be given back", async () => {
    vendor.control.fault({ kind: "double", on: create });
    const question = ask();
    const first = await heldBy(desk, question);
    expect(await desk.find(question.key)).toHaveLength(2);
    expect((await desk.daily("2026-11-23")).map(({ key }) => key)).toEqual([question.key, question.key]);
    const again = await desk.hold(question);
    expect(again).toMatchObject({ held: { ref: first.ref }, extra: [{ state: "held", number: 2 }] });
    const [extra] = "extra" in again ? again.extra : [];
    await desk.cancel(extra?.ref ?? "");
    expect(await desk.hold(question)).toEqual({ held: first, extra: [] });
  });

  test("keeps the booked one before the held one, whichever came first", async () => {
    vendor.control.fault({ kind: "double", on: create });
    const question = ask();
    await heldBy(desk, question);
    const other = (await desk.find(question.key)).find(({ number }) => number === 2);
    await desk.confirm({ ref: other?.ref ?? "", start: monday });
    expect(await desk.hold(question)).toMatchObject({ held: { number: 2, state: "booked" }, extra: [{ number: 1 }] });
  });
});

test("the same key from two processes in one moment is one place", async () => {
  const question = ask();
  const answers = await Promise.all([desk, deskOf(vendor), deskOf(vendor)].map((one) => one.hold(question)));
  expect(new Set(answers.map((one) => ("held" in one ? one.held.ref : one.no))).size).toBe(1);
  expect(vendor.control.appointments()).toHaveLength(1);
});

test("nobody there at all is a fault that surely did nothing", async () => {
  await vendor.close();
  const fault = await faultOf(desk.hold(ask()));
  expect([fault.kind, fault.unknown]).toEqual(["down", false]);
});

describe("an answer that makes no sense ends in a fault, never in a wrong value", () => {
  const saying = (body: unknown, headers: Record<string, string> = {}) => {
    const answer: Omit<DialAnswer, "url"> = {
      status: 200,
      headers: { "content-type": "application/fhir+json", etag: 'W/"1"', ...headers },
      body: Buffer.from(JSON.stringify(body)),
    };
    const dial = async ({ url }: { url: string }) => ({ ...answer, url });
    return fhirHospital({ dial, base: "https://his.example/fhir", token: "t", system: "urn:s", idSystem: "urn:i" });
  };
  const bundle = (resource: object, link: object[] = []) => ({ resourceType: "Bundle", link, entry: [{ resource }] });
  const right = {
    resourceType: "Appointment",
    id: "a-1",
    meta: { versionId: "1", lastUpdated: "2026-11-22T12:00:00Z" },
    identifier: [{ system: "urn:s", value: "k-1" }],
    status: "booked",
    start: "2026-11-23T08:00:00+08:00",
    end: "2026-11-23T12:00:00+08:00",
  };

  test("the same in the right form is read, with what is left out left open", async () => {
    expect(await saying(bundle(right)).find("k-1")).toEqual([
      {
        ref: "a-1",
        key: "k-1",
        version: "1",
        state: "booked",
        doctor: "",
        department: "",
        start: monday,
        end: monday + 4 * hour,
        number: 0,
      },
    ]);
  });

  test.each([
    ["another resource", { resourceType: "Patient" }],
    ["a Bundle with a hole", { resourceType: "Bundle", entry: [null] }],
    ["entries that are no list", { resourceType: "Bundle", entry: "none" }],
    ["an unknown state", bundle({ ...right, status: "dreaming" })],
    ["a time without a zone", bundle({ ...right, start: "2026-11-23T08:00:00" })],
    ["a time that cannot be", bundle({ ...right, start: "2026-13-41T08:00:00Z" })],
    ["an id that is a path", bundle({ ...right, id: "../x" })],
    ["no version", bundle({ ...right, meta: {} })],
    ["no key of ours", bundle({ ...right, identifier: [] })],
  ])("%s", async (_what, body) => {
    expect((await faultOf(saying(body).find("k-1"))).kind).toBe("bad-answer");
  });

  test.each([
    ["at another host", "https://evil.example/fhir/Appointment", "a next page elsewhere"],
    ["at a host that begins like ours", "https://his.example.evil.example/fhir/x", "a next page elsewhere"],
    ["beside what was agreed on", "https://his.example/fhirx", "a next page elsewhere"],
    ["that was read already", "https://his.example/fhir/Appointment?page=2", "pages in a ring"],
  ])("a next page %s is not followed", async (_what, url, detail) => {
    const body = bundle(right, [{ relation: "next", url }]);
    expect((await faultOf(saying(body).find("k-1"))).detail).toBe(detail);
  });

  test("a resource without an ETag is not changed", async () => {
    const fault = await faultOf(saying(right, { etag: "" }).confirm({ ref: "a-1", start: monday }));
    expect(fault.detail).toBe("no etag");
  });

  test("an update that answers with another state than was asked for did not book", async () => {
    const still = { ...right, status: "pending" };
    expect((await faultOf(saying(still).confirm({ ref: "a-1", start: monday }))).detail).toBe("not booked after all");
  });
});

test("a long list of changes comes in parts that miss nothing", async () => {
  const small = await startHospital({ now: () => sunday, pageSize: 2 });
  const many = deskOf(small);
  const questions = Array.from({ length: 60 }, (_, n) =>
    ask({ doctor: `county-${["10", "07", "12", "13", "11", "05", "04", "04.03"][n % 8]}-r1` }),
  );
  let clock = sunday;
  const made: string[] = [];
  for (const question of questions) {
    small.control.setClock((clock += 1));
    const answer = await many.hold(question);
    if ("held" in answer) made.push(question.key);
  }
  expect(made.length).toBeGreaterThan(40);
  const seen: string[] = [];
  let mark = "";
  let parts = 0;
  for (let more = true; more; parts++) {
    const part = await many.changesSince(mark);
    seen.push(...part.changes.map(({ key }) => key));
    ({ mark, more } = part);
  }
  expect(parts).toBeGreaterThan(1);
  expect([...new Set(seen)]).toEqual(made);
  await small.close();
});
