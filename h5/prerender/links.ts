const signs: Record<string, string> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#x27;": "'",
  "&#39;": "'",
};
const plain = (escaped: string): string =>
  escaped.replace(/&(?:amp|lt|gt|quot|#x27|#39);/g, (sign) => signs[sign] ?? sign);

/** Links to other sites lead over the page that says so; in the app the same is said over the page. Attributes are the views'. */
export const overLeaving = (html: string, publicUrl: string): string =>
  html.replace(/(<a [^>]*?\bhref=")(https?:\/\/[^"]*)"/g, (whole, before: string, escaped: string) => {
    const href = plain(escaped);
    return `${href}/`.startsWith(`${publicUrl}/`) ? whole : `${before}/leave?to=${encodeURIComponent(href)}"`;
  });

/** The address to leave for, as a browser will understand it; null unless it is a plain http or https address. */
export function leavingFor(to: string | null): string | null {
  if (to === null || to.length > 2000 || !URL.canParse(to)) return null;
  const { protocol, username, password, href } = new URL(to);
  return /^https?:$/.test(protocol) && username === "" && password === "" ? href : null;
}
