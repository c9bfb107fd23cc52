import { escapeHtml } from "./escape.ts";

/** What the site says of itself in every page's head. */
export type Site = { name: string; domain: string; idCode: string };

/** A column (栏目) or an article, as the government's page tags want it told. `published` is `YYYY-MM-DD HH:MM`. */
export type About =
  | { kind: "home"; title: string; description: string }
  | { kind: "column"; title: string; description: string; keywords: string; type: string }
  | {
      kind: "article";
      title: string;
      description: string;
      column: string;
      published: string;
      source: string;
      url: string;
    };

const meta = (name: string, content: string): string => `<meta name="${name}" content="${escapeHtml(content)}">`;

/** The site tags on every page, the column tags on lists and articles, the article tags on articles (政府网站 page tag rules). */
export function metaTags(site: Site, about: About): string {
  const tags = [
    ["SiteName", site.name],
    ["SiteDomain", site.domain],
    ["SiteIDCode", site.idCode],
  ];
  if (about.kind === "column")
    tags.push(
      ["ColumnName", about.title],
      ["ColumnDescription", about.description],
      ["ColumnKeywords", about.keywords],
      ["ColumnType", about.type],
    );
  if (about.kind === "article")
    tags.push(
      ["ColumnName", about.column],
      ["ColumnType", "公告"],
      ["ArticleTitle", about.title],
      ["PubDate", about.published],
      ["ContentSource", about.source],
      ["Url", about.url],
    );
  tags.push(["description", about.description]);
  return tags.map(([name = "", content = ""]) => meta(name, content)).join("\n");
}
