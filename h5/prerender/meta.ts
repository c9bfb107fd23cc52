import { escapeHtml } from "./escape.ts";

/** What the site says of itself in every page's head. */
export type Site = { name: string; domain: string; idCode: string };

/** A column (栏目): a list, or the list that an article stands in. */
export type Column = { name: string; description: string; keywords: string };

/** An article; `published` is `YYYY-MM-DD HH:MM`. */
export type Article = {
  title: string;
  published: string;
  source: string;
  url: string;
  keywords: string;
  image: string | null;
};

/** What a page is, as the government's page tags want it told. */
export type About = { description: string; column?: Column; article?: Article };

const meta = (name: string, content: string): string => `<meta name="${name}" content="${escapeHtml(content)}">`;

/** The site tags on every page, the column tags on lists and articles, the article tags on articles (政府网站页面标签). */
export function metaTags(site: Site, { description, column, article }: About): string {
  const tags: [string, string][] = [
    ["SiteName", site.name],
    ["SiteDomain", site.domain],
    ["SiteIDCode", site.idCode],
  ];
  if (column)
    tags.push(
      ["ColumnName", column.name],
      ["ColumnDescription", column.description],
      ["ColumnKeywords", column.keywords],
      ["ColumnType", "通知公告"],
    );
  if (article)
    tags.push(
      ["ArticleTitle", article.title],
      ["PubDate", article.published],
      ["ContentSource", article.source],
      ["Keywords", article.keywords],
      ["Url", article.url],
      ...(article.image === null ? [] : [["Image", article.image] satisfies [string, string]]),
    );
  tags.push(["description", description]);
  return tags.map(([name, content]) => meta(name, content)).join("\n");
}
