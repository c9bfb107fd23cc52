import { View } from "@tarojs/components";
import type { CSSProperties, ReactNode } from "react";
import { isWeb, platform } from "../platform/env.ts";

export type Role =
  | "heading"
  | "button"
  | "link"
  | "list"
  | "listitem"
  | "main"
  | "navigation"
  | "banner"
  | "article"
  | "region"
  | "paragraph"
  | "table"
  | "row"
  | "cell"
  | "columnheader"
  | "blockquote"
  | "separator"
  | "text"
  | "status"
  | "alert"
  | "dialog"
  | "group"
  | "radiogroup"
  | "radio"
  | "checkbox"
  | "tablist"
  | "tab"
  | "search"
  | "img"
  | "progressbar";

export type Aria = {
  role?: Role | undefined;
  /** 1…3, for headings. */
  level?: 1 | 2 | 3 | undefined;
  label?: string | undefined;
  hidden?: boolean | undefined;
  checked?: boolean | undefined;
  disabled?: boolean | undefined;
  selected?: boolean | undefined;
  expanded?: boolean | undefined;
  live?: "polite" | "assertive" | undefined;
  /** Of the element that describes or names this one (site only). */
  describedBy?: string | undefined;
  labelledBy?: string | undefined;
  current?: boolean | undefined;
};

/** Roles that only choose an element on the site; a phone's screen reader has no word for them. */
const siteOnly = new Set<Role>(["paragraph", "main", "banner", "text", "listitem", "region", "article", "blockquote"]);

/** The attributes for screen readers as each platform spells them. */
export function aria(props: Aria): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  const { role } = props;
  if (role !== undefined && (platform === "h5" || !siteOnly.has(role))) {
    out[platform === "weapp" ? "aria-role" : "role"] = role;
  }
  if (props.level !== undefined) out[platform === "h5" ? "level" : "aria-level"] = props.level;
  if (props.label !== undefined) out["aria-label"] = props.label;
  if (props.hidden) out["aria-hidden"] = "true";
  for (const state of ["checked", "disabled", "selected", "expanded"] as const) {
    if (props[state] !== undefined) out[`aria-${state}`] = String(props[state]);
  }
  if (props.live !== undefined) out["aria-live"] = props.live;
  if (platform === "h5") {
    if (props.describedBy !== undefined) out["aria-describedby"] = props.describedBy;
    if (props.labelledBy !== undefined) out["aria-labelledby"] = props.labelledBy;
    if (props.current) out["aria-current"] = "page";
  }
  return out;
}

export type BoxProps = Aria & {
  class?: string | undefined;
  id?: string | undefined;
  style?: CSSProperties | undefined;
  onTap?: (() => void) | undefined;
  children?: ReactNode;
};

/** A view with a meaning: the semantic element on the site, the role of the platform in mini-programs. */
export function Box(props: BoxProps) {
  const extra: Record<string, unknown> = aria(props);
  if (props.class) extra.className = props.class;
  if (props.id) extra.id = props.id;
  if (props.style) extra.style = props.style;
  if (props.onTap) extra.onClick = props.onTap;
  return <View {...extra}>{props.children}</View>;
}

/**
 * A place of its own for what comes and goes beside something large: in mini-programs whatever leaves a box, or comes
 * before others in it, makes everything in that box be sent once more.
 */
export function Slot({ children }: { children?: ReactNode }) {
  return isWeb ? children : <Box class="slot">{children}</Box>;
}
