import { OutsideFault } from "../fault.ts";
import type { Dial, PortalQuestion } from "../ports.ts";
import { decode } from "./charset.ts";

export const SYSTEM = "portal";
/** Of the whole feed: one article with its pictures written into it must not keep the others out. */
const MAX_BYTES = 32 * 1024 * 1024;
const ACCEPT =
  "application/feed+json, application/atom+xml, application/rss+xml, application/json;q=0.9, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1";

export type FeedDocument = { text: string; url: string; etag?: string; lastModified?: string };

/** Fetches a feed as a conditional GET from public addresses only. `undefined`: not changed. */
export async function fetchFeed(
  dial: Dial,
  { url, etag, lastModified }: PortalQuestion,
): Promise<FeedDocument | undefined> {
  const answer = await dial({
    url,
    headers: {
      accept: ACCEPT,
      ...(etag ? { "if-none-match": etag } : {}),
      ...(lastModified ? { "if-modified-since": lastModified } : {}),
    },
    publicOnly: true,
    maxRedirects: 5,
    maxBytes: MAX_BYTES,
  });
  if (answer.status === 304) return undefined;
  const bad = (detail: string) => new OutsideFault(SYSTEM, "bad-answer", { detail, status: answer.status });
  if (answer.status !== 200) throw bad(`status ${answer.status}`);
  const text = decode(answer.body, answer.headers["content-type"] ?? "");
  if (text === undefined) throw bad("charset");
  const { etag: tag, "last-modified": modified } = answer.headers;
  return { text, url: answer.url, ...(tag ? { etag: tag } : {}), ...(modified ? { lastModified: modified } : {}) };
}
