import type { PoolConnection } from "mysql2/promise";

export type Value = string | number | null;

/** Ids, codes, words of ours and times stand in a statement as they are; what anybody may have written, in hexadecimal digits. */
function literal(value: Value): string {
  if (typeof value === "string")
    return /^[\w .:-]*$/.test(value) ? `'${value}'` : `_utf8mb4 X'${Buffer.from(value).toString("hex")}'`;
  if (value !== null && !Number.isFinite(value)) throw new Error("a number in a statement is finite");
  return String(value);
}

function filled(sql: string, params: readonly Value[]): string {
  const parts = sql.split("?");
  if (parts.length !== params.length + 1) throw new Error("a statement has as many values as places for them");
  return parts.map((part, at) => (at === 0 ? part : literal(params[at - 1] ?? null) + part)).join("");
}

/**
 * The statements of one transaction in few round trips: one that asks for nothing waits for the next that does, or for
 * COMMIT, and they travel together. Where one fails the server does none of those after it.
 */
export class Trips {
  readonly #connection: PoolConnection;
  #waiting: string[] = ["START TRANSACTION"];

  constructor(connection: PoolConnection) {
    this.#connection = connection;
  }

  write(sql: string, params: readonly Value[]): void {
    this.#waiting.push(filled(sql, params));
  }

  async rows(sql: string, params: readonly Value[]): Promise<unknown> {
    this.#waiting.push(filled(sql, params));
    const along = this.#waiting;
    this.#waiting = [];
    const [found] = await this.#connection.query(along.join("; "));
    // Of several statements each has its own outcome.
    return along.length > 1 && Array.isArray(found) ? found.at(-1) : found;
  }

  commit = (): Promise<unknown> => this.rows("COMMIT", []);
}
