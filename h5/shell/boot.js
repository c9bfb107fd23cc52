/* Beside the app on every page: reading without a network, and a way on for a tab that is older than the site. */

if ("serviceWorker" in navigator)
  addEventListener("load", () => {
    // What the worker fetches must not compete with the page's own first requests.
    setTimeout(() => {
      navigator.serviceWorker
        .register("/sw.js", { updateViaCache: "none" })
        .catch((fault) => console.warn("pages are not kept for reading offline", fault));
    }, 3000);
  });

/* A tab from before an update asks for scripts that are gone: the page is loaded anew, once for each such script. */
addEventListener(
  "error",
  ({ target }) => {
    if (!(target instanceof HTMLScriptElement) || !target.src.startsWith(`${location.origin}/js/`)) return;
    fetch(target.src, { method: "HEAD", cache: "no-store" }).then(
      ({ status }) => {
        if (status !== 404 || !remember(target.src)) return;
        location.reload();
      },
      (fault) => console.warn("a script did not come", fault),
    );
  },
  true,
);

function remember(src) {
  try {
    if (sessionStorage.getItem("gone") === src) return false;
    sessionStorage.setItem("gone", src);
    return true;
  } catch (fault) {
    console.warn("the page is not loaded anew: nothing can be remembered", fault);
    return false;
  }
}
