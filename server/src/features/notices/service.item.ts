import type { PortalItem } from "@weimenhu/connectors/ports";
import { type Body, bodyFault, isCut, summaryOf } from "@weimenhu/domain/body";
import { sha256 } from "../../kernel/digest.ts";

/** Published HTML → a body that is fit to be stored; see the connector. */
export type ToBody = (html: string, baseUrl: string) => Body;

/** One item of a reading in our form. */
export type Item = {
  guidHash: string;
  urlHash: string;
  /** It has no id and is known by its address. */
  byLink: boolean;
  url: string;
  title: string;
  body: Body;
  /** Too long to be kept whole: the body is the beginning. */
  cut: boolean;
  digest: string;
  publishedAt: number | null;
  /** Dated in the future, a mistake of the publisher: `publishedAt` is now. */
  early: boolean;
  updatedAt: number;
};

const longestTitle = 100;
const wordsForTitle = 40;

const cleanLine = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Cf}]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim();

/** Null for an item without a word. One without a title is called by its first words. */
export function itemOf(toBody: ToBody, raw: PortalItem, now: number): Item | null {
  if (raw.url.length > 2000) return null;
  const text = toBody(raw.html, raw.url);
  const body = withEnclosures(text, raw.enclosures);
  const title = [...(cleanLine(raw.title) || cleanLine(summaryOf(body, wordsForTitle)))]
    .slice(0, longestTitle)
    .join("");
  if (title === "") return null;
  const publishedAt = raw.publishedAt === undefined ? null : Math.min(raw.publishedAt, now);
  return {
    guidHash: sha256(raw.guid),
    urlHash: sha256(raw.url),
    byLink: raw.byLink === true,
    url: raw.url,
    title,
    body,
    cut: isCut(text),
    digest: sha256(JSON.stringify([title, raw.url, body])),
    publishedAt,
    early: raw.publishedAt !== undefined && raw.publishedAt > now,
    updatedAt: Math.min(raw.updatedAt ?? now, now),
  };
}

/** Files and pictures that the item names beside its text. */
function withEnclosures(body: Body, enclosures: PortalItem["enclosures"]): Body {
  const known = JSON.stringify(body);
  const more = enclosures.slice(0, 20).filter(({ url }) => !known.includes(JSON.stringify(url)));
  const blocks = more.map(({ url, type = "" }): Body[number] =>
    type.startsWith("image/")
      ? { t: "img", src: url, alt: "" }
      : { t: "p", c: [{ t: "a", href: url, v: `附件：${fileOf(url)}` }] },
  );
  const whole = [...body, ...blocks];
  return bodyFault(whole) === null ? whole : body;
}

function fileOf(url: string): string {
  const last = new URL(url).pathname.split("/").at(-1) ?? "";
  try {
    return decodeURIComponent(last) || "下载";
  } catch {
    // Not every publisher encodes in UTF-8; the name is for reading only.
    return last;
  }
}
