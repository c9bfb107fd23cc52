import type { ResultSetHeader } from "mysql2/promise";
import type { Db } from "../../../kernel/db.ts";
import type { Seal } from "../../../kernel/seal.ts";
import { places } from "../verification/sealed.ts";

/** A column with sealed text: its table, the columns of its primary key, and where a value of a row belongs. */
export type SealedColumn = {
  table: string;
  key: readonly string[];
  column: string;
  place: (...key: string[]) => string;
};

export const sealedColumns: readonly SealedColumn[] = [
  { table: "person", key: ["id"], column: "phone", place: (id) => `person.phone.${id}` },
  { table: "phone_left", key: ["person_id", "id"], column: "phone", place: (person) => `person.phone.${person}` },
  { table: "totp", key: ["person_id"], column: "secret", place: (id) => `totp.secret.${id}` },
  { table: "login_code", key: ["phone_index"], column: "sealed", place: (id) => `login_code.sealed.${id}` },
  { table: "staff_name", key: ["person_id"], column: "name", place: (id) => `staff_name.name.${id}` },
  { table: "villager", key: ["id"], column: "name", place: (id = "") => places.name(id) },
  { table: "villager", key: ["id"], column: "id_card", place: (id = "") => places.idCard(id) },
  { table: "mandate", key: ["id"], column: "name", place: (id = "") => places.mandateName(id) },
  { table: "mandate", key: ["id"], column: "id_card", place: (id = "") => places.mandateIdCard(id) },
  { table: "mandate", key: ["id"], column: "phone", place: (id = "") => places.mandatePhone(id) },
  { table: "mandate", key: ["id"], column: "code_sealed", place: (id = "") => places.mandateCode(id) },
  { table: "roster", key: ["region", "id_index"], column: "name", place: (r = "", i = "") => places.rosterName(r, i) },
  {
    table: "roster",
    key: ["region", "id_index"],
    column: "id_card",
    place: (r = "", i = "") => places.rosterIdCard(r, i),
  },
];

const batch = 200;
export type Resealed = { table: string; column: string; seen: number; resealed: number };

/**
 * Seals every value of a column that was made with an older key anew with the current one. May be stopped at any line and
 * run again, beside a serving system: a value that changes meanwhile is left as it is, it has the current key already.
 */
export async function resealColumn(db: Db, seal: Seal, where: SealedColumn): Promise<Resealed> {
  const { table, key, column } = where;
  const done: Resealed = { table, column, seen: 0, resealed: 0 };
  let after: string[] | null = null;
  for (;;) {
    const rows: Record<string, string>[] = await page(db, where, after);
    for (const row of rows) {
      const at = key.map((name) => row[name] ?? "");
      const sealed = row[column] ?? "";
      done.seen++;
      after = at;
      // Empty: a row that is being made at this moment, or a second factor that was taken away.
      if (sealed === "" || !seal.needsReseal(sealed)) continue;
      const place = where.place(...at);
      done.resealed += await put(db, where, at, sealed, seal.seal(seal.open(sealed, place), place));
    }
    if (rows.length < batch) return done;
  }
}

/** In the order of the primary key; `(a, b) > (?, ?)` written out, since the short form does not use the index. */
function page(db: Db, { table, key, column }: SealedColumn, after: string[] | null): Promise<Record<string, string>[]> {
  const steps = key.map((name, at) => [...key.slice(0, at).map((earlier) => `${earlier} = ?`), `${name} > ?`]);
  const further = after === null ? "" : ` AND (${steps.map((step) => `(${step.join(" AND ")})`).join(" OR ")})`;
  const values = after === null ? [] : steps.flatMap((_step, at) => after.slice(0, at + 1));
  return db.rows(
    `SELECT ${[...key, column].join(", ")} FROM ${table} WHERE ${column} IS NOT NULL${further} ORDER BY ${key.join(", ")} LIMIT ${batch}`,
    values,
  );
}

/** Single statement, conditional on the old value. */
async function put(db: Db, { table, key, column }: SealedColumn, at: string[], old: string, fresh: string) {
  const [result] = await db.pool.execute<ResultSetHeader>(
    `UPDATE ${table} SET ${column} = ? WHERE ${key.map((name) => `${name} = ?`).join(" AND ")} AND ${column} = ?`,
    [fresh, ...at, old],
  );
  return result.affectedRows;
}
