import type { PoolConnection } from "mysql2/promise";

export type Value = string | number | null;

/** Ids, codes, words of ours, numbers and times: nothing in them can end a literal or begin a comment. */
const isPlain = (value: Value): boolean =>
  typeof value === "string" ? /^[\w .:-]*$/.test(value) : value === null || Number.isFinite(value);

const literal = (value: Value): string => (typeof value === "string" ? `'${value}'` : String(value));

function filled(sql: string, params: readonly Value[]): string {
  const parts = sql.split("?");
  if (parts.length !== params.length + 1) throw new Error("a statement has as many values as places for them");
  return parts.map((part, at) => (at === 0 ? part : literal(params[at - 1] ?? null) + part)).join("");
}

/**
 * The statements of one transaction in few round trips: one that asks for nothing waits for the next that does, or for
 * COMMIT, and they travel together; where one fails the server does none of those after it. That is for plain values only:
 * what anybody wrote travels alone, as a prepared statement.
 */
export class Trips {
  readonly #connection: PoolConnection;
  #waiting: string[] = ["START TRANSACTION"];

  constructor(connection: PoolConnection) {
    this.#connection = connection;
  }

  async write(sql: string, params: readonly Value[]): Promise<void> {
    if (params.every(isPlain)) this.#waiting.push(filled(sql, params));
    else await this.#alone(sql, params);
  }

  rows(sql: string, params: readonly Value[]): Promise<unknown> {
    return params.every(isPlain) ? this.#go(filled(sql, params)) : this.#alone(sql, params);
  }

  commit = (): Promise<unknown> => this.#go("COMMIT");

  async #alone(sql: string, params: readonly Value[]): Promise<unknown> {
    const last = this.#waiting.pop();
    if (last !== undefined) await this.#go(last);
    const [found] = await this.#connection.execute(sql, [...params]);
    return found;
  }

  async #go(statement: string): Promise<unknown> {
    const along = this.#waiting;
    this.#waiting = [];
    const [found] = await this.#connection.query([...along, statement].join("; "));
    // Of several statements each has its own outcome.
    return along.length > 0 && Array.isArray(found) ? found.at(-1) : found;
  }
}
