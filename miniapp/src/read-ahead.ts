/** On the site the script of the page that most taps lead to is fetched while nothing else is to do. */
export function readAhead(): void {
  if (PLATFORM === "h5") {
    const idle = (work: () => void): void => {
      if (typeof requestIdleCallback === "function") requestIdleCallback(work, { timeout: 5_000 });
      else setTimeout(work, 2_000);
    };
    const fetchIt = () => {
      import("./features/notices/detail").catch((error: unknown) => console.warn("not read ahead", error));
    };
    if (document.readyState === "complete") idle(fetchIt);
    else addEventListener("load", () => idle(fetchIt), { once: true });
  }
}
