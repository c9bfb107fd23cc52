import Taro from "@tarojs/taro";

/** What stands above a field on the screen when the page moves to it, in CSS pixels: its own label and some air. */
const above = 40;

const focusable = "input,select,textarea,button";

/** Brings a part of the page into sight; on the site its field also gets the focus (phones: the field's own `focus`). */
export function bringIntoSight(id: string): void {
  if (PLATFORM === "h5") {
    const place = document.getElementById(id);
    if (!place) return;
    const fits = place.offsetHeight < innerHeight / 2;
    // The bar lies over what is scrolled under it.
    const bar = place.closest(".page")?.querySelector<HTMLElement>(".topbar");
    place.style.scrollMarginTop = `${bar?.offsetHeight ?? 0}px`;
    place.scrollIntoView({ block: fits ? "center" : "start" });
    place.querySelector<HTMLElement>(focusable)?.focus({ preventScroll: true });
  } else {
    // The error's own line is drawn by then, and has moved what stands below it.
    Taro.nextTick(() => scrollTo(id));
  }
}

function scrollTo(id: string): void {
  const query = Taro.createSelectorQuery();
  query.select(`#${id}`).boundingClientRect();
  query.selectViewport().scrollOffset();
  query.exec(([place, view]: [{ top: number } | null, { scrollTop: number } | null]) => {
    if (!place || !view) return;
    const scrollTop = Math.max(0, view.scrollTop + place.top - above);
    Taro.pageScrollTo({ scrollTop, duration: 0 }).catch((error: unknown) => console.warn("page not moved", error));
  });
}
