import type { noticeCard, notice as noticeShape } from "@weimenhu/contract/notices";
import { noticeCategories } from "@weimenhu/domain/notices/category";
import type * as z from "zod/mini";
import type { About, Column } from "./meta.ts";
import { minuteOf } from "./time.ts";
import type { Answers, PageName, Query, Views } from "./views.ts";

export type Notice = z.output<typeof noticeShape>;
type Card = z.output<typeof noticeCard>;
type Told = { about: About; canonical: string; withdrawn: boolean };
type Given = { views: Views; page: PageName; query: Query; answers: Answers; title: string; publicUrl: string };

/** What the head says of a page that was drawn from these answers. */
export function aboutOf({ views, page, query, answers, title, publicUrl }: Given): Told {
  const said = <T>(procedure: string): T | undefined => {
    const asked = views.asksFor(page, query).find((ask) => ask.procedure === procedure);
    return asked && (answers[asked.name] as T);
  };
  const notice = page === "notice" ? said<Notice>("notices.get") : undefined;
  if (notice) return ofNotice(notice, publicUrl);
  if (page === "home") {
    const description = `${title}：通知公告、停水停电、办事提醒、政策解读，村里的事在手机上看。`;
    return { about: { description }, canonical: `${publicUrl}/`, withdrawn: false };
  }
  const first = said<{ items: Card[] }>("notices.list")?.items.slice(0, 3) ?? [];
  const column = columnOf(title, first);
  const asked = new URLSearchParams({ region: query.region ?? query.place ?? "all" });
  if (query.category !== undefined) asked.set("category", query.category);
  return {
    about: { description: column.description, column },
    canonical: `${publicUrl}/notices?${asked}`,
    withdrawn: false,
  };
}

const columnOf = (name: string, latest: readonly Card[]): Column => ({
  name,
  description: [`${name}：最新的通知、公告和办事提醒`, ...latest.map(({ title }) => title)].join("；"),
  keywords: [name, ...Object.values(noticeCategories)].join(","),
});

function ofNotice(notice: Notice, publicUrl: string): Told {
  const canonical = `${publicUrl}/notice?id=${notice.id}`;
  const article = {
    title: notice.title,
    published: minuteOf(notice.publishedAt),
    source: notice.source?.name ?? notice.regionName,
    url: canonical,
    keywords: [notice.regionName, noticeCategories[notice.category]].join(","),
    image: notice.cover === null ? null : new URL(notice.cover, publicUrl).href,
  };
  const description = notice.withdrawn ? "这条公告已经撤回" : notice.summary || notice.title;
  const column = columnOf(`${notice.regionName}公告`, []);
  return { about: { description, column, article }, canonical, withdrawn: notice.withdrawn !== null };
}
