import type { Bag, Platform } from "../types.ts";

/** Alipay spells event types in camel case. */
const CAMEL: Record<string, string> = {
  touchstart: "touchStart",
  touchmove: "touchMove",
  touchend: "touchEnd",
  touchcancel: "touchCancel",
  longtap: "longTap",
  transitionend: "transitionEnd",
  animationend: "animationEnd",
  scrolltolower: "scrollToLower",
  scrolltoupper: "scrollToUpper",
  getauthorize: "getAuthorize",
};

/** What glass-easel hands to a handler, as far as we read it. */
export interface GlassEvent {
  type: string;
  timeStamp: number;
  detail: unknown;
  target: unknown;
  currentTarget: unknown;
}

/** The event object as a page's handler gets it: plain JSON, in the platform's words. */
export function packEvent(event: GlassEvent, platform: Platform): Bag {
  const original: unknown = Reflect.get(event, "_$originalEvent") ?? Reflect.get(event, "originalEvent");
  const detail = detailOf(event.type, original instanceof CustomEvent ? original.detail : event.detail);
  const { x, y } = detail;
  const touch = { identifier: 0, pageX: x, pageY: y, clientX: x, clientY: y };
  return {
    type: platform === "alipay" ? (CAMEL[event.type] ?? event.type) : event.type,
    timeStamp: Math.round(event.timeStamp || 0),
    target: describeTarget(event.target),
    currentTarget: describeTarget(event.currentTarget),
    detail,
    touches: [],
    changedTouches: x === undefined ? [] : [touch],
  };
}

function detailOf(type: string, detail: unknown): Bag {
  if (typeof detail !== "object" || detail === null) return {};
  if (type === "tap") return { x: Reflect.get(detail, "x"), y: Reflect.get(detail, "y") };
  return JSON.parse(
    JSON.stringify(detail, (_key, value) => (value instanceof Node || value === window ? undefined : value)),
  );
}

function describeTarget(target: unknown): Bag {
  if (typeof target !== "object" || target === null) return {};
  const dataset: unknown = Reflect.get(target, "dataset");
  const backend: unknown = Reflect.get(target, "$$") ?? backendOf(target);
  const out: Bag = {
    id: String(Reflect.get(target, "id") ?? ""),
    dataset: typeof dataset === "object" ? { ...dataset } : {},
    offsetLeft: 0,
    offsetTop: 0,
  };
  if (backend instanceof HTMLElement) {
    out.tagName = backend.localName.replace(/^wx-/, "");
    out.offsetLeft = backend.offsetLeft || 0;
    out.offsetTop = backend.offsetTop || 0;
  }
  return out;
}

function backendOf(target: object): unknown {
  const get: unknown = Reflect.get(target, "getBackendElement");
  return typeof get === "function" ? get.call(target) : undefined;
}
