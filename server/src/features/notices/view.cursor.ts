import { refuse } from "../../kernel/refuse.ts";

/** The place after which a page begins. It says where, never what one may see, so it needs no signature, only a check. */
export type Place = { rank: number; at: number; id: string };

const shape = /^(\d{1,3})\.([0-9a-z]{1,9})\.([0-9A-Z]{26})$/;

export const cursorOf = ({ rank, at, id }: Place): string =>
  Buffer.from(`${rank}.${at.toString(36)}.${id}`).toString("base64url");

/** CURSOR_BAD for anything that `cursorOf` has not made. */
export function placeOf(cursor: string): Place {
  const text = Buffer.from(cursor, "base64url").toString("latin1");
  const [, rank = "", at = "", id = ""] = shape.exec(text) ?? [];
  const place = { rank: Number(rank), at: Number.parseInt(at, 36), id };
  if (!id || cursorOf(place) !== cursor) throw refuse("CURSOR_BAD");
  return place;
}

/** One row more than asked tells whether there is a next page. */
export function pageOf<Row>(
  rows: readonly Row[],
  limit: number,
  place: (row: Row) => Place,
): { rows: Row[]; next: string | null } {
  const last = rows[limit - 1];
  return { rows: rows.slice(0, limit), next: rows.length > limit && last ? cursorOf(place(last)) : null };
}
