import type { NoticeCategory } from "@weimenhu/domain/notices/category";
import { char, index, int, mysqlTable, tinyint, uniqueIndex, varchar } from "drizzle-orm/mysql-core";
import { instant } from "../../kernel/db.ts";

const id = (name: string) => char(name, { length: 26 });
const hash = (name: string) => char(name, { length: 64 });

export const portal = mysqlTable(
  "portal",
  {
    id: id("id").primaryKey(),
    region: char("region", { length: 12 }).notNull(),
    reach: varchar("reach", { length: 8, enum: ["here", "subtree"] }).notNull(),
    category: varchar("category", { length: 16 }).$type<NoticeCategory>().notNull(),
    name: varchar("name", { length: 40 }).notNull(),
    url: varchar("url", { length: 2000 }).notNull(),
    urlHash: hash("url_hash").notNull(),
    active: tinyint("active").notNull(),
    etag: varchar("etag", { length: 500 }),
    lastModified: varchar("last_modified", { length: 100 }),
    items: int("items").notNull(),
    /** Entries of the last reading that could not be used. */
    dropped: int("dropped").notNull(),
    /** Entries of the last reading that were too long to be kept whole. */
    cut: int("cut").notNull(),
    checkedAt: instant("checked_at"),
    /** When our copy was last known to be current. */
    freshAt: instant("fresh_at"),
    failingSince: instant("failing_since"),
    fault: varchar("fault", { length: 200 }),
    /** 1 when it has failed for so long that readers are told. */
    stale: tinyint("stale").notNull(),
    createdAt: instant("created_at").notNull(),
    creator: id("creator").notNull(),
    idemKey: varchar("idem_key", { length: 80 }).notNull(),
    idemDigest: hash("idem_digest").notNull(),
  },
  (table) => [
    uniqueIndex("portal_address").on(table.region, table.urlHash),
    uniqueIndex("portal_key").on(table.creator, table.idemKey),
    index("portal_due").on(table.active, table.checkedAt),
  ],
);

/** What the portal said about an item the last time. */
export const noticeUpstream = mysqlTable(
  "notice_upstream",
  {
    notice: id("notice").primaryKey(),
    portal: id("portal").notNull(),
    guidHash: hash("guid_hash").notNull(),
    urlHash: hash("url_hash").notNull(),
    digest: hash("digest").notNull(),
    publishedAt: instant("published_at"),
    /** In how many readings in a row it was missing though older items were there. */
    missing: tinyint("missing").notNull(),
    /** 1 when it was withdrawn because the portal took it down; it comes back when the portal brings it back. */
    gone: tinyint("gone").notNull(),
  },
  (table) => [
    uniqueIndex("notice_upstream_guid").on(table.portal, table.guidHash),
    index("notice_upstream_url").on(table.portal, table.urlHash),
  ],
);
