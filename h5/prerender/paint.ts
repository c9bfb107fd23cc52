import { pageHeaders } from "../serve/headers.ts";
import { aboutOf } from "./about.ts";
import { type Ask, answersFor } from "./answers.ts";
import type { Build } from "./build.ts";
import { documentOf, waitingHtml } from "./document.ts";
import { type Hints, hintsOf, queryOf } from "./hints.ts";
import { keeper } from "./kept.ts";
import { leavingFor, overLeaving } from "./links.ts";
import { type About, metaTags, type Site } from "./meta.ts";
import { type Page, pageOf } from "./page.ts";
import { sitemapOf } from "./sitemap.ts";
import type { AppPage, Drawn, PageName, Query, Views } from "./views.ts";

export type Painter = {
  /** The page of an address; `moved` for one that has another form. */
  page(target: string, cookies: string): Promise<Page | { moved: string }>;
  /** Instead of a page when the answers could not be had: the app, which shows what it has kept. */
  fault(target: string, cookies: string): Page;
  sitemap(): Promise<string>;
};
export type PainterDeps = {
  site: Site;
  publicUrl: string;
  now: () => number;
  /** Public queries of the API, asked from inside: `ask("notices.list", {})`. */
  ask: Ask;
};
type Deps = PainterDeps & { build: Build; views: Views; boot: string; secure: boolean };
type Plan = { name: PageName; from: readonly (keyof Query)[]; more?: true };

/** Pages whose content the server writes itself, and what of their address and cookies counts. */
const plans: Record<string, Plan> = {
  "/": { name: "home", from: [] },
  "/notices": { name: "notices", from: ["region", "category"] },
  "/notices/more": { name: "notices", from: ["region", "category", "cursor"], more: true },
  "/notice": { name: "notice", from: ["id"] },
};

/** A page is made once for everybody who asks for the same within a second. */
const [keptMs, keptMost, mapMs] = [1000, 400, 600_000];

export function painter({ views, build, boot, site, publicUrl, secure, now, ask }: Deps): Painter {
  const socket = new URL(publicUrl).origin.replace(/^http/, "ws");
  const kept = keeper<Page>(keptMs, keptMost);
  const maps = keeper<string>(mapMs, 1);
  const pages = new Map(views.pages.map((page) => [page.path, page]));

  type Made = {
    status: number;
    drawn: Drawn;
    about: About;
    canonical?: string;
    app?: Parameters<typeof documentOf>[0]["app"];
  };
  const whole = ({ status, drawn, about, canonical, app }: Made): Page => {
    const title = drawn.title === site.name ? site.name : `${drawn.title} - ${site.name}`;
    const tags = metaTags(site, about);
    const indexed = status === 200 && canonical !== undefined;
    const { html, styleHashes } = documentOf({ ...drawn, title, tags, canonical, indexed, app });
    return pageOf(status, html, pageHeaders(styleHashes, secure, socket), app?.first ? `{"at":${app.first.at},` : "");
  };
  const appOf = (file: string) => ({ build, boot, chunks: build.chunksOf(file) });

  async function content({ name, from, more }: Plan, search: URLSearchParams, { skin, place }: Hints): Promise<Page> {
    const asked = queryOf(search, from);
    const placed = name === "home" || (name === "notices" && asked.region === undefined);
    const wanted = placed && place !== undefined ? { ...asked, place } : asked;
    return kept(JSON.stringify([name, wanted, more, skin]), async () => {
      const at = now();
      const found = await answersFor(ask, views, name, wanted);
      if (!found) return missing(name === "notice" ? "没有找到这条公告" : "没有找到这一页", skin);
      const { query, answers } = found;
      const drawn = views.render(name, query, answers, skin, at);
      const { about, canonical, withdrawn } = aboutOf({
        views,
        page: name,
        query,
        answers,
        title: drawn.title,
        publicUrl,
      });
      const html = overLeaving(drawn.html, publicUrl);
      const status = withdrawn ? 410 : 200;
      // Later pages of a list are for reading on without scripts: the app would begin at its start.
      if (more) return whole({ status, drawn: { ...drawn, html }, about });
      const app = { ...appOf(fileOf(name)), first: { at, answers } };
      return whole({ status, drawn: { ...drawn, html }, about, canonical, app });
    });
  }
  const fileOf = (name: PageName) => pages.get(pathOf[name])?.file ?? "";

  function missing(words: string, skin: Hints["skin"]): Page {
    const links = [...ways, { href: "/search", words: "搜公告" }];
    const drawn = views.told({ title: "没有找到", words: `${words}，可能已经删除，或者网址不对`, skin, links });
    return whole({ status: 404, drawn, about: { description: words } });
  }

  function shell(page: AppPage, { skin }: Hints, status = 200, places: readonly Way[] = []): Page {
    const title = page.title || site.name;
    const waiting = views.waiting({ title, tab: page.tab, skin });
    const words = "这一页要用浏览器的脚本功能（JavaScript）才能办理，请打开后再试；公告不用脚本也能看。";
    const said = views.told({ title, tab: page.tab, skin, words, links: [...ways, ...places] });
    const html = waitingHtml(waiting.html, said.html);
    const drawn = { title, html, css: said.css };
    return whole({ status, drawn, about: { description: `${site.name}：${title}` }, app: appOf(page.file) });
  }
  const unnamed: AppPage = { path: "/shell", file: "", title: "", tab: null };

  async function places(): Promise<Way[]> {
    const { nodes } = (await ask("regions.tree", {})) as { nodes: { code: string; name: string }[] };
    return nodes.map(({ code, name }) => ({ href: `/notices?region=${code}`, words: `${name}的公告` }));
  }

  function leave(search: URLSearchParams, { skin }: Hints): Page {
    const href = leavingFor(search.get("to"));
    if (href === null) return missing("没有找到要打开的网址", skin);
    return whole({ status: 200, drawn: views.leaving(href, skin), about: { description: "即将离开本站" } });
  }

  async function page(target: string, cookies: string): Promise<Page | { moved: string }> {
    const [path, search] = parted(target);
    const hints = hintsOf(cookies);
    const plan = Object.hasOwn(plans, path) ? plans[path] : undefined;
    if (plan) return content(plan, search, hints);
    if (path === "/leave") return leave(search, hints);
    const known = path === unnamed.path ? unnamed : pages.get(path);
    const named = path === "/villages" ? await places() : [];
    if (known) return kept(JSON.stringify(["shell", path, hints.skin]), async () => shell(known, hints, 200, named));
    // Only to an address of our own: `//elsewhere/` must not lead elsewhere.
    const trimmed = path.replace(/\/$/, "");
    if (pages.has(trimmed)) return { moved: `${trimmed}${search.size > 0 ? `?${search}` : ""}` };
    return missing("没有找到这一页", hints.skin);
  }

  return {
    page,
    fault: (target, cookies) => shell(pages.get(parted(target)[0]) ?? unnamed, hintsOf(cookies), 503),
    sitemap: () => maps("", () => sitemapOf(ask, publicUrl)),
  };
}

type Way = { href: string; words: string };
const ways: Way[] = [
  { href: "/", words: "回首页" },
  { href: "/notices?region=all", words: "看全县公告" },
];
const pathOf: Record<PageName, string> = { home: "/", notices: "/notices", notice: "/notice" };

function parted(target: string): [string, URLSearchParams] {
  const at = target.indexOf("?");
  return at < 0 ? [target, new URLSearchParams()] : [target.slice(0, at), new URLSearchParams(target.slice(at + 1))];
}
