import { char, index, int, mysqlTable, primaryKey, uniqueIndex, varchar } from "drizzle-orm/mysql-core";
import { instant } from "../../kernel/db.ts";

export const media = mysqlTable(
  "media",
  {
    id: char("id", { length: 26 }).primaryKey(),
    /** A person, or the portal that a picture was brought in for. */
    uploader: char("uploader", { length: 26 }).notNull(),
    idemKey: varchar("idem_key", { length: 80 }).notNull(),
    /** SHA-256 of what was sent: the same key with other bytes is refused. */
    sent: char("sent", { length: 64 }).notNull(),
    /** SHA-256 of what is kept, and its name: for a picture, of its largest size. */
    digest: char("digest", { length: 64 }).notNull(),
    kind: varchar("kind", { length: 8 }).notNull(),
    name: varchar("name", { length: 120 }).notNull(),
    bytes: int("bytes").notNull(),
    width: int("width"),
    height: int("height"),
    createdAt: instant("created_at").notNull(),
  },
  (table) => [
    uniqueIndex("media_key").on(table.uploader, table.idemKey),
    index("media_digest").on(table.digest),
    index("media_age").on(table.createdAt),
    index("media_day").on(table.uploader, table.createdAt),
  ],
);

export const mediaUse = mysqlTable(
  "media_use",
  {
    /** `notice:<id>`: who shows it. What nobody shows for a day is swept. */
    owner: varchar("owner", { length: 60 }).notNull(),
    media: char("media", { length: 26 }).notNull(),
    /** Since when this owner shows it no more, or has published without it. */
    withdrawnAt: instant("withdrawn_at"),
    /** Since when the public sees it at this owner; null for what only those see who are given a signed address. */
    shownAt: instant("shown_at"),
  },
  (table) => [primaryKey({ columns: [table.owner, table.media] }), index("media_use_media").on(table.media)],
);
