import type { Contract } from "@weimenhu/contract";
import type { Body } from "@weimenhu/domain/body";
import { allowedMoves, mayEdit, type NoticeAsk, type NoticeMove } from "@weimenhu/domain/notices/state";
import { hasPermission } from "@weimenhu/domain/permissions";
import type * as z from "zod/mini";
import type { Sign } from "../../foundation/media/index.ts";
import { regionNames } from "../../foundation/regions/index.ts";
import { signedIn } from "../../kernel/caller.ts";
import type { Db } from "../../kernel/db.ts";
import type { Ctx } from "../../kernel/rpc.ts";
import type { NoticeRow, VersionRow } from "./store.ts";
import { mapPictures, readAttachments, readBody, shownBody } from "./view.ts";

export { readAttachments, readBody } from "./view.ts";

type Card = z.output<Contract["notices"]["desk"]["output"]>["items"][number];
export type DeskNotice = z.output<Contract["notices"]["deskGet"]["output"]>;
/** How staff (and portals) are called, by id. */
export type Names = (db: Db, ids: readonly string[]) => Promise<Map<string, string>>;

export const nameOf = (names: ReadonlyMap<string, string>, id: string): string => names.get(id) ?? "（已注销）";

/** What the rules want to know of the one who asks. */
export function askOf(ctx: Ctx, row: NoticeRow): NoticeAsk {
  const { personId } = signedIn(ctx);
  const { state, author, alsoWrote, reviewer, region } = row;
  const isPublic = row.publicVersion !== null;
  return {
    state,
    author,
    alsoWrote,
    reviewer,
    person: personId,
    isPublic,
    pinned: row.pinned === 1,
    holds: (permission) => hasPermission(ctx.caller, permission, region),
  };
}

/** What a portal brought in is changed there, not here. */
export const isOpenTo = (row: NoticeRow, move: NoticeMove): boolean => row.origin === "written" || move !== "revise";

function mayOf(ctx: Ctx, row: NoticeRow): Card["may"] {
  const ask = askOf(ctx, row);
  const moves = allowedMoves(ask).filter((move) => isOpenTo(row, move));
  return mayEdit(ask) ? [...moves, "edit"] : moves;
}

export async function deskCards(names: Names, ctx: Ctx, rows: readonly NoticeRow[]): Promise<Card[]> {
  const [people, places] = await Promise.all([
    names(
      ctx.db,
      rows.flatMap((row) => [row.author, ...(row.reviewer === null ? [] : [row.reviewer])]),
    ),
    regionNames(
      ctx.db,
      rows.map((row) => row.region),
    ),
  ]);
  return rows.map((row) => ({
    id: row.id,
    title: row.title,
    category: row.category,
    region: row.region,
    regionName: places.get(row.region) ?? "",
    state: row.state,
    reach: row.reach,
    version: row.version,
    publicVersion: row.publicVersion,
    pinned: row.pinned === 1,
    author: nameOf(people, row.author),
    reviewer: row.reviewer === null ? null : nameOf(people, row.reviewer),
    note: row.note,
    scheduledAt: row.scheduledAt,
    publishedAt: row.publishedAt,
    changedAt: row.changedAt,
    may: mayOf(ctx, row),
  }));
}

export async function deskNotice(names: Names, ctx: Ctx, row: NoticeRow, text: VersionRow): Promise<DeskNotice> {
  const [card] = await deskCards(names, ctx, [row]);
  if (!card) throw new Error("a card for each row");
  return { ...card, body: shownBody(readBody(text.body)), attachments: readAttachments(text.attachments) };
}

/** Of a text that the public has not seen, the files too are there only for those who work on it. */
export const draftAddresses =
  (sign: Sign) =>
  async <T extends { body: Body; attachments: { url: string }[] }>({ clock }: Ctx, text: Promise<T>): Promise<T> => {
    const shown = await text;
    const address = (url: string) => sign(url, clock.now(), "draft");
    return {
      ...shown,
      body: mapPictures(shown.body, address),
      attachments: shown.attachments.map((file) => ({ ...file, url: address(file.url) })),
    };
  };
