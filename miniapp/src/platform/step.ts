import { isWeb } from "./env.ts";

/**
 * A step to another page (site). Its script may take its time: until then what was pressed says so. And whoever goes by
 * keyboard or screen reader begins the new page at its heading, and comes back to what they pressed.
 */
let pressed: HTMLElement | null = null;

export function stepBegins(target: unknown): void {
  if (!isWeb || !(target instanceof HTMLElement)) return;
  stepEnds();
  pressed = target;
  target.setAttribute("aria-busy", "true");
}

export function stepEnds(): void {
  pressed?.removeAttribute("aria-busy");
}

/** What was pressed to leave the page that is hidden now. */
export function takePressed(): HTMLElement | null {
  const last = pressed;
  stepEnds();
  pressed = null;
  return last;
}

const isSeen = (element: HTMLElement): boolean => element.getClientRects().length > 0;

/** The page in front has been drawn by then, and the one before it is hidden. */
const afterDrawing = (work: () => void): void => {
  requestAnimationFrame(() => requestAnimationFrame(work));
};

export function focusHeading(): void {
  afterDrawing(() => {
    const heading = [...document.querySelectorAll<HTMLElement>("h1, main")].filter(isSeen);
    const place = heading.filter(({ tagName }) => tagName === "H1").pop() ?? heading.pop();
    place?.setAttribute("tabindex", "-1");
    place?.focus({ preventScroll: true });
  });
}

export function focusAgain(element: HTMLElement): void {
  afterDrawing(() => (element.isConnected ? element.focus({ preventScroll: true }) : focusHeading()));
}

/** Did what had the focus go away with it? */
export const focusIsLost = (): boolean => document.activeElement === null || document.activeElement === document.body;
