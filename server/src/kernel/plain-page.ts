import { createHash } from "node:crypto";

const style =
  "body{margin:0 auto;max-width:30em;padding:2em 1.2em;font:20px/1.7 sans-serif;color:#1f2329;background:#fff}h1{font-size:1.3em}a{display:block;margin:1em 0;padding:.7em;border:2px solid #0f6b4f;border-radius:.4em;color:#0f6b4f;text-align:center;text-decoration:none}";

export const pageHeaders = {
  "content-type": "text/html; charset=utf-8",
  "cache-control": "no-store",
  "referrer-policy": "no-referrer",
  "content-security-policy": `default-src 'none'; style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
};

type Link = { href: string; words: string };

const escaped = (text: string): string =>
  text.replaceAll(
    /[&<>"']/g,
    (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" })[sign] ?? "",
  );

/** A page of one sentence and a way on, for what goes wrong outside of the app. It works without scripts. */
export function plainPage(
  words: string,
  { title = words, links = [home] }: { title?: string; links?: Link[] } = {},
): string {
  const said = title === words ? "" : `<p>${escaped(words)}</p>`;
  const ways = links.map(({ href, words: way }) => `<a href="${escaped(href)}">${escaped(way)}</a>`).join("");
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escaped(title)}</title><style>${style}</style></head><body><h1>${escaped(title)}</h1>${said}${ways}</body></html>`;
}

const home: Link = { href: "/", words: "回到首页" };
