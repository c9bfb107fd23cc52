import { parseFeed } from "feedsmith";
import { OutsideFault } from "../fault.ts";
import { healthOf } from "../parse.ts";
import type { Dial, FeedKind, Portal, PortalItem } from "../ports.ts";
import { fetchFeed, SYSTEM } from "./feed.client.ts";
import { absolute, isInside } from "./link.ts";
import { tooMuch } from "./measure.ts";
import { timeOf } from "./time.ts";

export type PortalSettings = {
  dial: Dial;
  /** A feed to read for the health page; without it nothing is asked. */
  probe?: string;
};

/** An entry of any of the formats, its links not yet judged. */
type Entry = {
  guid: string | undefined;
  title: string | undefined;
  link: string | undefined;
  published: string | undefined;
  updated: string | undefined;
  html: string | undefined;
  categories: (string | undefined)[];
  enclosures: { url: string | undefined; type?: string | undefined; bytes?: number | undefined }[];
};
/** Dates stay as text: publishers write them in ways that only `timeOf` knows. */
type Document = ReturnType<typeof parseFeed<string>>;
type Parsed = { title: string | undefined; home: string | undefined; entries: Entry[] };

/** Publishers of feeds: RSS 2.0 (RSS 1.0 too), Atom, JSON Feed. */
export function portal({ dial, probe }: PortalSettings): Portal {
  return {
    async read(question) {
      const document = await fetchFeed(dial, question);
      if (!document) return { state: "same" };
      const { title, home, entries } = parse(document.text, question.kind);
      const base = absolute(home, document.url) ?? document.url;
      const items = new Map<string, PortalItem>();
      for (const entry of entries) {
        const item = itemOf(entry, document.url, isInside(base, document.url) ? document.url : base);
        if (item && !items.has(item.guid)) items.set(item.guid, item);
      }
      const { etag, lastModified } = document;
      return {
        state: "fresh",
        ...(etag ? { etag } : {}),
        ...(lastModified ? { lastModified } : {}),
        title: plainTitle(title) || new URL(document.url).hostname,
        items: [...items.values()],
        dropped: entries.length - items.size,
      };
    },
    check: () => (probe ? healthOf(() => fetchFeed(dial, { url: probe })) : Promise.resolve({ ok: true })),
  };
}

function parse(text: string, wanted: FeedKind | undefined): Parsed {
  const bad = (detail: string) => new OutsideFault(SYSTEM, "bad-answer", { detail });
  const why = tooMuch(text);
  if (why) throw new OutsideFault(SYSTEM, "too-large", { detail: why });
  let read: Document;
  try {
    read = parseFeed(text);
  } catch {
    // Its messages quote the document.
    throw bad("not a feed");
  }
  const kind = read.format === "rdf" ? "rss" : read.format;
  if (wanted && wanted !== kind) throw bad(`a feed of kind ${kind}, not ${wanted}`);
  if (read.format === "rss") return fromRss(read.feed);
  if (read.format === "rdf") return fromRdf(read.feed);
  return read.format === "atom" ? fromAtom(read.feed) : fromJson(read.feed);
}

type Read<F extends Document["format"]> = Extract<Document, { format: F }>["feed"];

const fromRss = (feed: Read<"rss">): Parsed => ({
  title: feed.title,
  home: feed.link,
  entries: (feed.items ?? []).map((item) => ({
    guid: item.guid?.value,
    title: item.title,
    link: item.link ?? (item.guid?.isPermaLink === false ? undefined : item.guid?.value),
    published: item.pubDate ?? item.dc?.dates?.[0],
    updated: item.atom?.updated ?? item.dcterms?.modified?.[0],
    html: item.content?.encoded ?? item.description,
    categories: (item.categories ?? []).map(({ name }) => name),
    enclosures: (item.enclosures ?? []).map(({ url, type, length }) => ({ url, type, bytes: length })),
  })),
});

const fromRdf = (feed: Read<"rdf">): Parsed => ({
  title: feed.title,
  home: feed.link,
  entries: (feed.items ?? []).map((item) => ({
    guid: item.rdf?.about,
    title: item.title,
    link: item.link,
    published: item.dc?.dates?.[0],
    updated: undefined,
    html: item.content?.encoded ?? item.description,
    categories: item.dc?.subjects ?? [],
    enclosures: [],
  })),
});

const fromAtom = (feed: Read<"atom">): Parsed => {
  const alternate = (links: { href?: string; rel?: string }[] | undefined) =>
    links?.find(({ rel }) => !rel || rel === "alternate")?.href;
  return {
    title: feed.title?.value,
    home: alternate(feed.links),
    entries: (feed.entries ?? []).map((entry) => ({
      guid: entry.id,
      title: entry.title?.value,
      link: alternate(entry.links),
      published: entry.published ?? entry.updated,
      updated: entry.updated,
      html: bodyOf(entry.content) ?? bodyOf(entry.summary),
      categories: (entry.categories ?? []).map(({ label, term }) => label ?? term),
      enclosures: (entry.links ?? [])
        .filter(({ rel }) => rel === "enclosure")
        .map(({ href, type, length }) => ({ url: href, type, bytes: length })),
    })),
  };
};

const fromJson = (feed: Read<"json">): Parsed => ({
  title: feed.title,
  home: feed.home_page_url,
  entries: (feed.items ?? []).map((item) => ({
    guid: item.id,
    title: item.title,
    link: item.url ?? item.external_url,
    published: item.date_published,
    updated: item.date_modified,
    html: item.content_html ?? (item.content_text === undefined ? undefined : asHtml(item.content_text)),
    categories: item.tags ?? [],
    enclosures: (item.attachments ?? []).map((file) => ({
      url: file.url,
      type: file.mime_type,
      bytes: file.size_in_bytes,
    })),
  })),
});

/** Atom says by `type` whether a text is markup; text that is not must not turn into it. */
const bodyOf = (text: { value?: string; type?: string } | undefined): string | undefined =>
  text?.value === undefined
    ? undefined
    : text.type === "html" || text.type === "xhtml"
      ? text.value
      : asHtml(text.value);

const asHtml = (text: string): string =>
  text.replace(/[&<>]/g, (letter) => `&#${letter.codePointAt(0)};`).replace(/\r?\n/g, "<br>");

/** A title is one line of text; publishers put markup and entities into it. */
const plainTitle = (title: string | undefined): string =>
  (title ?? "")
    .replace(/<\/?[a-z][^>]*>/gi, "")
    .replace(/&(?:nbsp|#160);/g, " ")
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim()
    .slice(0, 300);

/** All that tells an entry apart that has neither an id nor a link of its own. */
const wordsOf = ({ title = "", published = "", html = "" }: Entry): string => `${published} ${title || html}`.trim();

function itemOf(entry: Entry, feedUrl: string, home: string): PortalItem | undefined {
  const link = absolute(entry.link, feedUrl);
  const title = plainTitle(entry.title);
  const html = entry.html ?? "";
  if (!title && !html.trim()) return undefined;
  const id = entry.guid?.trim();
  const own = link && link !== home && link !== feedUrl ? link : undefined;
  // A link that leads into somebody's own network is never shown as the source.
  const open = link && !isInside(link, feedUrl) ? link : undefined;
  const published = timeOf(entry.published);
  const updated = timeOf(entry.updated);
  return {
    guid: (id || own || wordsOf(entry)).slice(0, 1_000),
    ...(!id && own && own === open ? { byLink: true } : {}),
    title,
    url: open ?? home,
    ...(published === undefined ? {} : { publishedAt: published }),
    ...(updated === undefined ? {} : { updatedAt: updated }),
    html,
    categories: [...new Set(entry.categories.map((name) => (name ?? "").trim()).filter((name) => name !== ""))].slice(
      0,
      20,
    ),
    enclosures: entry.enclosures.flatMap(({ url, type, bytes }) => {
      const target = absolute(url, feedUrl);
      if (!target || isInside(target, feedUrl)) return [];
      return [{ url: target, ...(type ? { type } : {}), ...(bytes === undefined ? {} : { bytes }) }];
    }),
  };
}
