import { dayKinds } from "@weimenhu/domain/appointments/schedule";
import { appointmentMoves, appointmentSorts, appointmentStates } from "@weimenhu/domain/appointments/state";
import * as z from "zod/mini";
import { act, ask, cursor, done, id, key, letters, limit, line, none, page, regionCode, time } from "./shape.ts";

/** A day in China: 2026-11-23. */
export const day = z.string().check(z.regex(/^20\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/));
/** Minutes of a day in China: 8:30 is 510. */
const minute = z.int().check(z.gte(0), z.lte(1440));
const sort = z.enum(appointmentSorts);
const ownSort = z.enum(["hall", "visit"]);

/** What can be booked. `house`: where, or who comes. `bring`: what to bring, line by line. */
export const offerCard = z.object({
  id,
  sort,
  region: regionCode,
  regionName: z.string(),
  name: z.string(),
  house: z.string(),
  address: z.string(),
  phone: z.string(),
  bring: z.array(z.string()),
  /** Of a hospital's department: its code in 医疗机构诊疗科目名录, where the hospital tells one. */
  code: z.optional(z.string()),
});

/** One of the days that lie ahead. `opensAt`: when its places are given out, null once they are. `why`: of a closed day. */
const dayFace = z.object({
  day,
  free: z.int(),
  opensAt: z.nullable(time),
  state: z.enum(["free", "full", "closed", "notYet"]),
  why: z.nullable(z.string()),
});
/** A doctor as the hospital names them. */
const doctorFace = z.object({ name: z.string(), title: z.string(), goodAt: z.string() });
const slotFace = z.object({ id, start: time, end: time, free: z.int(), doctor: z.optional(doctorFace) });

/** A booked place as whoever may see it does. `code`: for the check-in, drawn as a QR code; null where there is none. */
export const ticket = z.object({
  id,
  offer: offerCard,
  state: z.enum(appointmentStates),
  start: time,
  end: time,
  number: z.int(),
  /** Masked. */
  name: z.string(),
  place: z.string(),
  note: z.string(),
  cancelUntil: time,
  code: z.nullable(z.string()),
  doctor: z.optional(doctorFace),
  /** Of a hospital's no, or of a stopped clinic: its word, or what it says to it. */
  why: z.optional(z.string()),
  may: z.array(z.enum(appointmentMoves)),
  /** Booked by one for another: `for`, as whoever booked reads it; `by`, as whoever it is for does. */
  behalf: z.optional(z.enum(["for", "by"])),
});

/** A place in line. `ahead`: who came before; `waits`: false once it became an appointment, or was given up. */
const waitFace = z.object({
  id,
  offer: offerCard,
  day,
  ahead: z.int(),
  waits: z.boolean(),
  /** For whom, masked, where it is not for oneself; the mandate says it. */
  name: z.optional(z.string()),
  mandate: z.optional(id),
});

const dayKind = z.enum(dayKinds.map(String) as [string, ...string[]]);
/** One window of the week; `days`: 0 to 6 (0 is Sunday), `makeUp` a weekend day that is worked, `holiday`. */
export const weekWindow = z.object({
  days: z.array(dayKind).check(z.minLength(1), z.maxLength(9)),
  from: minute,
  to: minute,
  minutes: z.int().check(z.gte(5), z.lte(720)),
  capacity: z.int().check(z.gte(1), z.lte(1000)),
  onSite: z.int().check(z.gte(0), z.lte(1000)),
});
const closure = z.object({ day, from: minute, to: minute, why: line(60) });

const schedule = {
  week: z.array(weekWindow).check(z.minLength(1), z.maxLength(20)),
  closures: z.array(closure).check(z.maxLength(100)),
  /** Places of a day are given out at `at` of so many days before. */
  release: z.object({ days: z.int().check(z.gte(0), z.lte(60)), at: minute }),
  /** Until which minute of the day before one may cancel. */
  cancelAt: minute,
};

export const deskOffer = z.extend(offerCard, { ...schedule, version: z.int(), open: z.boolean() });

/** What a changed schedule would do. `orphans`: slots with appointments for which there would be no room. */
const plan = z.object({
  added: z.int(),
  changed: z.int(),
  dropped: z.int(),
  orphans: z.array(z.object({ start: time, end: time, taken: z.int() })),
  days: z.array(z.object({ day, places: z.int() })),
});

const offerWords = {
  name: line(60, 2),
  house: line(60, 2),
  address: line(120, 2),
  phone: line(20),
  bring: z.array(line(80)).check(z.maxLength(20)),
};

/** Appointments: a window of a service hall (办事预约), a visit at home (上门). */
export const appointments = {
  /** Of this place and of those above it. No region: the home county. No sort: all but a hospital's departments. */
  offers: ask(
    z.object({ region: z.optional(regionCode), sort: z.optional(sort) }),
    z.object({ items: z.array(offerCard) }),
  ),
  /** The days ahead and the slots of one: the asked one, else the first that has places. */
  slots: ask(
    z.object({ offer: id, day: z.optional(day) }),
    z.object({ offer: offerCard, days: z.array(dayFace), day: z.nullable(day), slots: z.array(slotFace) }),
  ),
  /**
   * `mandate`: for the principal of it, not for oneself. `place`: of a visit, where to come. `handOver`: of a hospital, name, ID number and phone may be given to it. A hospital's
   * place is `asked` until it has answered.
   */
  book: act(
    z.object({
      key,
      slot: id,
      place: z.optional(line(80)),
      note: z.optional(letters(200)),
      handOver: z.optional(z.literal(true)),
      mandate: z.optional(id),
    }),
    ticket,
  ),
  cancel: act(z.object({ id }), ticket),
  /** Stands in line for a freed place of a day that is full. */
  wait: act(
    z.object({
      key,
      offer: id,
      day,
      place: z.optional(line(80)),
      note: z.optional(letters(200)),
      mandate: z.optional(id),
    }),
    waitFace,
  ),
  leave: act(z.object({ id }), done),
  /** Where I stand in line. */
  waiting: ask(none, z.object({ items: z.array(waitFace) })),
  /** What I booked and what was booked for me, the next ones first, then those that are over. */
  mine: ask(z.object({ cursor: z.optional(cursor), limit: z.optional(limit) }), page(ticket)),
  get: ask(z.object({ id }), ticket),
  /** Staff: by the ticket's code, or by its id on the day sheet. */
  checkIn: act(z.object({ code: line(80) }), ticket),
  /** Staff: the appointments of one day, by time and number. */
  day: ask(z.object({ offer: id, day }), z.object({ offer: offerCard, items: z.array(ticket) })),
  /** Staff: what my office may change. */
  desk: ask(z.object({ region: z.optional(regionCode) }), z.object({ items: z.array(deskOffer) })),
  plan: ask(z.object({ id: z.optional(id), ...schedule }), plan),
  /** Refused as ORPHANS while appointments would lose their slot. */
  saveOffer: act(
    z.object({
      key,
      id: z.optional(id),
      version: z.optional(z.int()),
      region: regionCode,
      sort: ownSort,
      ...offerWords,
      ...schedule,
      open: z.boolean(),
    }),
    deskOffer,
  ),
};
