import { View } from "@tarojs/components";
import type { ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { NoticeView } from "./features/notices/detail-view.tsx";
import { isKind, listInput, listTitle, NoticeListView } from "./features/notices/list-view.tsx";
import type { Answer } from "./hooks/use-ask.ts";
import type { Place } from "./place.ts";
import { type RouteName, type TabName, tabs, to } from "./platform/navigate.ts";
import routes from "./routes.json";
import { answerName } from "./rpc-names.ts";
import type { Skin } from "./session.ts";
import { todayOf } from "./tabs/home/today.ts";
import { HomeView, homeAsks, homeTiles } from "./tabs/home/view.tsx";
import { Button } from "./ui/button.tsx";
import { Card, Stack } from "./ui/card.tsx";
import { PageFrame } from "./ui/frame.tsx";
import { Empty, Skeleton } from "./ui/states.tsx";
import { Para } from "./ui/words.tsx";
import type { AskName, InputOf, OutputOf } from "./wire.ts";

/**
 * The three pages that the site's server writes into its first HTML, drawn by the very views of the app.
 * The server answers what `asksFor` names, gives the answers to `render`, and writes them into the page as
 * `<script type="application/json" id="first-answers">{"at": now, "answers": {…}}</script>`: the app then draws the same.
 */
export type PageName = "home" | "notices" | "notice";
/** Of the address (`region`, `category`, `id`, and `cursor` on the pages that go on) and of the cookie `place` (a village's code). */
export type Query = { region?: string; category?: string; id?: string; cursor?: string; place?: string };
export type OneAsk = { name: string; procedure: AskName; input: Record<string, unknown> };
export type Answers = Record<string, unknown>;
export type Drawn = { html: string; css: string; title: string };

const one = <N extends AskName>(procedure: N, input: InputOf<N>): OneAsk => ({
  name: answerName(procedure, input),
  procedure,
  input: { ...input },
});

const regionOf = ({ region, place }: Query) => (region === "all" ? undefined : (region ?? place));
const kindOf = ({ category }: Query) => (isKind(category) ? category : "all");
const pageInput = (query: Query) => ({
  ...listInput(regionOf(query), kindOf(query)),
  ...(query.cursor === undefined ? {} : { cursor: query.cursor }),
});

/** Where a list goes on for readers without scripts. */
function moreHref(query: Query, next: string | null): string | undefined {
  if (next === null) return undefined;
  const kind = kindOf(query);
  const asked = { region: regionOf(query) ?? "all", ...(kind === "all" ? {} : { category: kind }), cursor: next };
  return `${routes.notices.path}/more?${new URLSearchParams(asked)}`;
}

/** What must be answered before a page can be drawn; `name` is the key of its answer. */
export function asksFor(page: PageName, query: Query): OneAsk[] {
  const region = page === "home" ? query.place : regionOf(query);
  const place = region ? [one("regions.get", { code: region })] : [];
  switch (page) {
    case "home": {
      const village = query.place ? [one("notices.list", homeAsks.village(query.place))] : [];
      return [one("site.about", {}), one("notices.list", homeAsks.county), ...place, ...village];
    }
    case "notices":
      return [one("notices.list", pageInput(query)), ...place];
    case "notice":
      return [one("notices.get", { id: query.id ?? "" })];
  }
}

/** `now` in epoch milliseconds decides how dates are said. Throws when an answer is missing. */
export function render(page: PageName, query: Query, answers: Answers, skin: Skin, now: number): Drawn {
  const { title, element } = drawing[page]({ query, skin, now, answer: reader(answers), known: knower(now) });
  const html = renderToStaticMarkup(element);
  return { html, css: cssFor(html), title };
}

type Ask = <N extends AskName>(procedure: N, input: InputOf<N>) => OutputOf<N>;
type Known = <T>(data: T) => Answer<T>;
type Given = { query: Query; skin: Skin; now: number; answer: Ask; known: Known };

/** The server answered these by the contract's own procedures. */
function reader(answers: Answers): Ask {
  return <N extends AskName>(procedure: N, input: InputOf<N>) => {
    const name = answerName(procedure, input);
    if (!(name in answers)) throw new Error(`no answer for ${name}`);
    return answers[name] as OutputOf<N>;
  };
}

const knower =
  (at: number): Known =>
  (data) => ({ state: "ready", data, at, stale: false, busy: false, fault: null, retry: () => undefined });

const drawing: Record<PageName, (given: Given) => { title: string; element: ReactElement }> = {
  home({ query, skin, now, answer, known }) {
    const about = answer("site.about", {});
    const code = query.place;
    const place: Place | null = code ? { code, name: answer("regions.get", { code }).name } : null;
    return {
      title: about.name,
      element: (
        <PageFrame skin={skin} title={about.name} tab="home" ownHeading offline={null}>
          <HomeView
            skin={skin}
            place={place}
            county={about.county.name}
            about={about}
            today={todayOf(null, place, [])}
            tiles={homeTiles}
            village={code ? known(answer("notices.list", homeAsks.village(code))) : null}
            countyNotices={known(answer("notices.list", homeAsks.county))}
            now={now}
          />
        </PageFrame>
      ),
    };
  },
  notices({ query, skin, now, answer, known }) {
    const code = regionOf(query);
    const title = listTitle(code ? answer("regions.get", { code }).name : null);
    const kind = kindOf(query);
    const list = answer("notices.list", pageInput(query));
    return {
      title,
      element: (
        <PageFrame skin={skin} title={title} tab={null} ownHeading={false} offline={null}>
          <NoticeListView
            kind={kind}
            lead={kind}
            elder={skin !== 0}
            first={known(list)}
            items={list.items}
            more={list.next === null ? "end" : "some"}
            moreHref={moreHref(query, list.next)}
            now={now}
          />
        </PageFrame>
      ),
    };
  },
  notice({ query, skin, now, answer }) {
    const notice = answer("notices.get", { id: query.id ?? "" });
    return {
      title: notice.title,
      element: (
        <PageFrame skin={skin} title="公告" tab={null} ownHeading offline={null}>
          <NoticeView notice={notice} now={now} />
        </PageFrame>
      ),
    };
  },
};

/** `navigationBarTitleText` of every page, by its file. */
declare const TITLES: Record<string, string>;
const isTab = (name: string): name is TabName => (tabs as readonly string[]).includes(name);

/** Every page of the app: its address on the site, its file, and what its title says before the app knows better. */
export const pages = (Object.keys(routes) as RouteName[]).map((name) => ({
  path: routes[name].path,
  file: routes[name].page,
  title: TITLES[routes[name].page] ?? "",
  tab: isTab(name) ? name : null,
}));

type Plain = { title: string; tab?: TabName | null; skin: Skin };

function plainPage({ title, tab = null, skin }: Plain, content: ReactElement): Drawn {
  const page = (
    <PageFrame skin={skin} title={title} tab={tab} ownHeading={false} offline={null}>
      {content}
    </PageFrame>
  );
  const html = renderToStaticMarkup(page);
  return { html, css: cssFor(html), title };
}

/** A page that only the app can draw, while the app comes. */
export const waiting = (page: Plain): Drawn => plainPage(page, <Skeleton rows={5} />);

const link = (href: string, look: string, words: string, rel?: string) => (
  <View key={href} {...{ role: "link", href, className: `tap btn ${look}`, rel }}>
    {words}
  </View>
);

/** Instead of a page: what is the matter, and real links to go on with. */
export function told(page: Plain & { words: string; links: { href: string; words: string }[] }): Drawn {
  return plainPage(
    page,
    <Stack>
      <Card>
        <Empty words={page.words} icon="info" />
      </Card>
      <Stack gap={3}>{page.links.map(({ href, words }) => link(href, "btn-second", words))}</Stack>
    </Stack>,
  );
}

/** Before a foreign address, for readers without scripts: the app shows the same over the page. */
export function leaving(href: string, skin: Skin): Drawn {
  return plainPage(
    { title: "即将离开本站", skin },
    <Stack>
      <Card>
        <Para>您要打开的是其他网站，请留意内容和安全：</Para>
        <Para class="t-strong">{href}</Para>
      </Card>
      {link(href, "btn-primary", "继续打开", "noopener noreferrer nofollow")}
      <Button to={to("home")}>不打开，回首页</Button>
    </Stack>,
  );
}

declare const ALL_CSS: string;

/** The rules a page needs: all of the app's, without the icons that do not stand in it. */
function cssFor(html: string): string {
  const names = new Set(html.match(/\bi-[a-z0-9-]+/g) ?? []);
  return ALL_CSS.replace(/\.(i-[a-z0-9-]+)\{--i: *url\("[^"]*"\)\}/g, (rule, name: string) =>
    names.has(name) ? rule : "",
  );
}
