import { isWeb } from "./env.ts";

const focusable = "a[href],button:not([disabled]),input,select,textarea,[tabindex]";

/**
 * While a dialog stands (site): focus is on it (on its first button it would scroll its title away), Tab stays in it, Escape
 * closes it; afterwards focus returns.
 */
export function holdFocus(id: string, onEscape: () => void): () => void {
  if (!isWeb) return () => undefined;
  const dialog = document.getElementById(id);
  const before = document.activeElement;
  const inside = () => [...(dialog?.querySelectorAll<HTMLElement>(focusable) ?? [])];
  dialog?.setAttribute("tabindex", "-1");
  dialog?.focus();
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "Escape") return onEscape();
    if (event.key !== "Tab") return;
    const all = inside();
    const first = all[0];
    const last = all[all.length - 1];
    const here = document.activeElement;
    const within = here !== dialog && dialog?.contains(here);
    if (within && here !== (event.shiftKey ? first : last)) return;
    event.preventDefault();
    (event.shiftKey ? last : first)?.focus();
  };
  document.addEventListener("keydown", onKey);
  return () => {
    document.removeEventListener("keydown", onKey);
    if (before instanceof HTMLElement) before.focus();
  };
}

/** Moves the reader's eye to a place of the page (site): the skip link. */
export function jumpTo(id: string): void {
  const place = document.getElementById(id);
  place?.setAttribute("tabindex", "-1");
  place?.focus();
}
