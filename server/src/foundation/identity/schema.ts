import { channels } from "@weimenhu/domain/identity/channel";
import { mandateConsents, mandateKinds, mandateRelations, mandateStates } from "@weimenhu/domain/identity/mandate";
import { verificationStates } from "@weimenhu/domain/identity/verification";
import { grantedRoles } from "@weimenhu/domain/permissions";
import {
  bigint,
  char,
  index,
  int,
  mysqlTable,
  primaryKey,
  smallint,
  tinyint,
  uniqueIndex,
  varchar,
} from "drizzle-orm/mysql-core";
import { instant } from "../../kernel/db.ts";

const personId = () => char("person_id", { length: 26 });
const sealed = (name: string) => varchar(name, { length: 255 });
const blind = (name: string) => char(name, { length: 64 });

/** `wechat-union` joins the mini-program's and the official account's openid of one person. */
export const providers = ["wechat-mini", "wechat-web", "wechat-union", "alipay"] as const;
export type Provider = (typeof providers)[number];

export const person = mysqlTable(
  "person",
  {
    id: char("id", { length: 26 }).primaryKey(),
    state: varchar("state", { length: 8, enum: ["open", "merged", "closed"] }).notNull(),
    phone: sealed("phone"),
    phoneIndex: blind("phone_index"),
    elder: tinyint("elder").notNull(),
    mergedInto: char("merged_into", { length: 26 }),
    createdAt: instant("created_at").notNull(),
    endedAt: instant("ended_at"),
  },
  (table) => [uniqueIndex("person_phone").on(table.phoneIndex)],
);

export const identity = mysqlTable(
  "identity",
  {
    provider: varchar("provider", { length: 12, enum: providers }).notNull(),
    subject: varchar("subject", { length: 128 }).notNull(),
    personId: personId().notNull(),
    /** 1 when this platform account itself has vouched for the person's phone. */
    bound: tinyint("bound").notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.provider, table.subject] }), index("identity_person").on(table.personId)],
);

export const session = mysqlTable(
  "session",
  {
    id: char("id", { length: 26 }).primaryKey(),
    tokenHash: blind("token_hash").notNull(),
    personId: personId().notNull(),
    channel: varchar("channel", { length: 8, enum: channels }).notNull(),
    device: varchar("device", { length: 60 }).notNull(),
    /** The platform account that signed in, null after a sign-in by code. */
    provider: varchar("provider", { length: 12, enum: providers }),
    subject: varchar("subject", { length: 128 }),
    bound: tinyint("bound").notNull(),
    strongUntil: instant("strong_until"),
    createdAt: instant("created_at").notNull(),
    seenAt: instant("seen_at").notNull(),
    endedAt: instant("ended_at"),
  },
  (table) => [
    uniqueIndex("session_token").on(table.tokenHash),
    index("session_person").on(table.personId, table.endedAt),
    index("session_seen").on(table.seenAt),
  ],
);

/** A number that a person had, until it was told that the account left it. Sealed as it was on the person. */
export const phoneLeft = mysqlTable(
  "phone_left",
  {
    id: char("id", { length: 26 }).notNull(),
    personId: personId().notNull(),
    phone: sealed("phone").notNull(),
    leftAt: instant("left_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.personId, table.id] }),
    uniqueIndex("phone_left_id").on(table.id),
    index("phone_left_at").on(table.leftAt),
  ],
);

/** One row a phone: a new code takes the place of the one before. `sealed` holds phone and code until they were sent. */
export const loginCode = mysqlTable(
  "login_code",
  {
    phoneIndex: blind("phone_index").primaryKey(),
    codeId: char("code_id", { length: 26 }).notNull(),
    codeHash: blind("code_hash").notNull(),
    sealed: sealed("sealed"),
    tries: tinyint("tries").notNull(),
    sentAt: instant("sent_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
    usedAt: instant("used_at"),
    day: char("day", { length: 10 }).notNull(),
    dayCount: int("day_count").notNull(),
  },
  (table) => [index("login_code_sent").on(table.sentAt)],
);

/** Counters that end by themselves: how often was something tried within its window? */
export const tryCount = mysqlTable(
  "try_count",
  {
    name: varchar("name", { length: 120 }).primaryKey(),
    untilAt: instant("until_at").notNull(),
    tries: int("tries").notNull(),
  },
  (table) => [index("try_count_until").on(table.untilAt)],
);

export const totp = mysqlTable("totp", {
  personId: personId().primaryKey(),
  secret: sealed("secret").notNull(),
  lastStep: bigint("last_step", { mode: "number" }).notNull(),
  enrolledAt: instant("enrolled_at").notNull(),
  /** Null until the first right digits were given. */
  confirmedAt: instant("confirmed_at"),
  /** When an administrator last took it away; the secret is empty until a new one is set up. */
  removedAt: instant("removed_at"),
});

export const consent = mysqlTable(
  "consent",
  {
    personId: personId().notNull(),
    what: varchar("what", { length: 12, enum: ["privacy", "id-card"] }).notNull(),
    version: varchar("version", { length: 40 }).notNull(),
    channel: varchar("channel", { length: 8, enum: channels }).notNull(),
    givenAt: instant("given_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.personId, table.what, table.version] })],
);

export const villager = mysqlTable(
  "villager",
  {
    id: char("id", { length: 26 }).primaryKey(),
    personId: personId().notNull(),
    region: char("region", { length: 12 }).notNull(),
    state: varchar("state", { length: 8, enum: verificationStates }).notNull(),
    name: sealed("name"),
    idCard: sealed("id_card"),
    idIndex: blind("id_index"),
    groupName: varchar("group_name", { length: 40 }).notNull(),
    applyKey: varchar("apply_key", { length: 64 }).notNull(),
    openKey: char("open_key", { length: 39 }),
    appliedAt: instant("applied_at").notNull(),
    decidedAt: instant("decided_at"),
    /** Null when the roster decided. */
    decidedBy: char("decided_by", { length: 26 }),
    reason: varchar("reason", { length: 20 }),
    note: varchar("note", { length: 400 }),
  },
  (table) => [
    uniqueIndex("villager_open").on(table.openKey),
    uniqueIndex("villager_apply").on(table.personId, table.applyKey),
    index("villager_queue").on(table.state, table.appliedAt, table.id),
    index("villager_region").on(table.region, table.state),
  ],
);

export const realName = mysqlTable(
  "real_name",
  { idIndex: blind("id_index").primaryKey(), personId: personId().notNull() },
  (table) => [uniqueIndex("real_name_person").on(table.personId)],
);

/** That a guardian lets a child under fourteen be a villager here and speak; the signed paper lies at the village office. */
export const guardian = mysqlTable(
  "guardian",
  {
    id: char("id", { length: 26 }).primaryKey(),
    personId: personId().notNull(),
    region: char("region", { length: 12 }).notNull(),
    paper: varchar("paper", { length: 40 }).notNull(),
    notedBy: char("noted_by", { length: 26 }).notNull(),
    at: instant("at").notNull(),
    endedAt: instant("ended_at"),
    endedBy: char("ended_by", { length: 26 }),
    openKey: char("open_key", { length: 39 }),
  },
  (table) => [
    uniqueIndex("guardian_open").on(table.openKey),
    index("guardian_person").on(table.personId),
    index("guardian_region").on(table.region, table.endedAt, table.at, table.id),
    index("guardian_by").on(table.notedBy),
  ],
);

/** That a family member or an agent acts for somebody who agreed to it. Name and number of the principal go once it is over. */
export const mandate = mysqlTable(
  "mandate",
  {
    id: char("id", { length: 26 }).primaryKey(),
    /** Who acts. */
    personId: personId().notNull(),
    kind: varchar("kind", { length: 8, enum: mandateKinds }).notNull(),
    relation: varchar("relation", { length: 8, enum: mandateRelations }).notNull(),
    scopes: varchar("scopes", { length: 80 }).notNull(),
    region: char("region", { length: 12 }).notNull(),
    state: varchar("state", { length: 8, enum: mandateStates }).notNull(),
    days: smallint("days").notNull(),
    name: sealed("name"),
    idCard: sealed("id_card"),
    idIndex: blind("id_index").notNull(),
    /** Where the principal reads messages, as whoever asked says. */
    phone: sealed("phone"),
    askedAt: instant("asked_at").notNull(),
    consent: varchar("consent", { length: 8, enum: mandateConsents }),
    paper: varchar("paper", { length: 40 }).notNull(),
    decidedBy: char("decided_by", { length: 26 }),
    decidedAt: instant("decided_at"),
    untilAt: instant("until_at"),
    endedAt: instant("ended_at"),
    endedBy: char("ended_by", { length: 26 }),
    note: varchar("note", { length: 200 }).notNull(),
    askKey: char("ask_key", { length: 64 }).notNull(),
    askDigest: char("ask_digest", { length: 64 }).notNull(),
    openKey: char("open_key", { length: 64 }),
    codeId: char("code_id", { length: 26 }),
    codeHash: char("code_hash", { length: 64 }),
    /** Phone and code, until they were sent. */
    codeSealed: sealed("code_sealed"),
    codeUntil: instant("code_until"),
    codeTries: tinyint("code_tries").notNull(),
  },
  (table) => [
    uniqueIndex("mandate_ask").on(table.personId, table.askKey),
    uniqueIndex("mandate_open").on(table.openKey),
    index("mandate_principal").on(table.idIndex),
    index("mandate_queue").on(table.state, table.region, table.askedAt, table.id),
    index("mandate_decided").on(table.decidedBy),
    index("mandate_ended").on(table.endedBy),
    index("mandate_ended_at").on(table.endedAt),
  ],
);

export const roster = mysqlTable(
  "roster",
  {
    region: char("region", { length: 12 }).notNull(),
    idIndex: blind("id_index").notNull(),
    name: sealed("name").notNull(),
    idCard: sealed("id_card").notNull(),
    groupName: varchar("group_name", { length: 40 }).notNull(),
    household: varchar("household", { length: 40 }).notNull(),
    updatedAt: instant("updated_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.region, table.idIndex] }),
    index("roster_group").on(table.region, table.groupName),
  ],
);

export const roleGrant = mysqlTable(
  "role_grant",
  {
    id: char("id", { length: 26 }).primaryKey(),
    personId: personId().notNull(),
    region: char("region", { length: 12 }).notNull(),
    role: varchar("role", { length: 10, enum: grantedRoles }).notNull(),
    since: instant("since").notNull(),
    untilAt: instant("until_at"),
    /** Null for the first administrators, who are named by the operator. */
    givenBy: char("given_by", { length: 26 }),
    endedAt: instant("ended_at"),
    endedBy: char("ended_by", { length: 26 }),
    reason: varchar("reason", { length: 400 }),
    openKey: varchar("open_key", { length: 52 }),
  },
  (table) => [
    uniqueIndex("role_grant_open").on(table.openKey),
    index("role_grant_person").on(table.personId, table.endedAt),
    index("role_grant_role").on(table.role, table.endedAt),
  ],
);

/** How one who holds an office is called, as whoever gave it wrote; null `givenBy`: the operator. */
export const staffName = mysqlTable("staff_name", {
  personId: personId().primaryKey(),
  name: sealed("name").notNull(),
  givenBy: char("given_by", { length: 26 }),
  givenAt: instant("given_at").notNull(),
});
