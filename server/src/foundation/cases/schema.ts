import type { CaseMove, CaseOutcome, CaseState, RefusalReason, RoundKind } from "@weimenhu/domain/cases/state";
import { char, index, int, mysqlTable, primaryKey, text, tinyint, uniqueIndex, varchar } from "drizzle-orm/mysql-core";
import { instant } from "../../kernel/db.ts";

export const caseFile = mysqlTable(
  "case_file",
  {
    id: char("id", { length: 26 }).primaryKey(),
    /** What it is about: `post:<id>`. */
    subject: varchar("subject", { length: 60 }).notNull(),
    village: char("village", { length: 12 }).notNull(),
    /** Who has it now: the village, or its town. */
    region: char("region", { length: 12 }).notNull(),
    author: char("author", { length: 26 }).notNull(),
    summary: varchar("summary", { length: 80 }).notNull(),
    state: varchar("state", { length: 12 }).$type<CaseState>().notNull(),
    photo: tinyint("photo").notNull(),
    round: tinyint("round").notNull(),
    roundKind: varchar("round_kind", { length: 10 }).$type<RoundKind>().notNull(),
    beganAt: instant("began_at").notNull(),
    acceptedAt: instant("accepted_at"),
    finishedAt: instant("finished_at"),
    closedAt: instant("closed_at"),
    pauses: text("pauses").notNull(),
    extension: varchar("extension", { length: 8, enum: ["none", "asked", "allowed", "denied"] }).notNull(),
    returned: tinyint("returned").notNull(),
    reopened: tinyint("reopened").notNull(),
    rated: tinyint("rated").notNull(),
    outcome: varchar("outcome", { length: 10 }).$type<CaseOutcome>(),
    reason: varchar("reason", { length: 20 }).$type<RefusalReason>(),
    assignee: char("assignee", { length: 26 }),
    steps: int("steps").notNull(),
    dueAt: instant("due_at"),
    provisional: tinyint("provisional").notNull(),
    escalatedAt: instant("escalated_at"),
    createdAt: instant("created_at").notNull(),
  },
  (table) => [
    uniqueIndex("case_file_subject").on(table.subject),
    index("case_file_due").on(table.region, table.state, table.dueAt, table.id),
    index("case_file_watch").on(table.escalatedAt, table.dueAt),
    index("case_file_lapse").on(table.state, table.finishedAt),
    index("case_file_author").on(table.author),
    index("case_file_assignee").on(table.assignee),
  ],
);

/** The record of a case. The database refuses to change, delete or back-date a row. */
export const caseStep = mysqlTable(
  "case_step",
  {
    caseId: char("case_id", { length: 26 }).notNull(),
    number: int("number").notNull(),
    round: tinyint("round").notNull(),
    move: varchar("move", { length: 12 }).$type<CaseMove | "raise" | "escalate">().notNull(),
    actor: char("actor", { length: 26 }),
    mark: varchar("mark", { length: 10, enum: ["official", "villager", "none"] }).notNull(),
    title: varchar("title", { length: 40 }),
    text: text("text").notNull(),
    photos: text("photos").notNull(),
    reason: varchar("reason", { length: 20 }).$type<RefusalReason>(),
    at: instant("at").notNull(),
    idemKey: char("idem_key", { length: 64 }),
    /** Of `assign`: to whom. Null in steps from before this was kept. */
    givenTo: char("given_to", { length: 26 }),
  },
  (table) => [
    primaryKey({ columns: [table.caseId, table.number] }),
    uniqueIndex("case_step_key").on(table.actor, table.idemKey),
    index("case_step_began").on(table.move, table.at),
  ],
);

/** Deadlines that the calendar moved, without anybody's step: what was due when. The database refuses to change or delete a row. */
export const caseDue = mysqlTable(
  "case_due",
  {
    caseId: char("case_id", { length: 26 }).notNull(),
    at: instant("at").notNull(),
    was: instant("was").notNull(),
    due: instant("due").notNull(),
  },
  (table) => [primaryKey({ columns: [table.caseId, table.at, table.due] })],
);

/** Read by the author of the case alone, and counted by the board. */
export const caseRating = mysqlTable(
  "case_rating",
  {
    caseId: char("case_id", { length: 26 }).notNull(),
    round: tinyint("round").notNull(),
    stars: tinyint("stars").notNull(),
    tags: varchar("tags", { length: 60 }).notNull(),
    text: varchar("text", { length: 500 }).notNull(),
    at: instant("at").notNull(),
    /** Who was rated: the place that had the case then. */
    region: char("region", { length: 12 }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.caseId, table.round] }),
    index("case_rating_board").on(table.region, table.at),
  ],
);

/** Answers kept to hand. */
export const caseTemplate = mysqlTable(
  "case_template",
  {
    id: char("id", { length: 26 }).primaryKey(),
    person: char("person", { length: 26 }).notNull(),
    /** For all cadres in it; null for the person alone. */
    region: char("region", { length: 12 }),
    text: varchar("text", { length: 300 }).notNull(),
    createdAt: instant("created_at").notNull(),
    idemKey: char("idem_key", { length: 64 }).notNull(),
  },
  (table) => [
    uniqueIndex("case_template_key").on(table.person, table.idemKey),
    index("case_template_region").on(table.region, table.id),
  ],
);
