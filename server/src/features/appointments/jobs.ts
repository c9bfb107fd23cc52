import type { HospitalDesk } from "@weimenhu/connectors/ports";
import type { Db } from "../../kernel/db.ts";
import type { Log } from "../../kernel/log.ts";
import type { Handler } from "../../kernel/outbox.ts";
import type { Tick } from "../../kernel/ticks.ts";
import type { AppointmentsDeps } from "./deps.ts";
import { type AskingDeps, bookAtHospital, bookJob, cancelAtHospital, cancelJob } from "./service.asking.ts";
import { behalfJob, type TextDeps, textPrincipal } from "./service.behalf.ts";
import { markMissed } from "./service.desk.ts";
import { readDepartments, readPlaces } from "./service.hospital.ts";
import { askAgain, passUnsaid, readChanges, reconcile } from "./service.news.ts";
import { fillAll } from "./service.plan.ts";
import { remind } from "./service.remind.ts";

/** `hospital`: none where the county has not joined one. */
type TickDeps = Pick<AppointmentsDeps, "calendar" | "home"> & { hospital: HospitalDesk | null; log: Log };

/** Each hour: the days that come into sight get their slots, and whoever did not come is marked. Whoever is to come is reminded. What a hospital has is read again and again. */
export function appointmentTicks({ calendar, home, hospital, log }: TickDeps, db: Db): Record<string, Tick> {
  const own: Record<string, Tick> = {
    "appointments.slots": { cron: "2 * * * *", run: () => fillAll({ calendar }, db, db.clock) },
    "appointments.missed": { cron: "12 * * * *", run: () => markMissed(db, db.clock) },
    "appointments.remind": { cron: "*/5 * * * *", run: () => remind(db) },
  };
  if (hospital === null) return own;
  const house = { desk: hospital, db };
  return {
    ...own,
    "hospital.departments": { cron: "32 * * * *", run: () => readDepartments(hospital, db, home) },
    "hospital.places": { cron: "* * * * *", run: () => readPlaces(hospital, db) },
    "hospital.changes": { cron: "* * * * *", run: () => readChanges(house) },
    "hospital.past": { cron: "22 * * * *", run: () => passUnsaid(db) },
    "hospital.waiting": { cron: "42 * * * *", run: () => askAgain(db) },
    // Again in the hours after: what could not be read then.
    "hospital.reconcile": { cron: "40 3-6 * * *", run: () => reconcile(house, log).then(() => undefined) },
  };
}

export const appointmentJobs = (
  deps: Omit<AskingDeps, "hospital"> & TextDeps & { hospital: HospitalDesk | null },
): Record<string, Handler> => {
  const { hospital } = deps;
  const own = { [behalfJob]: textPrincipal(deps) };
  if (hospital === null) return own;
  const asking = { ...deps, hospital };
  return { ...own, [bookJob]: bookAtHospital(asking), [cancelJob]: cancelAtHospital(asking) };
};
