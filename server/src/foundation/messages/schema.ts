import type { MessageKind, OutsideWay, TemplateName } from "@weimenhu/domain/messages/kinds";
import { char, index, int, mysqlTable, primaryKey, text, uniqueIndex, varchar } from "drizzle-orm/mysql-core";
import { instant } from "../../kernel/db.ts";

/**
 * sent: the vendor took it · unknown: it may have, so it is never sent again · none: no way was open · refused: the vendor said
 * no for this person · quota: for all of us, for now · failed: our settings · late: nobody rings a day after, or once what it is about has begun.
 */
export const outcomes = ["trying", "sent", "unknown", "none", "refused", "quota", "failed", "late"] as const;
export type Outcome = (typeof outcomes)[number];

export const message = mysqlTable(
  "message",
  {
    id: char("id", { length: 26 }).primaryKey(),
    person: char("person", { length: 26 }).notNull(),
    event: varchar("event", { length: 90 }).notNull(),
    kind: varchar("kind", { length: 14 }).$type<MessageKind>().notNull(),
    region: char("region", { length: 12 }).notNull(),
    page: varchar("page", { length: 10 }).notNull(),
    about: char("about", { length: 26 }).notNull(),
    words: text("words").notNull(),
    count: int("count").notNull(),
    at: instant("at").notNull(),
    readAt: instant("read_at"),
    way: varchar("way", { length: 8 }).$type<OutsideWay>(),
    outside: varchar("outside", { length: 8, enum: outcomes }),
    outsideAt: instant("outside_at"),
    /** From then on nobody is rung up for it. */
    ringUntil: instant("ring_until"),
  },
  (table) => [
    uniqueIndex("message_event").on(table.person, table.event),
    index("message_inbox").on(table.person, table.at, table.id),
    index("message_unread").on(table.person, table.readAt),
    index("message_old").on(table.at),
  ],
);

export const messageConsent = mysqlTable(
  "message_consent",
  {
    person: char("person", { length: 26 }).notNull(),
    channel: varchar("channel", { length: 8, enum: ["weapp", "alipay"] }).notNull(),
    template: varchar("template", { length: 10 }).$type<TemplateName>().notNull(),
    remaining: int("remaining").notNull(),
    /** Newest first, comma-separated; as many as fit. */
    lastKeys: varchar("last_keys", { length: 512 }).notNull(),
    updatedAt: instant("updated_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.person, table.channel, table.template] })],
);
