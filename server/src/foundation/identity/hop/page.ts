import { createHash } from "node:crypto";

const style =
  "body{margin:0 auto;max-width:30em;padding:2em 1.2em;font:20px/1.7 sans-serif;color:#1f2329;background:#fff}h1{font-size:1.3em}a{display:block;margin:1em 0;padding:.7em;border:2px solid #a61b1b;border-radius:.4em;color:#a61b1b;text-align:center;text-decoration:none}";

export const pageHeaders = {
  "content-type": "text/html; charset=utf-8",
  "cache-control": "no-store",
  "referrer-policy": "no-referrer",
  "content-security-policy": `default-src 'none'; style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
};

const escaped = (text: string): string =>
  text.replaceAll(
    /[&<>"']/g,
    (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" })[sign] ?? "",
  );

/** What people see when the trip failed: one sentence, and a way on. It works without scripts. */
export function failedPage(words: string, again: string | null): string {
  const retry = again === null ? "" : `<a href="${escaped(again)}">再试一次</a>`;
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>登录没有成功</title><style>${style}</style></head><body><h1>登录没有成功</h1><p>${escaped(words)}</p>${retry}<a href="/">回到首页，用手机号登录</a></body></html>`;
}
