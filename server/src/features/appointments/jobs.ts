import type { Db } from "../../kernel/db.ts";
import type { Tick } from "../../kernel/ticks.ts";
import type { AppointmentsDeps } from "./deps.ts";
import { markMissed } from "./service.desk.ts";
import { fillAll } from "./service.plan.ts";

/** Each hour: the days that come into sight get their slots, and whoever did not come is marked. */
export const appointmentTicks = (deps: Pick<AppointmentsDeps, "calendar">, db: Db): Record<string, Tick> => ({
  "appointments.slots": { cron: "2 * * * *", run: () => fillAll(deps, db, db.clock) },
  "appointments.missed": { cron: "12 * * * *", run: () => markMissed(db, db.clock) },
});
