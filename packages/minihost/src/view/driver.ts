import type { ViewMessage, WireSelector } from "../client/protocol.ts";
import type { TabBar } from "../tab-bar.ts";
import type { PictureBytes, Selector } from "../types.ts";

/** A place that draws pages. `jsdomView()` and `chromiumView()` make one; each serves one host. */
export interface View {
  readonly name: "jsdom" | "chromium";
  readonly width: number;
  readonly height: number;
  start(dist: string, events: ViewEvents): Promise<void>;
  /** Calls a function of the view thread; arguments and answer are JSON. */
  call(name: string, ...args: unknown[]): Promise<unknown>;
  tap(selector: WireSelector): Promise<void>;
  /** Replaces what the field holds, one settled key at a time, so that a controlled field cannot race the keyboard. */
  type(selector: WireSelector, text: string, settle: () => Promise<void>): Promise<void>;
  /** Leaves so many pixels below the page to a bar that the client draws. */
  leaveBelow(height: number): Promise<void>;
  /** Writes a PNG of the screen, with the client's bar below the page. jsdom has no pixels and refuses. */
  screenshot(file: string, fullPage: boolean, bar: TabBar | null): Promise<void>;
  stop(): Promise<void>;
}

export interface ViewEvents {
  message(message: ViewMessage): void;
  /** The bytes of a file that only the phone has (a temporary file), for drawing it. */
  file(url: string): { bytes: Uint8Array; type: string } | undefined;
  /** A server's picture; undefined when there is none to draw. */
  picture(url: string): Promise<PictureBytes | undefined>;
}

/** The form in which a selector crosses to the view. */
export function wireSelector(selector: Selector): WireSelector {
  if (typeof selector === "string") return { css: selector };
  const { text, label, role, css, within, nth } = selector;
  if (text === undefined && label === undefined && role === undefined && css === undefined) {
    throw new Error("a selector needs text, label, role or css");
  }
  return {
    ...(css === undefined ? {} : { css }),
    ...(text === undefined ? {} : { text: matcher(text) }),
    ...(label === undefined ? {} : { label: matcher(label) }),
    ...(role === undefined ? {} : { role }),
    ...(within === undefined ? {} : { within: wireSelector(within) }),
    ...(nth === undefined ? {} : { nth }),
  };
}

const matcher = (what: string | RegExp) =>
  typeof what === "string" ? { exact: what } : { source: what.source, flags: what.flags };
