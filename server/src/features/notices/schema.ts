import type { NoticeCategory } from "@weimenhu/domain/notices/category";
import type { NoticeState } from "@weimenhu/domain/notices/state";
import {
  char,
  index,
  int,
  mediumtext,
  mysqlTable,
  primaryKey,
  text,
  tinyint,
  uniqueIndex,
  varchar,
} from "drizzle-orm/mysql-core";
import { instant } from "../../kernel/db.ts";

const id = (name: string) => char(name, { length: 26 });
const hash = (name: string) => char(name, { length: 64 });
const category = () => varchar("category", { length: 16 }).$type<NoticeCategory>().notNull();
const reach = () => varchar("reach", { length: 8, enum: ["here", "subtree"] }).notNull();
const title = () => varchar("title", { length: 100 }).notNull();

/** The working copy: what staff see and move. */
export const notice = mysqlTable(
  "notice",
  {
    id: id("id").primaryKey(),
    region: char("region", { length: 12 }).notNull(),
    origin: varchar("origin", { length: 8, enum: ["written", "portal"] }).notNull(),
    state: varchar("state", { length: 10 }).$type<NoticeState>().notNull(),
    /** Who wrote the working version; the portal for what it brought in. */
    author: id("author").notNull(),
    /** Whose revision, withdrawn with the notice, it carries on. */
    alsoWrote: id("also_wrote"),
    reviewer: id("reviewer"),
    publisher: id("publisher"),
    version: int("version").notNull(),
    publicVersion: int("public_version"),
    title: title(),
    category: category(),
    reach: reach(),
    pinned: tinyint("pinned").notNull(),
    note: varchar("note", { length: 200 }),
    scheduledAt: instant("scheduled_at"),
    publishedAt: instant("published_at"),
    changedAt: instant("changed_at").notNull(),
    createdAt: instant("created_at").notNull(),
    creator: id("creator").notNull(),
    idemKey: hash("idem_key").notNull(),
    idemDigest: hash("idem_digest").notNull(),
  },
  (table) => [
    uniqueIndex("notice_key").on(table.creator, table.idemKey),
    index("notice_region").on(table.region, table.changedAt, table.id),
    index("notice_changed").on(table.changedAt, table.id),
    index("notice_state").on(table.state, table.region),
  ],
);

/** Every saved text, never changed afterwards (only the pictures of a portal's item are put in place once they are fetched). */
export const noticeVersion = mysqlTable(
  "notice_version",
  {
    notice: id("notice").notNull(),
    version: int("version").notNull(),
    title: title(),
    category: category(),
    reach: reach(),
    body: mediumtext("body").notNull(),
    words: mediumtext("words").notNull(),
    attachments: text("attachments").notNull(),
    digest: hash("digest").notNull(),
    writtenBy: id("written_by").notNull(),
    at: instant("at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.notice, table.version] })],
);

export const noticeStep = mysqlTable(
  "notice_step",
  {
    id: id("id").primaryKey(),
    notice: id("notice").notNull(),
    version: int("version").notNull(),
    move: varchar("move", { length: 16 }).notNull(),
    doneBy: id("done_by").notNull(),
    note: varchar("note", { length: 200 }),
    at: instant("at").notNull(),
  },
  (table) => [index("notice_step_of").on(table.notice, table.id), index("notice_step_by").on(table.doneBy)],
);

/** What the public sees: one row a notice that is or was published. */
export const noticeFace = mysqlTable(
  "notice_face",
  {
    id: id("id").primaryKey(),
    region: char("region", { length: 12 }).notNull(),
    /** 0 withdrawn, 1 shown here, 2 shown in the whole subtree. */
    shelf: tinyint("shelf").notNull(),
    category: category(),
    pinned: tinyint("pinned").notNull(),
    publishedAt: instant("published_at").notNull(),
    updatedAt: instant("updated_at").notNull(),
    version: int("version").notNull(),
    title: title(),
    summary: varchar("summary", { length: 120 }).notNull(),
    cover: varchar("cover", { length: 120 }),
    portal: id("portal"),
    url: varchar("url", { length: 2000 }),
    withdrawnAt: instant("withdrawn_at"),
    withdrawnReason: varchar("withdrawn_reason", { length: 200 }),
  },
  (table) => [
    index("notice_face_list").on(table.region, table.shelf, table.pinned, table.publishedAt, table.id),
    index("notice_face_column").on(
      table.region,
      table.shelf,
      table.category,
      table.pinned,
      table.publishedAt,
      table.id,
    ),
  ],
);

/** In the order in which hits are shown, so that a page ends after its last row. */
export const noticeTerm = mysqlTable(
  "notice_term",
  {
    region: char("region", { length: 12 }).notNull(),
    shelf: tinyint("shelf").notNull(),
    term: varchar("term", { length: 24 }).notNull(),
    weight: tinyint("weight").notNull(),
    publishedAt: instant("published_at").notNull(),
    notice: id("notice").notNull(),
    category: category(),
  },
  (table) => [
    primaryKey({
      columns: [table.region, table.shelf, table.term, table.weight, table.publishedAt, table.notice],
    }),
  ],
);

/** Which terms a notice has, so that they can be found again without an index of their own. */
export const noticeIndexed = mysqlTable("notice_indexed", {
  notice: id("notice").primaryKey(),
  region: char("region", { length: 12 }).notNull(),
  shelf: tinyint("shelf").notNull(),
  publishedAt: instant("published_at").notNull(),
  terms: mediumtext("terms").notNull(),
});
