import type { Contract } from "@weimenhu/contract";
import type { noticeCard as cardShape } from "@weimenhu/contract/notices";
import type { Block, Body } from "@weimenhu/domain/body";
import type * as z from "zod/mini";
import { pictureAt } from "../../foundation/media/index.ts";
import type { CardRow, FullRow } from "./store.public.ts";

type Card = z.output<typeof cardShape>;
type Full = z.output<Contract["notices"]["get"]["output"]>;
export type Attachment = { id: string; name: string; url: string; bytes: number; kind: string };

export const noticeCard = (row: CardRow): Card => ({
  id: row.id,
  title: row.title,
  summary: row.summary,
  category: row.category,
  region: row.region,
  regionName: row.regionName ?? "",
  publishedAt: row.publishedAt,
  pinned: row.pinned === 1,
  cover: row.cover,
  source: row.portalName === null ? null : source(row, row.portalName),
});

const source = (row: CardRow, name: string): NonNullable<Card["source"]> => ({
  name,
  url: row.url ?? "",
  seenAt: row.freshAt ?? row.publishedAt,
  stale: row.stale === 1,
});

/** Of a withdrawn notice the title and the reason are shown, and nothing of what it said. */
export function notice(row: FullRow): Full {
  const { version, updatedAt } = row;
  if (row.shelf > 0) {
    const body = shownBody(readBody(row.body));
    return {
      ...noticeCard(row),
      body,
      attachments: readAttachments(row.attachments),
      version,
      updatedAt,
      withdrawn: null,
    };
  }
  const withdrawn = { at: row.withdrawnAt ?? updatedAt, reason: row.withdrawnReason ?? "" };
  const card = { ...noticeCard(row), summary: "", cover: null, pinned: false };
  return { ...card, body: [], attachments: [], version, updatedAt, withdrawn };
}

export const readBody = (json: string): Body => JSON.parse(json) as Body;
export const readAttachments = (json: string): Attachment[] => JSON.parse(json) as Attachment[];

/** Pictures of other sites are never shown from there: a portal's picture appears once it lies in our own store. */
export function shownBody(body: Body): Body {
  return mapPictures(body, (src) => (pictureAt(src) ? src : null));
}

/** The body with every picture's address exchanged, or left out where there is none. */
export function mapPictures(body: Body, address: (src: string) => string | Replaced | null): Body {
  return body.flatMap((block): Block[] => {
    switch (block.t) {
      case "img": {
        const found = address(block.src);
        if (found === null) return [];
        return [typeof found === "string" ? { ...block, src: found } : { ...block, ...found }];
      }
      case "quote":
        return [{ ...block, c: mapPictures(block.c, address) }];
      case "ul":
      case "ol":
        return [{ ...block, items: block.items.map((item) => mapPictures(item, address)) }];
      default:
        return [block];
    }
  });
}
export type Replaced = { src: string; w?: number; h?: number };
