import { afterAll, beforeAll, expect, test } from "vitest";
import type { Started } from "../serve.ts";
import { type HospitalControl, startHospital } from "./index.ts";

/** What the desk insists on, asked in raw HTTP: an adapter that leaves it out must not get by here either. */
let hospital: Started<HospitalControl>;
let headers: Record<string, string>;
const sunday = Date.parse("2026-11-22T20:00:00+08:00");
beforeAll(async () => {
  hospital = await startHospital({ token: "right" });
  hospital.control.setClock(sunday);
  headers = { authorization: "Bearer right", "content-type": "application/fhir+json" };
});
afterAll(() => hospital.close());

type Body = { status?: string; total?: number; issue?: { code: string; details: { coding: { code: string }[] } }[] };
async function call(method: string, path: string, body?: object, more: Record<string, string> = {}) {
  const said = await fetch(`${hospital.url}/fhir/${path}`, {
    method,
    headers: { ...headers, ...more },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const json = (await said.json()) as Body;
  return { http: said.status, word: json.issue?.[0]?.details.coding[0]?.code, etag: said.headers.get("etag"), json };
}
const slot = (n: number) => `county-10-s1-20261123-am-0${n}`;
const appointment = (key: string, n: number) => ({
  resourceType: "Appointment",
  status: "pending",
  identifier: [{ system: "urn:weimenhu:appointment", value: key }],
  slot: [{ reference: `Slot/${slot(n)}` }],
  participant: [{ actor: { reference: "Patient/p-1" }, status: "accepted" }],
});

test("without the token nobody reads or writes anything", async () => {
  for (const authorization of ["", "Bearer wrong"])
    for (const [method, path, body] of [
      ["GET", "Slot"],
      ["GET", "Patient/p-1"],
      ["POST", "Appointment", {}],
    ] as const)
      expect((await call(method, path, body, { authorization })).http).toBe(401);
});

test("only FHIR's own content type is taken", async () => {
  expect((await call("POST", "Appointment", {}, { "content-type": "application/json" })).http).toBe(415);
});

test("a search by what it does not know is refused, not answered as if it had not been asked", async () => {
  expect((await call("GET", "Slot?colour=blue")).http).toBe(400);
  expect((await call("GET", "Slot?start=gesoon")).http).toBe(400);
  expect((await call("GET", "Patient?name=x")).http).toBe(400);
});

test("an update names the version that it changes, and a place goes free, held, booked, free", async () => {
  hospital.control.enrol("11010519491231002X", "王谷雨");
  const state = () => hospital.control.slots("county-10-s1", "2026-11-23").find(({ id }) => id === slot(1))?.status;
  expect(state()).toBe("free");
  const made = await call("POST", "Appointment", appointment("raw-1", 1), {
    "if-none-exist": "identifier=urn:weimenhu:appointment|raw-1",
  });
  expect([made.http, made.etag, state()]).toEqual([201, 'W/"1"', "busy-tentative"]);
  const again = await call("POST", "Appointment", appointment("raw-1", 2), {
    "if-none-exist": "identifier=urn:weimenhu:appointment|raw-1",
  });
  expect([again.http, again.json]).toEqual([200, made.json]);
  const booked = { ...made.json, status: "booked" };
  expect((await call("PUT", "Appointment/a-1", booked)).http).toBe(428);
  expect((await call("PUT", "Appointment/a-1", booked, { "if-match": 'W/"0"' })).http).toBe(412);
  const done = await call("PUT", "Appointment/a-1", booked, { "if-match": 'W/"1"' });
  expect([done.http, done.etag, state()]).toEqual([200, 'W/"2"', "busy"]);
  const ended = { ...done.json, status: "cancelled" };
  expect((await call("PUT", "Appointment/a-1", ended, { "if-match": 'W/"2"' })).http).toBe(200);
  expect(state()).toBe("free");
});

test("a place that is held, and a second one in the department on that day, are two different refusals", async () => {
  expect((await call("POST", "Appointment", appointment("raw-2", 2))).http).toBe(201);
  expect(await call("POST", "Appointment", appointment("raw-3", 2))).toMatchObject({ http: 409, word: "slot-taken" });
  expect(await call("POST", "Appointment", appointment("raw-3", 3))).toMatchObject({ http: 409, word: "same-day" });
});
