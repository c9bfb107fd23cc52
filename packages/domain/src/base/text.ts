/** Controls that turn the direction of what follows, and blanks without a width. The joiners of emoji and scripts are not among them. */
const HIDDEN = /[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;

/**
 * A text without letters that nobody sees but that change what is read: with U+202E a name "fdp.exe" is shown as "exe.pdf",
 * and two names that look the same differ.
 */
export const visible = (text: string): string => text.replace(HIDDEN, "");

/**
 * The name of a file as its owner knows it. Senders of forms escape what would end a header (`"` as `%22`), and some phones
 * every letter that is not English; a name with a `%` of its own stays.
 */
export function fileNameOf(sent: string): string {
  try {
    return decodeURIComponent(sent);
  } catch (fault) {
    if (!(fault instanceof URIError)) throw fault;
    return sent.replace(/%22/g, '"').replace(/%0[ad]/gi, " ");
  }
}
