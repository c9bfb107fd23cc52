import { fhirHospital } from "@weimenhu/connectors/adapters";
import type { Caller } from "@weimenhu/domain/permissions";
import { startHospital } from "@weimenhu/sandbox";
import { appointmentJobs, appointmentTicks, readDepartments, readPlaces } from "../src/features/appointments/index.ts";
import { makeDial } from "../src/kernel/dial.ts";
import { outboxWorker } from "../src/kernel/outbox-worker.ts";
import { appointmentsKit, county, key, monday } from "./appointments-kit.ts";

export const minute = 60_000;
export const tomorrow = "2026-11-17";

/** A county that has joined a hospital: both live at the same time, which stands until it is told to go on. */
export async function hospitalKit() {
  const kit = await appointmentsKit();
  const vendor = await startHospital({ now: kit.clock.now });
  const { log } = kit;
  const db = { ...kit.db, clock: kit.clock };
  const hospital = fhirHospital({
    dial: makeDial({
      ...{ system: "hospital", insideTx: () => false, sleep: async () => undefined, timeoutMs: 10_000 },
      breaker: { failures: 1_000, halfOpenAfterMs: 1 },
    }),
    base: vendor.env["HOSPITAL_BASE"] ?? "",
    token: vendor.env["HOSPITAL_TOKEN"] ?? "",
    system: vendor.env["HOSPITAL_SYSTEM"] ?? "",
    idSystem: vendor.env["HOSPITAL_ID_SYSTEM"] ?? "",
  });
  const texts: { phone: string; state: string; time: string; place: string }[] = [];
  const handlers = appointmentJobs({
    ...{ db, hospital, patientOf: kit.deps.patientOf },
    text: async (phone, words) => {
      texts.push({ phone, ...words });
      return { sent: true };
    },
    principalPhone: async () => "19900007777",
  });
  const worker = outboxWorker({ db, log, handlers });
  const ticks = appointmentTicks({ ...kit.deps, hospital, log }, db);
  const as = (who: Caller | null) => kit.as(who, db);
  let eyes = "";
  const slots = async (day = tomorrow, offer = eyes) => (await as(null).slots({ offer, day })).slots;

  return {
    ...{ kit, texts, vendor, log, db, hospital, worker, as, slots },
    tick: async (name: string) => ticks[name]?.run(0),
    /** Every department: its offer here, and its name there. */
    async departments(): Promise<{ id: string; source: string }[]> {
      const [rows] = await kit.db.pool.query(
        "SELECT id, source FROM appointment_offer WHERE source IS NOT NULL ORDER BY id",
      );
      return rows as { id: string; source: string }[];
    },
    /** The id of the department of the eyes. */
    eyes: () => eyes,
    async begin(): Promise<void> {
      kit.clock.set(monday);
      vendor.control.clearFaults();
      vendor.control.refuse("", 0);
      await readDepartments(hospital, db, county);
      await readPlaces(hospital, db);
      eyes = (await as(null).offers({ sort: "hospital" })).items.find(({ name }) => name === "眼科")?.id ?? "";
    },
    async book(who: Caller, more: { slot?: string; key?: string } = {}) {
      return as(who).book({ key: key(), slot: (await slots())[0]?.id ?? "", handOver: true, ...more });
    },
    stateOf: async (who: Caller, id: string) => (await as(who).get({ id })).state,
    /** What the hospital keeps under this key, what has ended left out. */
    kept: (id: string) =>
      vendor.control
        .appointments()
        .filter(({ identifier }) => identifier.some(({ value }) => value === id))
        .filter(({ status }) => status !== "cancelled"),
    async openOf(who: Caller): Promise<number | undefined> {
      const [rows] = await kit.db.pool.query(
        "SELECT t.open FROM appointment_attendee t JOIN appointment a ON a.attendee = t.attendee WHERE a.holder = ? LIMIT 1",
        [who.personId],
      );
      return (rows as { open: number }[])[0]?.open;
    },
    async told(who: Caller): Promise<string[]> {
      const [rows] = await kit.db.pool.query("SELECT kind FROM message WHERE person = ?", [who.personId]);
      return (rows as { kind: string }[]).map(({ kind }) => kind);
    },
    async close(): Promise<void> {
      await worker.stop(0);
      await vendor.close();
      await kit.close();
    },
  };
}
