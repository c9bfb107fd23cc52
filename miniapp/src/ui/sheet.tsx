import { type ReactNode, useEffect, useId, useRef } from "react";
import { holdFocus } from "../platform/focus.ts";
import { Box } from "./box.tsx";
import { Button } from "./button.tsx";
import { Stack } from "./card.tsx";
import { Heading } from "./words.tsx";

/**
 * A sheet over the page that asks for one thing. Closed by its own button (never by itself) and, on the site, by Escape.
 * `foot`: the answers; they stay in sight beside the way out while the words above them scroll.
 */
export function Sheet(props: {
  open: boolean;
  title: string;
  onClose: () => void;
  closeWord?: string;
  foot?: ReactNode;
  /** A field above is not filled in as it must be: it may have scrolled out of sight. */
  unfilled?: boolean;
  children?: ReactNode;
}) {
  const id = useId();
  const { open } = props;
  // Another function with every drawing, and no reason to move the focus.
  const close = useRef(props.onClose);
  close.current = props.onClose;
  useEffect(() => (open ? holdFocus(id, () => close.current()) : undefined), [open, id]);
  if (!open) return null;
  return (
    <Box class="veil">
      <Box class="sheet" role="dialog" label={props.title} id={id}>
        <Box class="sheet-words">
          <Stack>
            <Heading level={2}>{props.title}</Heading>
            {props.children}
          </Stack>
        </Box>
        <Box class="sheet-foot">
          <Stack gap={3}>
            {props.unfilled ? (
              <Box class="field-error" role="alert">
                上面还没有填好
              </Box>
            ) : null}
            {props.foot}
            <Button kind="plain" onTap={props.onClose}>
              {props.closeWord ?? "关闭"}
            </Button>
          </Stack>
        </Box>
      </Box>
    </Box>
  );
}

/** Asks before something that cannot be taken back. */
export function Confirm(props: {
  open: boolean;
  title: string;
  words: ReactNode;
  doWord: string;
  danger?: boolean;
  busy?: boolean;
  onDo: () => void;
  onClose: () => void;
}) {
  return (
    <Sheet
      open={props.open}
      title={props.title}
      onClose={props.onClose}
      closeWord="取消"
      foot={
        <Button kind={props.danger ? "danger" : "primary"} busy={props.busy} onTap={props.onDo}>
          {props.doWord}
        </Button>
      }
    >
      <Box>{props.words}</Box>
    </Sheet>
  );
}
