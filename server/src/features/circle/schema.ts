import type { CaseState } from "@weimenhu/domain/cases/state";
import type { RiskLabel } from "@weimenhu/domain/circle/duty";
import type { Audience, CheckState, PostKind } from "@weimenhu/domain/circle/post";
import { char, index, int, mysqlTable, primaryKey, text, tinyint, uniqueIndex, varchar } from "drizzle-orm/mysql-core";
import { instant } from "../../kernel/db.ts";

const id = (name: string) => char(name, { length: 26 });
const hash = (name: string) => char(name, { length: 64 });
const village = () => char("village", { length: 12 }).notNull();
/** The office at the time of writing, or that it was a verified villager. */
const mark = () => varchar("mark", { length: 10, enum: ["official", "villager", "none"] }).notNull();
const title = () => varchar("title", { length: 40 });
const checkState = () => varchar("check_state", { length: 10 }).$type<CheckState>().notNull();

export const post = mysqlTable(
  "post",
  {
    id: id("id").primaryKey(),
    village: village(),
    author: id("author").notNull(),
    kind: varchar("kind", { length: 12 }).$type<PostKind>().notNull(),
    audience: varchar("audience", { length: 10 }).$type<Audience>().notNull(),
    /** 0 not shown (being checked, refused, deleted), 1 whole village, 2 verified villagers, 3 cadres. */
    shelf: tinyint("shelf").notNull(),
    caseId: id("case_id"),
    /** State of the case that the post became; empty when it is none. */
    state: varchar("state", { length: 12 }).$type<CaseState | "">().notNull(),
    hidden: tinyint("hidden").notNull(),
    mark: mark(),
    title: title(),
    text: text("text").notNull(),
    photos: text("photos").notNull(),
    place: varchar("place", { length: 60 }),
    /** Does it call the village (@村里)? */
    calls: tinyint("calls").notNull(),
    checkState: checkState(),
    refused: varchar("refused", { length: 200 }),
    likes: int("likes").notNull(),
    comments: int("comments").notNull(),
    edits: int("edits").notNull(),
    /** The newest official answer, as it was given. */
    answer: text("answer"),
    createdAt: instant("created_at").notNull(),
    editedAt: instant("edited_at"),
    deletedAt: instant("deleted_at"),
    idemKey: hash("idem_key").notNull(),
    idemDigest: hash("idem_digest").notNull(),
  },
  (table) => [
    uniqueIndex("post_key").on(table.author, table.idemKey),
    index("post_feed").on(table.village, table.shelf, table.id),
    index("post_kind").on(table.village, table.shelf, table.kind, table.id),
    index("post_state").on(table.village, table.shelf, table.state, table.id),
    index("post_mine").on(table.author, table.id),
    index("post_check").on(table.checkState, table.village, table.id),
  ],
);

/** What an edit replaced; the key is that of the edit. */
export const postText = mysqlTable(
  "post_text",
  {
    post: id("post").notNull(),
    version: int("version").notNull(),
    text: text("text").notNull(),
    photos: text("photos").notNull(),
    place: varchar("place", { length: 60 }),
    replacedAt: instant("replaced_at").notNull(),
    idemKey: hash("idem_key").notNull(),
    idemDigest: hash("idem_digest").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.post, table.version] }),
    uniqueIndex("post_text_key").on(table.post, table.idemKey),
  ],
);

export const postComment = mysqlTable(
  "post_comment",
  {
    id: id("id").primaryKey(),
    post: id("post").notNull(),
    village: village(),
    under: id("under"),
    author: id("author").notNull(),
    mark: mark(),
    title: title(),
    text: text("text").notNull(),
    /** Does it call the village (@村里)? */
    calls: tinyint("calls").notNull(),
    checkState: checkState(),
    createdAt: instant("created_at").notNull(),
    deletedAt: instant("deleted_at"),
    idemKey: hash("idem_key").notNull(),
    idemDigest: hash("idem_digest").notNull(),
    refused: varchar("refused", { length: 200 }),
  },
  (table) => [
    uniqueIndex("post_comment_key").on(table.author, table.idemKey),
    index("post_comment_of").on(table.post, table.id),
    index("post_comment_check").on(table.checkState, table.village, table.id),
  ],
);

export const postLike = mysqlTable(
  "post_like",
  { post: id("post").notNull(), person: id("person").notNull(), at: instant("at").notNull() },
  (table) => [primaryKey({ columns: [table.post, table.person] }), index("post_like_by").on(table.person, table.post)],
);

/** `blocked`: a person, or a post whose author hides. */
export const circleBlock = mysqlTable(
  "circle_block",
  { person: id("person").notNull(), blocked: id("blocked").notNull(), at: instant("at").notNull() },
  (table) => [primaryKey({ columns: [table.person, table.blocked] })],
);

export const postReport = mysqlTable(
  "post_report",
  {
    id: id("id").primaryKey(),
    village: village(),
    /** A post or a comment. */
    what: id("what").notNull(),
    person: id("person").notNull(),
    why: varchar("why", { length: 200 }).notNull(),
    at: instant("at").notNull(),
    decidedAt: instant("decided_at"),
    /** How often the text had been changed. */
    version: int("version").notNull(),
  },
  (table) => [
    uniqueIndex("post_report_once").on(table.what, table.person, table.version),
    index("post_report_by").on(table.person),
    index("post_report_open").on(table.village, table.decidedAt, table.id),
  ],
);

/** What those who check decided about a post or a comment. */
export const circleDecision = mysqlTable(
  "circle_decision",
  {
    id: id("id").primaryKey(),
    village: village(),
    what: id("what").notNull(),
    pass: tinyint("pass").notNull(),
    reason: varchar("reason", { length: 200 }).notNull(),
    /** Null: a checker refused it. */
    decidedBy: id("decided_by"),
    at: instant("at").notNull(),
    /** Of which text: 0 the first, then one for each edit. */
    version: int("version").notNull(),
    label: varchar("label", { length: 12 }).$type<RiskLabel>().notNull(),
    /** 1 when it decided an appeal. */
    appeal: tinyint("appeal").notNull(),
  },
  (table) => [
    index("circle_decision_of").on(table.what, table.id),
    index("circle_decision_by").on(table.decidedBy),
    index("circle_decision_log").on(table.village, table.at),
  ],
);
