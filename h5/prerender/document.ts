import { createHash } from "node:crypto";
import type { Build } from "./build.ts";
import { escapeHtml, jsonForScript } from "./escape.ts";

export type Content = {
  title: string;
  /** Tags of `metaTags`. */
  tags: string;
  css: string;
  /** Drawn by the app's views; stands in front until the app has drawn the same. */
  html: string;
  canonical?: string | undefined;
  indexed: boolean;
  /** The app takes over: its build, its page's further scripts, and what it would ask first. */
  app?: { build: Build; chunks: readonly string[]; boot: string; first?: First | undefined } | undefined;
};
export type First = { at: number; answers: Record<string, unknown> };

/** Buttons of the views do nothing before the app is there. */
const deadCss = "#first button.btn,#first button.chip{display:none}";
const noScriptCss = `#wait{display:none}${deadCss}`;

/** The waiting page of the app, and what is said instead of it to those without scripts. */
export const waitingHtml = (waiting: string, said: string): string =>
  `<noscript>${said}</noscript><div id="wait">${waiting}</div>`;

export const hashOf = (text: string): string => `sha256-${createHash("sha256").update(text).digest("base64")}`;
const noScriptHash = hashOf(noScriptCss);

const link = (rel: string, href: string, more = ""): string => `<link rel="${rel}" href="${escapeHtml(href)}"${more}>`;

/**
 * One whole page. The style sheet of the app comes after the content, which has all that it needs inlined: it must not
 * hold up the first drawing, only the app's. Scripts wait for it and for the page.
 */
export function documentOf(content: Content): { html: string; styleHashes: string[] } {
  const { app } = content;
  const css = app ? content.css : `${content.css}${deadCss}`;
  const head = [
    app?.build.metas ?? '<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">',
    `<title>${escapeHtml(content.title)}</title>`,
    content.tags,
    ...(content.indexed ? [] : ['<meta name="robots" content="noindex">']),
    ...(content.canonical === undefined ? [] : [link("canonical", content.canonical)]),
    link("icon", "/icon.svg", ' type="image/svg+xml"'),
    link("manifest", "/manifest.webmanifest"),
    `<style>${css}</style>`,
    ...(app ? [`<noscript><style>${noScriptCss}</style></noscript>`] : []),
  ];
  const body = [`<div id="first">${content.html}</div>`];
  if (app) {
    body.push('<div id="app"></div>');
    if (app.first) body.push(`<script type="application/json" id="first-answers">${jsonForScript(app.first)}</script>`);
    for (const href of app.build.styles) body.push(link("stylesheet", href));
    for (const src of app.build.scripts) body.push(`<script defer src="${src}"></script>`);
    for (const src of app.chunks) body.push(link("preload", src, ' as="script" fetchpriority="low"'));
    body.push(`<script defer fetchpriority="low" src="${app.boot}"></script>`);
  }
  const html = `<!doctype html>
<html lang="zh-CN" class="first">
<head>
${head.join("\n")}
</head>
<body>
${body.join("\n")}
</body>
</html>
`;
  return { html, styleHashes: [hashOf(css), ...(app ? [noScriptHash] : [])] };
}
