/** What a person could complain about on a page as it is drawn now: words cut off, things too small to press or to read. */
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";

export type Rules = {
  /** Sides of the smallest thing to press, in pixels. */
  target: number;
  /** The smallest type, in pixels. */
  type: number;
};
export const rules: Record<"normal" | "elder" | "desk" | "deskPhone", Rules> = {
  normal: { target: 44, type: 12 },
  elder: { target: 60, type: 20 },
  // With a mouse, and as a secretary opens it on the phone.
  desk: { target: 32, type: 13 },
  deskPhone: { target: 44, type: 13 },
};

/** One line for each fault that axe finds. Its way that opens no page of its own for an answer would pass over frames: there are none. */
export async function barriers(page: Page): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] });
  const { violations } = await axe.analyze();
  const lines = violations.map(({ id, nodes }) => `${id} ${nodes.map(({ target }) => target.join(" ")).join(" | ")}`);
  return page.frames().length > 1 ? [...lines, "a frame that axe does not look into"] : lines;
}

/** Answers one line for each fault; none when all is well. */
export function complaints(page: Page, { target, type }: Rules, root = "#app"): Promise<string[]> {
  return page.evaluate(
    ({ target, type, root }) => {
      const said = new Set<string>();
      const nameOf = (el: Element) =>
        `<${el.tagName.toLowerCase()} class="${el.className}"> ${(el.textContent ?? "").trim().slice(0, 24)}`;
      const shown = (el: Element) => {
        const { width, height } = el.getBoundingClientRect();
        return el.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && width > 1 && height > 1;
      };
      const clips = (el: Element, side: "overflowX" | "overflowY") =>
        ["hidden", "clip"].includes(getComputedStyle(el)[side]);
      const slides = (el: Element) => ["auto", "scroll"].includes(getComputedStyle(el).overflowX);

      if (document.documentElement.scrollWidth > innerWidth) said.add("the page scrolls sideways");
      for (const el of document.querySelectorAll(".taro_page, main")) {
        if (shown(el) && el.scrollWidth > el.clientWidth + 1) said.add(`scrolls sideways: ${el.className}`);
      }
      for (const el of document.querySelectorAll(`${root} *`)) {
        if (!shown(el) || el.closest(".skip, .sr")) continue;
        const words = [...el.childNodes].some((node) => node.nodeType === 3 && (node.textContent ?? "").trim() !== "");
        if (!words) continue;
        const size = Number.parseFloat(getComputedStyle(el).fontSize);
        if (size < type - 0.1 && !el.closest(".preview")) said.add(`type of ${size}: ${nameOf(el)}`);
        const box = el.getBoundingClientRect();
        for (let up: Element | null = el; up && up !== document.body; up = up.parentElement) {
          // A table or a line of filters may be pushed sideways in its own box.
          if (up.matches(".b-scroll, .chips-line") || (up !== el && slides(up) && !up.matches(".taro_page"))) break;
          const edge = up.getBoundingClientRect();
          if (clips(up, "overflowX") && (box.right > edge.right + 1 || up.scrollWidth > up.clientWidth + 1))
            said.add(`cut at the side: ${nameOf(el)}`);
          if (clips(up, "overflowY") && up === el && up.scrollHeight > up.clientHeight + 2)
            said.add(`cut below: ${nameOf(el)}`);
          if (up.parentElement === document.body && box.right > innerWidth + 1)
            said.add(`beyond the edge: ${nameOf(el)}`);
        }
      }
      const pressed = "a, button, input, select, textarea, [role=button], [role=link], [tabindex='0'][role]";
      for (const el of document.querySelectorAll(`${root} :is(${pressed})`)) {
        // A link within running text is as tall as its line.
        if (!shown(el) || el.matches(".skip, .b-link, .b-scroll")) continue;
        const { width, height } = el.getBoundingClientRect();
        if (width < target - 0.5 || height < target - 0.5)
          said.add(`to press only ${Math.round(width)}×${Math.round(height)}: ${nameOf(el)}`);
      }
      return [...said];
    },
    { target, type, root },
  );
}

/** What can be done on the page shown: every link by its address, everything else by its words. */
export function actions(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found = new Set<string>();
    const clean = (words: string) =>
      words
        .replace(/长辈版 特大字|长辈版|普通版|，换成大字|，换回小字/g, "")
        .replace(/\s+/g, "")
        .trim();
    const pages = [...document.querySelectorAll("#app .page")].filter((el) => el.checkVisibility());
    for (const page of pages) {
      for (const el of page.querySelectorAll("a, button, input, select, textarea")) {
        if (!el.checkVisibility({ visibilityProperty: true }) || el.matches(".skip")) continue;
        const words = clean(el.getAttribute("aria-label") ?? el.textContent ?? "");
        if (el instanceof HTMLAnchorElement) found.add(`go ${el.pathname}${el.search}`);
        // One of a few is chosen by chips in one edition and from a list in the other.
        else if (el instanceof HTMLSelectElement)
          for (const option of el.options) {
            if (!option.disabled) found.add(`choose ${clean(option.text)}`);
          }
        else if (el.getAttribute("role") === "radio") found.add(`choose ${words}`);
        else if (el instanceof HTMLInputElement || el instanceof HTMLTextAreaElement)
          found.add(`write ${clean(el.labels?.[0]?.textContent ?? "")}`);
        else found.add(`press ${words}`);
      }
    }
    return [...found].sort();
  });
}
