/**
 * Keeps the component library's styles in constructed style sheets: a policy of `style-src 'self'` allows them and no
 * nonce is needed. Same signatures as the module it stands in for.
 */
/** What the library measures in pixels grows with the type size that somebody has set in the browser; hairlines and the widths of screens do not. */
export function growing(css: string): string {
  return css.replace(/@media[^{]*\{|(?<![\w.#]|\w-)(\d*\.?\d+)px/g, (whole, px: string | undefined) =>
    px === undefined || Number(px) < 4 ? whole : `${Number(px) / 16}rem`,
  );
}

const sheets = new Map<string, CSSStyleSheet>();
const queue: { priority: number; sheet: CSSStyleSheet }[] = [];

type Options = { priority?: number };

function publish(): void {
  document.adoptedStyleSheets = queue.map((entry) => entry.sheet);
}

/** The answer is never attached; the caller only hangs marks on it. */
export function updateCSS(css: string, key: string, options: Options = {}): HTMLStyleElement {
  const known = sheets.get(key);
  const sheet = known ?? new CSSStyleSheet();
  sheet.replaceSync(growing(css));
  if (!known) {
    sheets.set(key, sheet);
    const priority = options.priority ?? 0;
    const at = queue.findIndex((entry) => entry.priority > priority);
    queue.splice(at === -1 ? queue.length : at, 0, { priority, sheet });
    publish();
  }
  return document.createElement("style");
}

export function injectCSS(css: string, options: Options = {}): HTMLStyleElement {
  return updateCSS(css, css, options);
}

export function removeCSS(key: string): void {
  const sheet = sheets.get(key);
  if (!sheet) return;
  sheets.delete(key);
  queue.splice(
    queue.findIndex((entry) => entry.sheet === sheet),
    1,
  );
  publish();
}

export function clearContainerCache(): void {
  sheets.clear();
  queue.length = 0;
  publish();
}
