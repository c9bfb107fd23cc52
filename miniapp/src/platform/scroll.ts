import Taro from "@tarojs/taro";

/** Back to the beginning of the page that is shown. */
export function toTop(): void {
  if (PLATFORM === "h5") {
    for (const box of document.querySelectorAll(".taro_page, .taro_page .scroll")) box.scrollTop = 0;
    scrollTo(0, 0);
  } else {
    Taro.pageScrollTo({ scrollTop: 0, duration: 0 }).catch((error: unknown) => console.warn("not scrolled", error));
  }
}
