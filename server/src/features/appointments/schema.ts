import type { AppointmentMove, AppointmentSort, AppointmentState } from "@weimenhu/domain/appointments/state";
import {
  char,
  index,
  int,
  mysqlTable,
  primaryKey,
  smallint,
  text,
  tinyint,
  uniqueIndex,
  varchar,
} from "drizzle-orm/mysql-core";
import { instant } from "../../kernel/db.ts";

const id = () => char("id", { length: 26 }).primaryKey();

/** What can be booked: a window of a service hall, a visit at home, a department of a hospital. */
export const appointmentOffer = mysqlTable(
  "appointment_offer",
  {
    id: id(),
    /** Who serves it; below it lies for whom it is. */
    region: char("region", { length: 12 }).notNull(),
    sort: varchar("sort", { length: 8 }).$type<AppointmentSort>().notNull(),
    /** The department in the hospital's system; null where the schedule is our own. */
    source: varchar("source", { length: 80 }),
    code: varchar("code", { length: 8 }).notNull(),
    name: varchar("name", { length: 120 }).notNull(),
    house: varchar("house", { length: 255 }).notNull(),
    address: varchar("address", { length: 120 }).notNull(),
    phone: varchar("phone", { length: 20 }).notNull(),
    bring: text("bring").notNull(),
    week: text("week").notNull(),
    releaseDays: tinyint("release_days").notNull(),
    releaseAt: smallint("release_at").notNull(),
    /** Minute of the day before, until which one may cancel. */
    cancelAt: smallint("cancel_at").notNull(),
    sortOrder: int("sort_order").notNull(),
    state: varchar("state", { length: 8, enum: ["open", "ended"] }).notNull(),
    version: int("version").notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (table) => [
    uniqueIndex("appointment_offer_source").on(table.source),
    index("appointment_offer_region").on(table.region, table.state, table.sortOrder),
  ],
);

/** A doctor in one department of a hospital. */
export const appointmentDoctor = mysqlTable(
  "appointment_doctor",
  {
    ref: varchar("ref", { length: 80 }).primaryKey(),
    offer: char("offer", { length: 26 }).notNull(),
    name: varchar("name", { length: 120 }).notNull(),
    title: varchar("title", { length: 120 }).notNull(),
    goodAt: varchar("good_at", { length: 120 }).notNull(),
  },
  (table) => [index("appointment_doctor_offer").on(table.offer)],
);

/** One row: how far the hospital's changes have been read. */
export const appointmentMark = mysqlTable("appointment_mark", {
  id: tinyint("id").primaryKey(),
  mark: varchar("mark", { length: 255 }).notNull(),
  readAt: instant("read_at").notNull(),
});

export const appointmentClosure = mysqlTable(
  "appointment_closure",
  {
    id: id(),
    offer: char("offer", { length: 26 }).notNull(),
    day: char("day", { length: 10 }).notNull(),
    fromAt: smallint("from_at").notNull(),
    toAt: smallint("to_at").notNull(),
    why: varchar("why", { length: 60 }).notNull(),
    byPerson: char("by_person", { length: 26 }).notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (table) => [
    index("appointment_closure_day").on(table.offer, table.day),
    index("appointment_closure_by").on(table.byPerson),
  ],
);

export const appointmentSlot = mysqlTable(
  "appointment_slot",
  {
    id: id(),
    offer: char("offer", { length: 26 }).notNull(),
    /** Of a hospital: whose half-day. Empty where the schedule is our own. */
    doctor: varchar("doctor", { length: 80 }).notNull(),
    day: char("day", { length: 10 }).notNull(),
    startAt: instant("start_at").notNull(),
    endAt: instant("end_at").notNull(),
    opensAt: instant("opens_at").notNull(),
    capacity: smallint("capacity").notNull(),
    taken: smallint("taken").notNull(),
    issued: int("issued").notNull(),
    closed: tinyint("closed").notNull(),
  },
  (table) => [
    uniqueIndex("appointment_slot_start").on(table.offer, table.doctor, table.startAt),
    index("appointment_slot_day").on(table.offer, table.day),
  ],
);

export const appointmentAttendee = mysqlTable("appointment_attendee", {
  attendee: char("attendee", { length: 64 }).primaryKey(),
  open: smallint("open").notNull(),
});

export const appointment = mysqlTable(
  "appointment",
  {
    id: id(),
    offer: char("offer", { length: 26 }).notNull(),
    slot: char("slot", { length: 26 }).notNull(),
    region: char("region", { length: 12 }).notNull(),
    /** Blind index of the ID number of whoever it is for. */
    attendee: char("attendee", { length: 64 }).notNull(),
    person: char("person", { length: 26 }),
    holder: char("holder", { length: 26 }).notNull(),
    /** By which it was booked for somebody else. */
    mandate: char("mandate", { length: 26 }),
    state: varchar("state", { length: 10 }).$type<AppointmentState>().notNull(),
    number: int("number").notNull(),
    day: char("day", { length: 10 }).notNull(),
    startAt: instant("start_at").notNull(),
    place: varchar("place", { length: 80 }).notNull(),
    note: varchar("note", { length: 200 }).notNull(),
    idemKey: char("idem_key", { length: 64 }).notNull(),
    idemDigest: char("idem_digest", { length: 64 }).notNull(),
    dayKey: char("day_key", { length: 64 }),
    createdAt: instant("created_at").notNull(),
    endedAt: instant("ended_at"),
    /** Until then it may be given back whatever the hour. */
    freeUntil: instant("free_until"),
    /** When somebody was reminded of it last, or it was moved; null: not since it was booked. */
    remindedAt: instant("reminded_at"),
    /** The place in the hospital's system, and which of its changes was taken in last. */
    hospitalRef: varchar("hospital_ref", { length: 80 }),
    hospitalVersion: varchar("hospital_version", { length: 80 }),
    /** Why there is none: a word of the hospital's, or what it says to it. */
    why: varchar("why", { length: 120 }).notNull(),
  },
  (table) => [
    uniqueIndex("appointment_idem").on(table.holder, table.idemKey),
    uniqueIndex("appointment_day").on(table.dayKey),
    index("appointment_mine").on(table.holder, table.startAt, table.id),
    index("appointment_person").on(table.person, table.startAt, table.id),
    index("appointment_slot_list").on(table.slot, table.number),
    index("appointment_attendee_list").on(table.attendee, table.startAt),
    index("appointment_waits").on(table.state, table.createdAt),
    index("appointment_start").on(table.state, table.startAt),
  ],
);

/** Who waits for a freed place of one offer on one day, in the order in which they came. */
export const appointmentWait = mysqlTable(
  "appointment_wait",
  {
    id: id(),
    offer: char("offer", { length: 26 }).notNull(),
    day: char("day", { length: 10 }).notNull(),
    attendee: char("attendee", { length: 64 }).notNull(),
    person: char("person", { length: 26 }),
    holder: char("holder", { length: 26 }).notNull(),
    mandate: char("mandate", { length: 26 }),
    place: varchar("place", { length: 80 }).notNull(),
    note: varchar("note", { length: 200 }).notNull(),
    state: varchar("state", { length: 8, enum: ["waiting", "promoted", "left"] }).notNull(),
    appointment: char("appointment", { length: 26 }),
    idemKey: char("idem_key", { length: 64 }).notNull(),
    idemDigest: char("idem_digest", { length: 64 }).notNull(),
    openKey: char("open_key", { length: 64 }),
    createdAt: instant("created_at").notNull(),
    endedAt: instant("ended_at"),
  },
  (table) => [
    uniqueIndex("appointment_wait_open").on(table.openKey),
    uniqueIndex("appointment_wait_idem").on(table.holder, table.idemKey),
    index("appointment_wait_line").on(table.offer, table.day, table.state, table.id),
    index("appointment_wait_holder").on(table.holder, table.state, table.day),
    index("appointment_wait_person").on(table.person),
  ],
);

/** The record of an appointment. The database refuses to change or delete a row. */
export const appointmentStep = mysqlTable(
  "appointment_step",
  {
    appointment: char("appointment", { length: 26 }).notNull(),
    number: int("number").notNull(),
    move: varchar("move", { length: 10 }).$type<AppointmentMove | "book" | "promote">().notNull(),
    actor: char("actor", { length: 26 }),
    text: varchar("text", { length: 200 }).notNull(),
    at: instant("at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.appointment, table.number] }),
    index("appointment_step_actor").on(table.actor),
  ],
);
