import type { A11yNode } from "../types.ts";
import { raw, rawText, yes } from "./elements/base.ts";
import { isVisible, squeezed, visibleText } from "./visible.ts";

const IMPLICIT: Record<string, string> = {
  "wx-button": "button",
  "wx-input": "textbox",
  "wx-textarea": "textbox",
  "wx-switch": "switch",
  "wx-checkbox": "checkbox",
  "wx-radio": "radio",
  "wx-slider": "slider",
  "wx-image": "img",
  "wx-navigator": "link",
  "wx-picker": "combobox",
};
/** Roles whose name is their text when nobody named them. */
const NAMED_BY_TEXT = new Set([
  "button",
  "link",
  "checkbox",
  "radio",
  "switch",
  "tab",
  "heading",
  "menuitem",
  "option",
  "listitem",
  "alert",
  "status",
  "combobox",
]);

/** The role a screen reader announces; "" for a plain box. WeChat reads aria-role, Alipay and browsers read role. */
export function roleOf(element: Element): string {
  const given = element.getAttribute("aria-role") || element.getAttribute("role");
  return given || (IMPLICIT[element.localName] ?? "");
}

/** The name a screen reader announces. */
export function nameOf(element: Element): string {
  const label = squeezed(element.getAttribute("aria-label") ?? "");
  if (label !== "") return label;
  const role = roleOf(element);
  if (role === "textbox") return rawText(element, "placeholder");
  return NAMED_BY_TEXT.has(role) ? visibleText(element) : "";
}

export const isDisabled = (element: Element): boolean =>
  yes(raw(element, "disabled")) || element.getAttribute("aria-disabled") === "true";

export const isChecked = (element: Element): boolean =>
  element.hasAttribute("data-on") || element.getAttribute("aria-checked") === "true";

/** The tree below an element; plain boxes vanish, their children move up; texts become `text` nodes. */
export function accessibleTree(element: Element): A11yNode[] {
  const nodes: A11yNode[] = [];
  let words = "";
  const say = () => {
    const name = squeezed(words);
    words = "";
    if (name !== "") nodes.push({ role: "text", name, children: [] });
  };
  for (const child of element.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) words += child.nodeValue ?? "";
    else if (child instanceof Element && !child.classList.contains("wx-native")) {
      say();
      nodes.push(...nodesOf(child));
    }
  }
  say();
  return nodes;
}

function nodesOf(element: Element): A11yNode[] {
  if (element.getAttribute("aria-hidden") === "true" || !isVisible(element)) return [];
  const role = roleOf(element);
  const name = nameOf(element);
  const children = accessibleTree(element);
  if (role === "" && name === "") return children;
  const node: A11yNode = { role: role || "group", name, children };
  if (isDisabled(element)) node.disabled = true;
  if (["switch", "checkbox", "radio"].includes(role)) node.checked = isChecked(element);
  return [node];
}
