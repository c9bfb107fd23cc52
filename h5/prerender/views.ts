import { pathToFileURL } from "node:url";

export type Skin = 0 | 1 | 2;
export type PageName = "home" | "notices" | "notice";
export type Query = { region?: string; category?: string; id?: string; cursor?: string; place?: string };
export type OneAsk = { name: string; procedure: string; input: Record<string, unknown> };
export type Answers = Record<string, unknown>;
export type Drawn = { html: string; css: string; title: string };
export type AppPage = { path: string; file: string; title: string; tab: string | null };
type Plain = { title: string; tab?: string | null; skin: Skin };

/** The app's own drawing, as its build gives it (`miniapp/dist/views/index.mjs`). */
export type Views = {
  pages: readonly AppPage[];
  asksFor(page: PageName, query: Query): OneAsk[];
  render(page: PageName, query: Query, answers: Answers, skin: Skin, now: number): Drawn;
  waiting(page: Plain): Drawn;
  told(page: Plain & { words: string; links: { href: string; words: string }[] }): Drawn;
  leaving(href: string, skin: Skin): Drawn;
};

export const loadViews = async (file: string): Promise<Views> => (await import(pathToFileURL(file).href)) as Views;
