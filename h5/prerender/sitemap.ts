import type { Ask } from "./answers.ts";
import { escapeHtml } from "./escape.ts";
import { isoOf } from "./time.ts";

type Tree = { nodes: { code: string }[] };
type Cards = { items: { id: string; region: string; publishedAt: number }[]; next: string | null };
type Entry = { path: string; at?: number };

/** Notices a place, newest first; older ones are found through the lists. */
const pagesEach = 4;

/** Every list and the latest notices of every place, each once. */
export async function sitemapOf(ask: Ask, publicUrl: string): Promise<string> {
  const { nodes } = (await ask("regions.tree", {})) as Tree;
  const entries: Entry[] = [{ path: "/" }, { path: "/notices?region=all" }];
  for (const { code } of nodes) entries.push({ path: `/notices?region=${code}` }, ...(await noticesOf(ask, code)));
  const urls = entries.map(({ path, at }) => {
    const changed = at === undefined ? "" : `<lastmod>${isoOf(at)}</lastmod>`;
    return `<url><loc>${escapeHtml(`${publicUrl}${path}`)}</loc>${changed}</url>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${urls.join("\n")}
</urlset>
`;
}

/** A place's own: what reaches down from above is listed there. */
async function noticesOf(ask: Ask, code: string): Promise<Entry[]> {
  const entries: Entry[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < pagesEach; page += 1) {
    const input = { region: code, limit: 50, ...(cursor === null ? {} : { cursor }) };
    const { items, next } = (await ask("notices.list", input)) as Cards;
    for (const { id, region, publishedAt } of items)
      if (region === code) entries.push({ path: `/notice?id=${id}`, at: publishedAt });
    if (next === null) break;
    cursor = next;
  }
  return entries;
}
