import type { Contract } from "@weimenhu/contract";
import type { RegionCode } from "@weimenhu/domain/base/region";
import { inboxWords } from "@weimenhu/domain/messages/kinds";
import type * as z from "zod/mini";
import { refuse } from "../../kernel/refuse.ts";
import type { Glimpse } from "./deps.ts";
import type { MessageRow, Place } from "./store.ts";

export type Message = z.output<Contract["messages"]["inbox"]["output"]>["items"][number];

export const wordsOf = ({ words }: Pick<MessageRow, "words">): Record<string, string> =>
  JSON.parse(words) as Record<string, string>;

/** `gone`: by post, the case that is read instead of the caller's own deleted words; `glimpses`: by case. */
type Around = {
  names: ReadonlyMap<RegionCode, string>;
  gone: ReadonlyMap<string, string>;
  glimpses: ReadonlyMap<string, Glimpse>;
};

export const onWire = (row: MessageRow, { names, gone, glimpses }: Around): Message => ({
  id: row.id,
  kind: row.kind,
  ...inboxWords({ kind: row.kind, count: row.count, words: { ...glimpses.get(row.about), ...wordsOf(row) } }),
  place: names.get(row.region) ?? "",
  count: row.count,
  at: row.at,
  read: row.readAt !== null,
  about: aboutOf(row, gone),
});

function aboutOf({ page, about }: MessageRow, gone: Around["gone"]): Message["about"] {
  const file = page === "post" ? gone.get(about) : undefined;
  return file === undefined ? { page, id: about } : { page: "case", id: file };
}

export const cursorOf = ({ at, id }: Place): string => `${at}.${id}`;

/** CURSOR_BAD for one that we did not make. */
export function placeOf(cursor: string | undefined): Place | null {
  if (cursor === undefined) return null;
  const [, at, id] = /^(\d{12,14})\.([0-9A-Z]{26})$/.exec(cursor) ?? [];
  if (at === undefined || id === undefined) throw refuse("CURSOR_BAD");
  return { at: Number(at), id };
}
