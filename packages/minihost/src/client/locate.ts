import { nameOf, roleOf } from "./accessible.ts";
import type { Matcher, WireSelector } from "./protocol.ts";
import { isVisible, squeezed, visibleText } from "./visible.ts";

/** Every element below `root` that a selector means, in the page's order. */
export function locate(root: Element, selector: WireSelector): Element[] {
  const scopes = selector.within ? locate(root, selector.within) : [root];
  const found = scopes.flatMap((scope) => locateIn(scope, selector));
  if (selector.nth === undefined) return found;
  const one = found[selector.nth];
  return one ? [one] : [];
}

function locateIn(scope: Element, { css, text, label, role }: WireSelector): Element[] {
  let found = [...scope.querySelectorAll(css ?? "*")].filter((element) => !element.classList.contains("wx-native"));
  if (role !== undefined) found = found.filter((element) => roleOf(element) === role && isVisible(element));
  if (label !== undefined) found = byLabel(found, label);
  if (text !== undefined) found = innermost(found.filter((element) => hasText(element, text)));
  return found;
}

/** An explicit aria-label wins over a name that comes from the text. */
function byLabel(elements: Element[], label: Matcher): Element[] {
  const named = elements.filter((element) => fits(label, nameOf(element)) && isVisible(element));
  const explicit = named.filter((element) => element.hasAttribute("aria-label"));
  return innermost(explicit.length > 0 ? explicit : named);
}

// textContent is cheap and holds every visible text, so it decides first.
function hasText(element: Element, text: Matcher): boolean {
  const all = squeezed(element.textContent ?? "");
  if ("exact" in text && !all.includes(squeezed(text.exact))) return false;
  return fits(text, visibleText(element));
}

function fits(matcher: Matcher, text: string): boolean {
  return "exact" in matcher ? text === squeezed(matcher.exact) : new RegExp(matcher.source, matcher.flags).test(text);
}

const innermost = (elements: Element[]): Element[] =>
  elements.filter((element) => !elements.some((other) => other !== element && element.contains(other)));
