/** Can a person see it? Layout decides in a browser; jsdom has none, so there only display and visibility are asked. */
export function isVisible(element: Element): boolean {
  if (typeof element.checkVisibility === "function") {
    return element.checkVisibility({ visibilityProperty: true });
  }
  for (let at: Element | null = element; at; at = at.parentElement) if (hidesItself(at)) return false;
  return true;
}

/** What jsdom said of elements since the view was asked last: while it answers nothing moves. */
let asked = new WeakMap<Element, boolean>();
let selectors: string[] | undefined;

/** What was seen before counts no longer. */
export function lookAnew(): void {
  asked = new WeakMap();
  selectors = undefined;
}

function hidesItself(element: Element): boolean {
  const before = asked.get(element);
  if (before !== undefined) return before;
  const hides = asksStyles(element);
  asked.set(element, hides);
  return hides;
}

// jsdom computes styles slowly: ask it only about elements that some hiding rule or inline style touches.
function asksStyles(element: Element): boolean {
  if (!(element instanceof HTMLElement)) return false;
  const inline = element.style.display === "none" || element.style.visibility === "hidden" || element.hidden;
  selectors ??= hidingSelectors();
  if (!inline && !selectors.some((selector) => matches(element, selector))) return false;
  const { display, visibility } = getComputedStyle(element);
  return display === "none" || visibility === "hidden";
}

let known: { sheets: string; selectors: string[] } = { sheets: "", selectors: [] };

function hidingSelectors(): string[] {
  const sheets = [...document.styleSheets]
    .map((sheet) => `${sheet.ownerNode instanceof Element ? sheet.ownerNode.id : ""}${sheet.disabled}`)
    .join();
  if (sheets !== known.sheets) {
    const rules = [...document.styleSheets].filter((sheet) => !sheet.disabled).flatMap((sheet) => [...sheet.cssRules]);
    const selectors = rules.flatMap((rule) => {
      if (!("selectorText" in rule) || typeof rule.selectorText !== "string") return [];
      return /display:\s*none|visibility:\s*hidden/.test(rule.cssText) ? [rule.selectorText] : [];
    });
    known = { sheets, selectors };
  }
  return known.selectors;
}

function matches(element: Element, selector: string): boolean {
  try {
    return element.matches(selector);
  } catch (error) {
    // A selector that this engine does not know hides nothing in it.
    if (error instanceof DOMException || error instanceof SyntaxError) return false;
    throw error;
  }
}

const BLOCKS =
  /^(wx-(view|button|form|swiper|swiper-item|scroll-view|input|textarea|picker|rich-text|checkbox-group|radio-group|label)|div)$/;

/** The visible text below an element, pieces joined as they stand; with `lines`, one line per block. */
export function visibleText(element: Element, lines = false): string {
  if (!isVisible(element)) return "";
  const pieces: string[] = [];
  collect(element, lines, pieces);
  const joined = pieces.join("");
  return lines ? joined.split("\n").map(squeezed).filter(Boolean).join("\n") : squeezed(joined);
}

function collect(element: Element, lines: boolean, pieces: string[]): void {
  if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) {
    pieces.push(element.value);
    return;
  }
  const block = lines && BLOCKS.test(element.localName);
  if (block) pieces.push("\n");
  for (const child of element.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) pieces.push(child.nodeValue ?? "");
    else if (child instanceof Element && child.localName !== "style" && shown(child)) collect(child, lines, pieces);
  }
  if (block) pieces.push("\n");
}

const shown = (element: Element) =>
  typeof element.checkVisibility === "function"
    ? element.checkVisibility({ visibilityProperty: true })
    : !hidesItself(element);

export const squeezed = (text: string): string => text.replace(/\s+/g, " ").trim();
