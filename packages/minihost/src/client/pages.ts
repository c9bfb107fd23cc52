import * as glass from "glass-easel";
import type { Bag, Platform } from "../types.ts";
import { dataPath } from "../values.ts";
import { BASE_STYLES } from "./base-styles.ts";
import { type GlassEvent, packEvent } from "./events.ts";
import type { ComponentSketch, PageSketch, ViewInit } from "./protocol.ts";
import { send } from "./wire.ts";

/** A glass-easel component, as far as we use it. */
interface Live {
  replaceDataOnPath(path: Array<string | number>, value: unknown): void;
  applyDataUpdates(): void;
}
interface ShownPage {
  component: Live;
  root: HTMLElement;
  style: HTMLStyleElement | null;
  scrollTop: number;
}

const PROPERTY_TYPES: Record<string, unknown> = { Object, String, Number, Boolean, Array };

const space = new glass.ComponentSpace("");
space.updateComponentOptions({ writeIdToDOM: true });
glass.globalOptions.writeIdToDOM = true;

const pages = new Map<number, ShownPage>();
const components = new Map<number, Live>();
/** Which page (and which component of it) a live glass-easel component is. */
const whereabouts = new WeakMap<object, { page: number; component: number }>();
let lastComponent = 0;
let top = 0;
let init: ViewInit;
let groups: Record<string, unknown> = {};
let context: glass.GeneralBackendContext;

/** Prepares everything that pages share. */
export function start(given: ViewInit): void {
  init = given;
  // One context for all pages: it listens on the body, and two of them would tell every tap twice.
  context = new glass.CurrentWindowBackendContext();
  glass.addGlobalErrorListener((error) => {
    send({ kind: "error", message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    return false;
  });
  glass.addGlobalWarningListener((warning) => {
    send({ kind: "warning", message: String(warning) });
    return false;
  });
  context.onEvent((target, type, detail, options) => {
    const event = new glass.Event(type, detail, options);
    Reflect.set(event, "_$originalEvent", options.originalEvent);
    glass.Event.dispatchEvent(target, event);
    return event.defaultPrevented() ? 1 : 0;
  });
  groups = new Function(`return ${given.templates}`)();
  addStyle("base", BASE_STYLES);
  addStyle("app", given.styles.app ?? "");
  document.body.innerHTML = '<div id="minihost-stack"></div>';
  for (const [path, sketch] of Object.entries(given.components)) defineComponent(path, sketch);
}

export function openPage({ id, path, using, data, methods }: PageSketch): void {
  const definition = space.defineComponent({
    is: `${path}#${id}`,
    using: absolute(using),
    template: template(path),
    data: data as Record<string, never>,
    options: { writeIdToDOM: true },
    methods: relays(methods),
  });
  const root = document.createElement("div");
  root.className = "wx-page";
  root.setAttribute("data-page", String(id));
  document.getElementById("minihost-stack")?.appendChild(root);
  const place = root.appendChild(document.createElement("div"));
  const component = glass.Component.createWithContext("wx-page-root", definition.general(), context);
  whereabouts.set(component, { page: id, component: 0 });
  glass.Element.replaceDocumentElement(component, root as never, place as never);
  const css = init.styles[path];
  pages.set(id, { component: component as Live, root, style: css ? addStyle(`page-${id}`, css) : null, scrollTop: 0 });
  showPage(id);
}

/** Brings a page to the front; each page keeps its own scroll position. */
export function showPage(id: number): void {
  const before = pages.get(top);
  if (before && top !== id) before.scrollTop = scrollY;
  top = id;
  for (const [key, page] of pages) {
    page.root.toggleAttribute("data-top", key === id);
    if (page.style) page.style.media = key === id ? "all" : "not all";
  }
  if (scrollY !== (pages.get(id)?.scrollTop ?? 0)) scrollTo(0, pages.get(id)?.scrollTop ?? 0);
}

export function closePage(id: number): void {
  const page = pages.get(id);
  if (!page) return;
  glass.Element.pretendDetached(page.component as never);
  page.root.remove();
  page.style?.remove();
  pages.delete(id);
}

/** Answers false when the page or component is already gone. */
export function setData(page: number, component: number, data: Bag): boolean {
  const target = component === 0 ? pages.get(page)?.component : components.get(component);
  if (!target) return false;
  for (const [path, value] of Object.entries(data)) target.replaceDataOnPath(dataPath(path), value);
  target.applyDataUpdates();
  return true;
}

export const topPage = (): number => top;

/** The element that holds the page in front. */
export function topRoot(): HTMLElement {
  const page = pages.get(top);
  if (!page) throw new Error("no page is open");
  return page.root;
}

function defineComponent(path: string, sketch: ComponentSketch): void {
  const properties: Record<string, { type: never; value: never }> = {};
  for (const [name, { type, value }] of Object.entries(sketch.properties)) {
    properties[name] = { type: (PROPERTY_TYPES[type] ?? null) as never, value: value as never };
  }
  space.defineComponent({
    is: path,
    using: absolute(sketch.using),
    template: template(path),
    properties,
    data: sketch.data as Record<string, never>,
    options: { virtualHost: sketch.virtualHost, writeIdToDOM: true },
    methods: relays(sketch.methods),
    lifetimes: {
      attached() {
        const place = { page: pageAround(this), component: ++lastComponent };
        whereabouts.set(this, place);
        components.set(place.component, this);
        send({ kind: "attached", ...place, path, data: JSON.parse(JSON.stringify(this.data)) });
      },
      detached() {
        const place = whereabouts.get(this);
        if (!place) return;
        components.delete(place.component);
        send({ kind: "detached", ...place, path });
      },
    },
  });
}

/** Climbs from shadow root to shadow root to the page. */
function pageAround(component: { ownerShadowRoot: unknown }): number {
  let at: object | null = component;
  for (;;) {
    const root: unknown = at === null ? null : Reflect.get(at, "ownerShadowRoot");
    if (typeof root !== "object" || root === null) break;
    const getHost: unknown = Reflect.get(root, "getHostNode");
    at = typeof getHost === "function" ? getHost.call(root) : null;
  }
  return (at && whereabouts.get(at)?.page) ?? 0;
}

/** Handlers live in the logic thread; here each is a method that passes its event on. */
function relays(names: string[]): Record<string, (event: GlassEvent) => void> {
  return Object.fromEntries(
    names.map((handler) => [
      handler,
      function relay(this: object, event: GlassEvent) {
        const place = whereabouts.get(this);
        if (place) send({ kind: "event", ...place, handler, event: packEvent(event, platform()) });
      },
    ]),
  );
}

const platform = (): Platform => init.platform;

function template(path: string): Bag {
  const content = groups[path];
  if (!content) throw new Error(`there is no template "${path}"`);
  return { content, groupList: groups };
}

const absolute = (using: Record<string, string>) =>
  Object.fromEntries(Object.entries(using).map(([tag, path]) => [tag, `/${path}`]));

function addStyle(name: string, text: string): HTMLStyleElement {
  const style = document.createElement("style");
  style.id = `minihost-${name}`;
  style.textContent = text;
  return document.head.appendChild(style);
}
