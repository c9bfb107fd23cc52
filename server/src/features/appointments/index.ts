/** The front door of appointments: windows of a service hall, visits at home, doctors of a hospital. */
export type { AppointmentsDeps, Patient, Principal, RealPerson } from "./deps.ts";
export { appointmentJobs, appointmentTicks } from "./jobs.ts";
export { appointmentsRoom } from "./router.ts";
export { appointmentsHolding } from "./service.holding.ts";
export { readDepartments, readPlaces } from "./service.hospital.ts";
export { fillAll as fillSlots } from "./service.plan.ts";
