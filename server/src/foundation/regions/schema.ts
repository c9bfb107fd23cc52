import { char, index, int, mysqlTable, primaryKey, varchar } from "drizzle-orm/mysql-core";
import { instant } from "../../kernel/db.ts";

export const region = mysqlTable("region", {
  code: char("code", { length: 12 }).primaryKey(),
  name: varchar("name", { length: 40 }).notNull(),
  sort: int("sort").notNull(),
  createdAt: instant("created_at").notNull(),
});

export const follow = mysqlTable(
  "follow",
  {
    personId: char("person_id", { length: 26 }).notNull(),
    region: char("region", { length: 12 }).notNull(),
    /** When it was made the home village; the latest one is, or else the village followed first. */
    homeAt: instant("home_at"),
    createdAt: instant("created_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.personId, table.region] }), index("follow_region").on(table.region)],
);
