import { isWeb } from "./env.ts";

const focusable = "a[href],button:not([disabled]),input,select,textarea,[tabindex]";

/** While a dialog stands (site): focus goes into it, Tab stays in it, Escape closes it; afterwards focus returns. */
export function holdFocus(id: string, onEscape: () => void): () => void {
  if (!isWeb) return () => undefined;
  const dialog = document.getElementById(id);
  const before = document.activeElement;
  const inside = () => [...(dialog?.querySelectorAll<HTMLElement>(focusable) ?? [])];
  inside()[0]?.focus();
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "Escape") return onEscape();
    if (event.key !== "Tab") return;
    const all = inside();
    const first = all[0];
    const last = all[all.length - 1];
    const leaving = event.shiftKey ? document.activeElement === first : document.activeElement === last;
    if (!leaving) return;
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
