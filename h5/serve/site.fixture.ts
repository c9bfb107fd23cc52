import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import Fastify, { type FastifyInstance } from "fastify";
import { h5Site } from "./index.ts";

/** What the app's views build gives, in small: it draws titles and says which page it drew. */
const views = `
const escape = (text) => text.replace(/[&<>"']/g, (sign) => "&#" + sign.charCodeAt(0) + ";");
const page = (path, file, title, tab = null) => ({ path, file, title, tab });
export const pages = [page("/", "tabs/home/index", "首页", "home"), page("/notices", "list", "公告"),
  page("/notice", "detail", "公告"), page("/me", "me", "我的", "me"), page("/villages", "region", "换一个村")];
const one = (procedure, input) => ({ name: procedure + "?" + JSON.stringify(input), procedure, input });
export function asksFor(name, { region, category, id, cursor, place }) {
  if (name === "notice") return [one("notices.get", { id: id ?? "" })];
  const code = name === "home" ? place : region === "all" ? undefined : (region ?? place);
  const input = { ...(code ? { region: code } : {}), ...(category ? { category } : {}), ...(cursor ? { cursor } : {}) };
  return [one("notices.list", input), ...(code ? [one("regions.get", { code })] : [])];
}
const css = "#first{color:green}";
const drawn = (title, html) => ({ title, html, css });
export function render(name, query, answers, skin, now) {
  const [asked] = asksFor(name, query);
  const answer = answers[asked.name];
  if (name === "notice") return drawn(answer.title, '<article><h1>' + escape(answer.title) + '</h1><a rel="noopener" href="' +
    escape(answer.link).replaceAll("&#38;", "&amp;") + '">原文</a></article>');
  const rows = answer.items.map(({ id, title }) => '<a href="/notice?id=' + id + '">' + escape(title) + '</a>').join("");
  return drawn(name === "home" ? "示例县微门户" : "全县公告", '<main class="skin-' + skin + '" data-place="' + (query.place ?? "") + '">' + rows + '</main>');
}
export const waiting = ({ title, skin }) => drawn(title, '<div class="skin-' + skin + '">等待 ' + escape(title) + '</div>');
export const told = ({ title, words, links }) =>
  drawn(title, "<main>" + escape(words) + links.map(({ href, words }) => '<a href="' + href + '">' + words + '</a>').join("") + "</main>");
export const leaving = (href) => drawn("即将离开本站", '<p>' + escape(href) + '</p><a rel="noopener" href="' + escape(href) + '">继续打开</a>');
`;

const files: Record<string, string> = {
  "miniapp/dist/views/index.mjs": views,
  "miniapp/dist/h5/index.html":
    '<!doctype html><html><head><meta charset="utf-8"/><script defer="defer" src="/js/vendor.11111111.js"></script><script defer="defer" src="/js/app.22222222.js"></script><link href="/css/app.44444444.css" rel="stylesheet"></head><body><div id="app"></div></body></html>',
  "miniapp/dist/h5/js/vendor.11111111.js": "1",
  "miniapp/dist/h5/js/app.22222222.js": `[{path:"tabs/home/index",load:function(){return[e.e(5).then(e.bind(e,5))]}}];${"x".repeat(2000)}`,
  "miniapp/dist/h5/js/home.33333333.js": "(self.webpackJsonp=self.webpackJsonp||[]).push([[5],{}])",
  "miniapp/dist/h5/css/app.44444444.css": ".card{display:block}",
  "h5/desk/dist/index.html": "<!doctype html><title>工作台</title>",
  "h5/desk/dist/assets/index-AbCd_123.js": "2",
};

export type Answered = Record<string, (input: Record<string, unknown>) => unknown>;
export type Site = { app: FastifyInstance; asked: string[]; faults: unknown[]; close: () => Promise<void> };

/** A refusal as the API throws it: wrapped by a library. */
export const refused = (word: string): Error =>
  new Error("refused", { cause: Object.assign(new Error(word), { word }) });

/** The site over small builds and given answers. */
export async function openSite(answers: Answered, publicUrl = "https://www.example.gov.cn"): Promise<Site> {
  const root = mkdtempSync(path.join(tmpdir(), "weimenhu-site-"));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), text);
  }
  const app = Fastify();
  const asked: string[] = [];
  const faults: unknown[] = [];
  let time = 1_795_000_000_000;
  await h5Site(app, {
    root,
    site: { name: "示例县微门户", domain: "www.example.gov.cn", idCode: "9901010001" },
    publicUrl,
    now: () => time++,
    ask: async (name, input) => {
      asked.push(`${name}?${JSON.stringify(input)}`);
      const answer = answers[name];
      if (!answer) throw new Error(`nobody answers ${name}`);
      return answer({ ...input });
    },
    onFault: (fault) => faults.push(fault),
  });
  const close = async () => {
    await app.close();
    rmSync(root, { recursive: true, force: true });
  };
  return { app, asked, faults, close };
}
