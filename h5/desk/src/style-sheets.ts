/**
 * Keeps the component library's styles in constructed style sheets: a policy of `style-src 'self'` allows them and no
 * nonce is needed. Same signatures as the module it stands in for.
 */
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
  sheet.replaceSync(css);
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
