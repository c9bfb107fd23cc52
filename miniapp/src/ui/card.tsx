import { Children, type ReactNode } from "react";
import type { Target } from "../platform/navigate.ts";
import { Box } from "./box.tsx";
import { dated } from "./dated.tsx";
import { Icon, type IconName } from "./icon.tsx";
import { Tap } from "./tap.tsx";
import { Heading } from "./words.tsx";

export function Card({ flush, children }: { flush?: boolean; children?: ReactNode }) {
  return <Box class={`card${flush ? " flush" : ""}`}>{children}</Box>;
}

/** Children below one another with even space. */
export function Stack({ gap = 4, children }: { gap?: 2 | 3 | 4 | 5; children?: ReactNode }) {
  return <Box class={`stack${gap === 4 ? "" : ` s${gap}`}`}>{children}</Box>;
}

/** A part of a page under its heading, with a way to see all of it. */
export function Section(props: { title: string; more?: { words: string; to: Target }; children?: ReactNode }) {
  return (
    <Box>
      <Box class="section-head">
        <Heading level={2}>{props.title}</Heading>
        {props.more ? (
          <Tap class="textlink" to={props.more.to}>
            {props.more.words}
            <Icon name="chevron-right" size="s" />
          </Tap>
        ) : null}
      </Box>
      {props.children}
    </Box>
  );
}

/** Rows in one card, read out as a list. Give it `Row`s or anything else, one a line. */
export function List({ label, children }: { label?: string; children?: ReactNode }) {
  const rows = Children.toArray(children);
  return (
    <Box class="card flush" role="list" label={label}>
      {rows.map((row, i) => (
        <Box key={i} role="listitem" class={i === 0 ? undefined : "row-line"}>
          {row}
        </Box>
      ))}
    </Box>
  );
}

export type RowProps = {
  title: ReactNode;
  /** Under the title, smaller. */
  under?: ReactNode;
  /** At the right. */
  value?: ReactNode;
  icon?: IconName;
  to?: Target;
  onTap?: () => void;
  /** A file of our own: `onTap` opens it on phones, the browser on the site. */
  file?: string;
  label?: string;
};

/** A line of a list: leads somewhere, does something, or only tells. */
export function Row(props: RowProps) {
  const inside = (
    <>
      {props.icon ? (
        <Box class="row-icon">
          <Icon name={props.icon} />
        </Box>
      ) : null}
      <Box class="row-in">
        <Box class="row-title">
          <Box>{props.title}</Box>
          {props.under ? (
            <Box class="t-small">{typeof props.under === "string" ? dated(props.under) : props.under}</Box>
          ) : null}
        </Box>
        {props.value !== undefined && props.value !== "" ? <Box class="row-value">{props.value}</Box> : null}
      </Box>
      {props.to || props.onTap ? (
        <Box class="row-more">
          <Icon name="chevron-right" size="s" />
        </Box>
      ) : null}
    </>
  );
  if (!props.to && !props.onTap) return <Box class="row">{inside}</Box>;
  return (
    <Tap class="row" to={props.to} onTap={props.onTap} file={props.file} label={props.label}>
      {inside}
    </Tap>
  );
}

export type Tile = { word: string; icon: IconName; to: Target };

/** Services: four a row, two in the elder edition; each an icon with its word. */
export function Tiles({ tiles, label }: { tiles: Tile[]; label: string }) {
  return (
    <Box class="card grid" role="list" label={label}>
      {tiles.map((tile) => (
        <Box key={tile.word} role="listitem">
          <Tap class="tile" to={tile.to}>
            <Box class="tile-icon">
              <Icon name={tile.icon} size="l" />
            </Box>
            <Box class="tile-words">{tile.word}</Box>
          </Tap>
        </Box>
      ))}
    </Box>
  );
}

/** Where one is on a way of several steps, in words. */
export function Steps({ steps, at }: { steps: string[]; at: number }) {
  return (
    <Box role="list" class="wrap" label={`共 ${steps.length} 步，现在第 ${at + 1} 步`}>
      {steps.map((step, i) => (
        <Box key={step} role="listitem" class="wrap-in">
          <Box class={`tag tag-${i < at ? "pine" : i === at ? "indigo" : "plain"}`}>
            {i < at ? <Icon name="check" size="s" /> : null}
            {`${i + 1} ${step}`}
          </Box>
        </Box>
      ))}
    </Box>
  );
}
