/**
 * `PLATFORM === "h5"` with an else drops the other branch from the bundle; `isWeb` reads better where nothing is saved by it.
 */
/** Which world we run in. Nothing outside this folder (and the drawing of roles in ui/) asks. */
export const platform = typeof PLATFORM === "undefined" ? "h5" : PLATFORM;
export const isWeb = platform === "h5";
export const apiBase = typeof API_BASE === "undefined" ? "" : API_BASE;
export const clientVersion = typeof CLIENT_VERSION === "undefined" ? "0.0.0" : CLIENT_VERSION;
/** Sent with every request: `<channel>/<version>`. */
export const clientName = `${platform === "h5" ? "web" : platform}/${clientVersion}`;

/** The app around us, as a person calls it. */
export const hostName = { weapp: "微信", alipay: "支付宝", h5: "浏览器" }[platform];

/** Is this a phone or tablet, rather than a desk with a mouse? */
export const byFinger = !isWeb || (typeof matchMedia === "function" && matchMedia("(pointer: coarse)").matches);

/** A path of our own server as a full address; mini-programs have no origin of their own. */
export function addressOf(path: string): string {
  return path.startsWith("/") ? `${apiBase}${path}` : path;
}
