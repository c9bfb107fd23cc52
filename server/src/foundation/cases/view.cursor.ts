import { refuse } from "../../kernel/refuse.ts";

/** The place after which a page of the desk begins. It says where, never what one may see. `due` in epoch milliseconds. */
export type Place = { waits: boolean; due: number; id: string };

const shape = /^([01])\.([0-9a-z]{1,9})\.([0-9A-Z]{26})$/;

export const cursorOf = ({ waits, due, id }: Place): string =>
  Buffer.from(`${waits ? 1 : 0}.${due.toString(36)}.${id}`).toString("base64url");

/** CURSOR_BAD for anything that `cursorOf` has not made. */
export function placeOf(cursor: string): Place {
  const text = Buffer.from(cursor, "base64url").toString("latin1");
  const [, waits = "", due = "", id = ""] = shape.exec(text) ?? [];
  const place = { waits: waits === "1", due: Number.parseInt(due, 36), id };
  if (!id || cursorOf(place) !== cursor) throw refuse("CURSOR_BAD");
  return place;
}
