import { type ChannelName, channels, type Notice } from "./notices.ts";

const escape = (text: string) => text.replace(/[&<>"]/g, (letter) => `&#${letter.codePointAt(0)};`);
const cdata = (html: string) => `<![CDATA[${html.replaceAll("]]>", "]]]]><![CDATA[>")}]]>`;
const iso = (ms: number) => new Date(ms).toISOString();

/** The page of a notice. Ids hold slashes and colons, so the last number names the page. */
export const pathOf = (channel: ChannelName, id: string) =>
  `/notices/${channel}/${encodeURIComponent(id.split(/[-/]/).at(-1) ?? id)}.html`;

type Feed = { channel: ChannelName; url: string; items: readonly Notice[]; encoding?: string };
const xml = (encoding = "UTF-8") => `<?xml version="1.0" encoding="${encoding}"?>\n`;

function rss({ channel, url, items, encoding }: Feed): string {
  const entries = items.map(
    (item) => `<item><title>${escape(item.title)}</title><link>${url}${pathOf(channel, item.id)}</link>
<guid isPermaLink="false">${escape(item.id)}</guid><pubDate>${new Date(item.published).toUTCString()}</pubDate>
<atom:updated>${iso(item.updated)}</atom:updated><category>${escape(item.category)}</category>
<description>${escape(
      item.html
        .replace(/<[^>]+>/g, "")
        .trim()
        .slice(0, 60),
    )}</description>
<content:encoded>${cdata(item.html)}</content:encoded>${
      item.file ? `<enclosure url="${url}${item.file}" type="application/pdf" length="600"/>` : ""
    }</item>`,
  );
  return `${xml(encoding)}<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
<title>${escape(channels[channel].title)}</title><link>${url}/</link><description>${escape(channels[channel].about)}</description>
<language>zh-CN</language>${entries.join("\n")}</channel></rss>`;
}

function atom({ channel, url, items, encoding }: Feed): string {
  const entries = items.map(
    (
      item,
    ) => `<entry><title>${escape(item.title)}</title><id>${escape(item.id)}</id><link rel="alternate" href="${pathOf(channel, item.id)}"/>
<published>${iso(item.published)}</published><updated>${iso(item.updated)}</updated><category term="${escape(item.category)}"/>
<content type="html">${escape(item.html)}</content>${
      item.file ? `<link rel="enclosure" href="${item.file}" type="application/pdf" length="600"/>` : ""
    }</entry>`,
  );
  const updated = Math.max(0, ...items.map((item) => item.updated));
  return `${xml(encoding)}<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN"><title>${escape(channels[channel].title)}</title>
<id>tag:portal.example,2026:farm</id><updated>${iso(updated)}</updated><link href="${url}/"/><link rel="self" href="${url}/feed/atom.xml"/>
<author><name>${escape(channels[channel].about)}</name></author>${entries.join("\n")}</feed>`;
}

function json({ channel, url, items }: Feed): string {
  return JSON.stringify({
    version: "https://jsonfeed.org/version/1.1",
    title: channels[channel].title,
    home_page_url: `${url}/`,
    feed_url: `${url}/feed/feed.json`,
    language: "zh-CN",
    items: items.map((item) => ({
      id: item.id,
      url: `${url}${pathOf(channel, item.id)}`,
      title: item.title,
      content_html: item.html,
      date_published: iso(item.published),
      date_modified: iso(item.updated),
      tags: [item.category],
      ...(item.file
        ? { attachments: [{ url: `${url}${item.file}`, mime_type: "application/pdf", size_in_bytes: 600 }] }
        : {}),
    })),
  });
}

export const render = { rss, atom, json } as const;
export const types: Readonly<Record<ChannelName, string>> = {
  rss: "application/rss+xml",
  atom: "application/atom+xml",
  json: "application/feed+json",
};
export const paths: Readonly<Record<ChannelName, string>> = {
  rss: "/feed/rss.xml",
  atom: "/feed/atom.xml",
  json: "/feed/feed.json",
};
