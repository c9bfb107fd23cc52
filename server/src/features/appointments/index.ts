/** The front door of appointments: windows of a service hall, visits at home. */
export type { AppointmentsDeps, RealPerson } from "./deps.ts";
export { appointmentTicks } from "./jobs.ts";
export { appointmentsRoom } from "./router.ts";
export { appointmentsHolding } from "./service.holding.ts";
export { fillAll as fillSlots } from "./service.plan.ts";
