import { getTableColumns, type InferSelectModel } from "drizzle-orm";
import type { MySqlTable } from "drizzle-orm/mysql-core";
import { sqlTimeToMs } from "./clock.ts";

/**
 * Rows of a table by a plain prepared statement, for hot stores: `columns` for its SELECT under the table's alias, `read`
 * turns what came back into what the schema says.
 */
export function rawRows<T extends MySqlTable>(table: T, alias: string) {
  const columns = Object.entries(getTableColumns(table));
  const times = columns.flatMap(([key, column]) => (column.getSQLType() === "datetime(3)" ? [key] : []));
  return {
    columns: columns.map(([key, column]) => `${alias}.${column.name} AS \`${key}\``).join(", "),
    read(raw: Record<string, unknown>): InferSelectModel<T> {
      const row = { ...raw };
      for (const key of times) {
        const time = row[key];
        if (typeof time === "string") row[key] = sqlTimeToMs(time);
      }
      return row as InferSelectModel<T>;
    },
  };
}
