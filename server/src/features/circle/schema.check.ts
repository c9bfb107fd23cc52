import type { PartState, RiskLabel } from "@weimenhu/domain/circle/duty";
import type { CheckState } from "@weimenhu/domain/circle/post";
import { char, index, int, mysqlTable, tinyint, uniqueIndex, varchar } from "drizzle-orm/mysql-core";
import { instant } from "../../kernel/db.ts";

const id = (name: string) => char(name, { length: 26 });
const village = () => char("village", { length: 12 }).notNull();
const trace = () => varchar("trace", { length: 128 });
const state = () => varchar("state", { length: 8 }).$type<PartState>().notNull();
const label = () => varchar("label", { length: 12 }).$type<RiskLabel>().notNull();

/** Who looks: a platform's checker, the list of words, or nobody (the county answers for it itself). */
export type Via = "wechat" | "alipay" | "list" | "none";

/** One part (the words, or one picture) of one text of a post or comment, and what is known of it. */
export const circleCheck = mysqlTable(
  "circle_check",
  {
    id: id("id").primaryKey(),
    what: id("what").notNull(),
    version: int("version").notNull(),
    /** One picture; empty for the words. */
    media: varchar("media", { length: 26 }).notNull(),
    via: varchar("via", { length: 8 }).$type<Via>().notNull(),
    state: state(),
    label: label(),
    /** Under this the platform sends its answer later. */
    trace: trace(),
    at: instant("at").notNull(),
    endedAt: instant("ended_at"),
  },
  (table) => [
    uniqueIndex("circle_check_part").on(table.what, table.version, table.media),
    uniqueIndex("circle_check_trace").on(table.trace),
    index("circle_check_open").on(table.state, table.at),
  ],
);

/** Where the look at words and photos of a step of a case stands; the words are in the record of the case. */
export const circleStep = mysqlTable(
  "circle_step",
  {
    id: id("id").primaryKey(),
    post: id("post").notNull(),
    village: village(),
    file: id("file").notNull(),
    number: int("number").notNull(),
    /** Whose words: a resident's go with the words of the post. */
    mark: varchar("mark", { length: 10, enum: ["official", "villager", "none"] }).notNull(),
    checkState: varchar("check_state", { length: 10 }).$type<CheckState>().notNull(),
    refused: varchar("refused", { length: 200 }),
  },
  (table) => [
    uniqueIndex("circle_step_of").on(table.post, table.number),
    index("circle_step_check").on(table.checkState, table.village, table.id),
  ],
);

/** What a platform sent by itself. */
export const circlePush = mysqlTable(
  "circle_push",
  { trace: trace().notNull().primaryKey(), state: state(), label: label(), at: instant("at").notNull() },
  (table) => [index("circle_push_at").on(table.at)],
);

export const circleAppeal = mysqlTable(
  "circle_appeal",
  {
    id: id("id").primaryKey(),
    village: village(),
    what: id("what").notNull(),
    version: int("version").notNull(),
    /** The decision that it is against. */
    refusal: id("refusal").notNull(),
    person: id("person").notNull(),
    why: varchar("why", { length: 200 }).notNull(),
    idemKey: char("idem_key", { length: 64 }).notNull(),
    at: instant("at").notNull(),
    decidedAt: instant("decided_at"),
    decidedBy: id("decided_by"),
    upheld: tinyint("upheld"),
  },
  (table) => [
    uniqueIndex("circle_appeal_once").on(table.what, table.version, table.refusal),
    uniqueIndex("circle_appeal_key").on(table.person, table.idemKey),
    index("circle_appeal_open").on(table.decidedAt, table.village, table.what),
  ],
);

/** What began to wait for a person, told to those who may decide; `next`: when the clock looks whether it still does. */
export const circleWait = mysqlTable(
  "circle_wait",
  {
    /** `<kind>:<what>:<which time>`: told once. */
    id: varchar("id", { length: 60 }).primaryKey(),
    what: id("what").notNull(),
    village: village(),
    kind: varchar("kind", { length: 8, enum: ["held", "reported", "appealed"] }).notNull(),
    at: instant("at").notNull(),
    next: instant("next"),
  },
  (table) => [index("circle_wait_next").on(table.next), index("circle_wait_at").on(table.at)],
);

/** What a person set for what others may say to them. */
export const circleSetting = mysqlTable("circle_setting", {
  person: id("person").primaryKey(),
  knownOnly: tinyint("known_only").notNull(),
  updatedAt: instant("updated_at").notNull(),
});
