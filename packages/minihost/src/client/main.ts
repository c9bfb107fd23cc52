/** The view thread: runs in Chromium or jsdom, draws the shipped templates, and tells the logic thread what a person did. */
import type { A11yNode, Found, Rect } from "../types.ts";
import { accessibleTree, isChecked, isDisabled, nameOf, roleOf } from "./accessible.ts";
import { BuiltIn, fire } from "./elements/base.ts";
import { muteDisabledButtons, resolveOpenType } from "./elements/button.ts";
import { Field } from "./elements/fields.ts";
import { defineElements } from "./elements/index.ts";
import { Image as Picture } from "./elements/media.ts";
import { locate } from "./locate.ts";
import { closePage, openPage, setData, showPage, start, topPage, topRoot } from "./pages.ts";
import { VIEW_CALL, type ViewInit, type WireSelector } from "./protocol.ts";
import { isVisible, lookAnew, visibleText } from "./visible.ts";
import { send } from "./wire.ts";

const POINTER = new Set(["tap", "longpress", "longtap", "touchstart", "touchend", "touchmove", "touchcancel"]);
/** Distance from the bottom, in pixels, that counts as "reached" when a page does not say. */
const NEAR_BOTTOM = 50;

function one(selector: WireSelector): Element {
  const found = locate(topRoot(), selector);
  const [first, second] = found;
  if (!first) throw new Error(`there is no element ${JSON.stringify(selector)}`);
  const said = selector.text !== undefined || selector.label !== undefined;
  if (said && second && selector.nth === undefined) {
    throw new Error(`${found.length} elements fit ${JSON.stringify(selector)}: say which with nth or within`);
  }
  return first;
}

/** The element that an action means; it must be something that a person could touch. */
function touchable(selector: WireSelector): HTMLElement {
  const element = one(selector);
  if (!isVisible(element)) throw new Error(`${JSON.stringify(selector)} cannot be seen`);
  if (!(element instanceof HTMLElement)) throw new Error(`${JSON.stringify(selector)} is not an element`);
  return element;
}

function nativeField(selector: WireSelector): HTMLInputElement | HTMLTextAreaElement {
  const element = touchable(selector);
  const holder = element instanceof Field ? element : element.querySelector("wx-input,wx-textarea");
  if (!(holder instanceof Field)) throw new Error(`${JSON.stringify(selector)} is no field to type into`);
  if (holder.field.disabled) throw new Error(`${JSON.stringify(selector)} is disabled`);
  return holder.field;
}

function describe(element: Element): Found {
  return {
    tag: element.localName,
    id: element.id,
    className: element.getAttribute("class") ?? "",
    text: visibleText(element),
    role: roleOf(element),
    name: nameOf(element),
    visible: isVisible(element),
    disabled: isDisabled(element),
    value: element instanceof Field ? element.field.value : "",
    checked: isChecked(element),
    rect: rect(element),
  };
}

function rect(element: Element): Rect {
  const { left, top, right, bottom, width, height } = element.getBoundingClientRect();
  return { left, top, right, bottom, width, height };
}

// jsdom loads no pictures.
const isLoading = (image: Element) =>
  typeof image.checkVisibility === "function" && image instanceof Picture && image.loading;

const view = {
  init: (init: ViewInit) => start(init),
  openPage,
  showPage,
  closePage,
  setData,
  resolveOpenType,
  /** Pictures still loading on the page in front. Every message sent before this was asked has arrived when its answer does. */
  ping: () => [...document.querySelectorAll("[data-top] wx-image")].filter(isLoading).length,
  query: (selector: WireSelector) => locate(topRoot(), selector).map(describe),
  texts: () => visibleText(topRoot(), true),
  nodes: () => topRoot().querySelectorAll("*:not(.wx-native)").length,
  a11y: (): A11yNode[] => accessibleTree(topRoot()),
  html: () => topRoot().innerHTML,
  choose(selector: WireSelector, value: unknown) {
    const element = touchable(selector);
    if (!(element instanceof BuiltIn)) throw new Error(`${JSON.stringify(selector)} offers nothing to choose`);
    element.choose(value);
  },
  /** For events that no pointer can make. */
  trigger(selector: WireSelector, type: string, detail: unknown) {
    fire(touchable(selector), type, detail ?? {}, POINTER.has(type));
  },
  key(selector: WireSelector, key: string) {
    nativeField(selector).dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  },
  /** jsdom's finger. */
  tap(selector: WireSelector) {
    const at = { bubbles: true, cancelable: true, composed: true, clientX: 1, clientY: 1 };
    const element = touchable(selector);
    for (const type of ["mousedown", "mouseup", "click"]) element.dispatchEvent(new MouseEvent(type, at));
  },
  /** jsdom's keyboard: the whole text so far, as after one more key. */
  enter(selector: WireSelector, text: string) {
    const field = nativeField(selector);
    field.focus();
    field.value = field.maxLength >= 0 ? text.slice(0, field.maxLength) : text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  },
  blur(selector: WireSelector) {
    nativeField(selector).blur();
  },
  rects(css: string, all: boolean) {
    const found = [...topRoot().querySelectorAll<HTMLElement>(css)].slice(0, all ? undefined : 1);
    return found.map((element) => ({
      id: element.id,
      dataset: { ...element.dataset },
      ...rect(element),
      scrollTop: element.scrollTop,
      scrollLeft: element.scrollLeft,
      scrollHeight: element.scrollHeight,
    }));
  },
  viewport: () => ({
    width: innerWidth,
    height: innerHeight,
    scrollTop: scrollY,
    scrollHeight: document.documentElement.scrollHeight,
  }),
  /**
   * Scrolls the page; answers where it came to rest, once the page was told of it: a browser does so with its next frame
   * (jsdom, without layout, goes wherever it is told, at once).
   */
  scroll(to: number | string) {
    const target = typeof to === "number" ? to : rect(one({ css: to })).top + scrollY;
    const before = scrollY;
    scrollTo(0, target);
    if (document.documentElement.scrollHeight === 0) return target;
    if (scrollY === before) return before;
    return new Promise<number>((resolve) => addEventListener("scroll", () => resolve(scrollY), { once: true }));
  },
};
export type ViewFunctions = typeof view;

Reflect.set(globalThis, VIEW_CALL, {
  call: (name: keyof ViewFunctions, args: never[]) => {
    lookAnew();
    const answer: unknown = Reflect.apply(view[name], view, args);
    return answer === undefined ? null : answer;
  },
  touchable,
  nativeField,
});
addEventListener("error", (event) => send({ kind: "error", message: event.message }));

/** Where the bottom was told last: it is told again when the page has grown, or after the person went up again. */
let told = { page: 0, height: 0 };
addEventListener("scroll", () => {
  const page = topPage();
  send({ kind: "scroll", page, top: scrollY });
  const { scrollHeight: height, clientHeight } = document.documentElement;
  const near = clientHeight > 0 && height - scrollY - clientHeight < NEAR_BOTTOM;
  if (near && (told.page !== page || told.height !== height)) send({ kind: "bottom", page });
  told = near ? { page, height } : { page: 0, height: 0 };
});
muteDisabledButtons();
defineElements();
