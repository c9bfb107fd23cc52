import { isWeb } from "./env.ts";

/** The site's service worker keeps pictures that were seen under this name (`h5/shell/worker.js`). */
const name = "pictures";

/**
 * Pictures of posts that were open to the whole village went by there too: they go with the person who saw them. Those of
 * notices come anew when they are looked at.
 */
export function forgetSeenPictures(): void {
  if (!isWeb || typeof caches === "undefined") return;
  caches.delete(name).catch((error: unknown) => console.warn("seen pictures stay on this device", error));
}
