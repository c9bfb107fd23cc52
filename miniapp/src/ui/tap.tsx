import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import { isWeb } from "../platform/env.ts";
import { go, hrefOf, type Target } from "../platform/navigate.ts";
import { stepBegins } from "../platform/step.ts";
import { type Aria, aria } from "./box.tsx";

type Tapped = {
  currentTarget?: unknown;
  preventDefault?: () => void;
  metaKey?: boolean;
  ctrlKey?: boolean;
  stopPropagation?: () => void;
};

export type TapProps = Omit<Aria, "role"> & {
  role?: Aria["role"];
  /** Leads to a page: a real link on the site. Else `onTap` makes it a button. */
  to?: Target | undefined;
  onTap?: (() => void) | undefined;
  /** A file of our own: on the site a plain link that the browser opens itself. */
  file?: string | undefined;
  class?: string | undefined;
  id?: string | undefined;
  replace?: boolean | undefined;
  children?: ReactNode;
};

/** Anything that is pressed: a link when it leads somewhere, a button when it does something. */
export function Tap(props: TapProps) {
  const { to, onTap, disabled } = props;
  const press = (event: Tapped) => {
    if (isWeb && props.file) return;
    // A new tab or window stays the browser's own business.
    if (to && (event.metaKey || event.ctrlKey)) return;
    if (to) event.preventDefault?.();
    if (disabled) return;
    onTap?.();
    if (!to) return;
    stepBegins(event.currentTarget);
    go(to, props.replace ? "replace" : "push");
  };
  const extra = aria({ ...props, role: props.role ?? (to || (isWeb && props.file) ? "link" : "button") });
  if (isWeb && to) extra.href = hrefOf(to);
  if (isWeb && props.file) Object.assign(extra, { href: props.file, target: "_blank", rel: "noopener" });
  if (isWeb && disabled && !to) extra.disabled = true;
  if (props.id) extra.id = props.id;
  return (
    <View className={`tap ${props.class ?? ""}`} hoverClass="pressed" hoverStayTime={60} onClick={press} {...extra}>
      {props.children}
    </View>
  );
}
