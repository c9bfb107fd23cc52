import { getTableColumns, getTableName, type InferSelectModel } from "drizzle-orm";
import type { MySqlTable } from "drizzle-orm/mysql-core";
import { sqlTime, sqlTimeToMs } from "./clock.ts";
import { inParts, type Tx, write } from "./tx.ts";

/**
 * Writes whole rows of a table by one statement, for what happens all the time: the same rows as
 * `tx.insert(table).values(rows)`, without composing the statement each time.
 */
export function rawInsert<T extends MySqlTable>(table: T) {
  const columns = Object.entries(getTableColumns(table)).map(([key, column]) => ({
    key,
    name: column.name,
    isTime: column.getSQLType() === "datetime(3)",
  }));
  const into = `INSERT INTO ${getTableName(table)} (${columns.map(({ name }) => name).join(", ")}) VALUES `;
  const one = `(${columns.map(() => "?").join(", ")})`;
  const valueOf = (value: unknown, isTime: boolean): string | number | null => {
    if (typeof value === "number") return isTime ? sqlTime(value) : value;
    if (typeof value === "string" || value === null) return value;
    throw new Error("a row is written whole, of strings, numbers and nulls");
  };
  return async (tx: Tx, rows: readonly InferSelectModel<T>[]): Promise<void> => {
    for (const part of inParts(tx, rows)) {
      const params = part.flatMap((row) => {
        const values: Record<string, unknown> = row;
        return columns.map(({ key, isTime }) => valueOf(values[key], isTime));
      });
      await write(tx, into + part.map(() => one).join(", "), params);
    }
  };
}

/**
 * Rows of a table by a plain prepared statement, for hot stores: `columns` for its SELECT under the table's alias, `read`
 * turns what came back into what the schema says. `before`: stands before the names of what comes back, where the rows of two
 * tables come side by side.
 */
export function rawRows<T extends MySqlTable>(table: T, alias: string, before = "") {
  const columns = Object.entries(getTableColumns(table)).map(([key, column]) => ({
    key,
    name: column.name,
    as: before + key,
    isTime: column.getSQLType() === "datetime(3)",
  }));
  return {
    columns: columns.map(({ name, as }) => `${alias}.${name} AS \`${as}\``).join(", "),
    read(raw: Record<string, unknown>): InferSelectModel<T> {
      const row: Record<string, unknown> = {};
      for (const { key, as, isTime } of columns) {
        const value = raw[as];
        row[key] = isTime && typeof value === "string" ? sqlTimeToMs(value) : value;
      }
      return row as InferSelectModel<T>;
    },
  };
}
