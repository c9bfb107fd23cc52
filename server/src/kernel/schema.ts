import {
  bigint,
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
import { instant } from "./db.ts";

export const versionStamp = mysqlTable("version_stamp", {
  scope: varchar("scope", { length: 120 }).primaryKey(),
  version: bigint("version", { mode: "number" }).notNull(),
  /** By the database's clock; it sets this itself. */
  raisedAt: instant("raised_at").notNull(),
});

export const outbox = mysqlTable(
  "outbox",
  {
    id: bigint("id", { mode: "number" }).autoincrement().primaryKey(),
    kind: varchar("kind", { length: 64 }).notNull(),
    idemKey: varchar("idem_key", { length: 160 }).notNull(),
    orderKey: varchar("order_key", { length: 120 }),
    region: char("region", { length: 12 }),
    payload: mediumtext("payload").notNull(),
    state: varchar("state", { length: 8, enum: ["waiting", "done", "dead"] }).notNull(),
    attempts: int("attempts").notNull(),
    dueAt: instant("due_at").notNull(),
    token: char("token", { length: 26 }),
    leaseUntil: instant("lease_until"),
    fault: varchar("fault", { length: 500 }),
    createdAt: instant("created_at").notNull(),
    endedAt: instant("ended_at"),
  },
  (table) => [
    uniqueIndex("outbox_key").on(table.kind, table.idemKey),
    index("outbox_due").on(table.state, table.dueAt),
    index("outbox_order").on(table.orderKey, table.state, table.id),
    index("outbox_token").on(table.token),
  ],
);

/** One row an order key, there to be locked: see `enqueue`. */
export const outboxOrder = mysqlTable("outbox_order", {
  orderKey: varchar("order_key", { length: 120 }).primaryKey(),
  n: bigint("n", { mode: "number" }).notNull(),
});

export const tickRun = mysqlTable(
  "tick_run",
  {
    job: varchar("job", { length: 64 }).notNull(),
    slot: instant("slot").notNull(),
    state: varchar("state", { length: 8, enum: ["running", "done", "failed"] }).notNull(),
    startedAt: instant("started_at").notNull(),
    endedAt: instant("ended_at"),
  },
  (table) => [primaryKey({ columns: [table.job, table.slot] })],
);

export const audit = mysqlTable(
  "audit",
  {
    shard: tinyint("shard").notNull(),
    seq: bigint("seq", { mode: "number" }).notNull(),
    at: instant("at").notNull(),
    act: varchar("act", { length: 64 }).notNull(),
    actor: char("actor", { length: 26 }),
    onWhom: varchar("on_whom", { length: 64 }),
    region: char("region", { length: 12 }),
    channel: varchar("channel", { length: 8 }).notNull(),
    ip: varchar("ip", { length: 45 }).notNull(),
    detail: text("detail").notNull(),
    mac: char("mac", { length: 64 }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.shard, table.seq] }),
    index("audit_region").on(table.region, table.at),
    index("audit_actor").on(table.actor, table.at),
    index("audit_whom").on(table.onWhom, table.at),
    index("audit_at").on(table.at),
  ],
);

export const auditHead = mysqlTable("audit_head", {
  shard: tinyint("shard").primaryKey(),
  seq: bigint("seq", { mode: "number" }).notNull(),
  mac: char("mac", { length: 64 }).notNull(),
  seal: char("seal", { length: 64 }).notNull(),
});

/** One row: see keys.ts. */
export const keyCanary = mysqlTable("key_canary", {
  id: int("id").primaryKey(),
  sealed: varchar("sealed", { length: 255 }).notNull(),
  idx: char("idx", { length: 64 }).notNull(),
});
