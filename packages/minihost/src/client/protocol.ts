/** What crosses between the two threads: only JSON, as on a phone. Types shared by both sides. */
import type { Bag, Platform } from "../types.ts";

export interface ComponentSketch {
  /** Tag name → path without ending. */
  using: Record<string, string>;
  properties: Record<string, { type: string; value: unknown }>;
  data: Bag;
  methods: string[];
  virtualHost: boolean;
}

export interface ViewInit {
  platform: Platform;
  templates: string;
  styles: Record<string, string>;
  components: Record<string, ComponentSketch>;
}

export interface PageSketch {
  id: number;
  path: string;
  using: Record<string, string>;
  data: Bag;
  methods: string[];
}

export type ViewMessage =
  | { kind: "error" | "warning"; message: string }
  | { kind: "attached"; page: number; component: number; path: string; data: Bag }
  | { kind: "detached"; page: number; component: number; path: string }
  | { kind: "event"; page: number; component: number; handler: string; event: Bag }
  /** A button with an open-type was tapped; the answer comes back as `resolveOpenType` with the same ticket. */
  | { kind: "open-type"; page: number; ticket: number; openType: string; scope: string; target: Bag }
  /** A picture could not be drawn. */
  | { kind: "picture"; url: string }
  | { kind: "scroll"; page: number; top: number }
  | { kind: "bottom"; page: number };

export type Matcher = { exact: string } | { source: string; flags: string };

export interface WireSelector {
  css?: string;
  text?: Matcher;
  label?: Matcher;
  role?: string;
  within?: WireSelector;
  nth?: number;
}

/** The functions that the view answers; each takes and gives JSON. */
export const VIEW_CALL = "__minihostView";
/** The function that the view calls, with one ViewMessage as JSON. */
export const VIEW_EMIT = "__minihostEmit";
