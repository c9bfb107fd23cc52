import type { ReactNode } from "react";
import { Box } from "./box.tsx";
import { dated } from "./dated.tsx";
import { Icon, type IconName } from "./icon.tsx";

type Sized = { size?: "page" | "title" | "body" | "small" | "note"; class?: string; children?: ReactNode };

/** Level 1 once a page (its title), 2 for parts, 3 inside cards. */
export function Heading({ level = 2, size = level === 1 ? "page" : "title", ...rest }: Sized & { level?: 1 | 2 | 3 }) {
  return (
    <Box role="heading" level={level} class={`t-${size} ${rest.class ?? ""}`}>
      {rest.children}
    </Box>
  );
}

export function Para({ size = "body", ...rest }: Sized) {
  return (
    <Box role="paragraph" class={`t-${size} ${rest.class ?? ""}`}>
      {typeof rest.children === "string" ? dated(rest.children) : rest.children}
    </Box>
  );
}

export type Tone = "plain" | "pine" | "rice" | "seal" | "indigo";

const toneIcons: Record<Tone, IconName> = {
  plain: "info",
  pine: "circle-check",
  rice: "clock",
  seal: "circle-alert",
  indigo: "info",
};

/** A state in a few letters: icon, word and colour say the same. */
export function Tag({ tone = "plain", icon, children }: { tone?: Tone; icon?: IconName; children?: ReactNode }) {
  return (
    <Box class={`tag tag-${tone}`}>
      {icon ? <Icon name={icon} size="s" /> : null}
      {children}
    </Box>
  );
}

/** Words that stand out: what was done, what to know. `live` reads it aloud when it appears. */
export function Note(props: { tone?: Tone; icon?: IconName; live?: boolean; children?: ReactNode }) {
  const { tone = "indigo" } = props;
  return (
    <Box class={`note note-${tone}`} role={props.live ? "status" : undefined} live={props.live ? "polite" : undefined}>
      <Icon name={props.icon ?? toneIcons[tone]} />
      <Box class="grow">{typeof props.children === "string" ? dated(props.children) : props.children}</Box>
    </Box>
  );
}
