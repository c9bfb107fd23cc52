/** Controls that turn the direction of what follows, and blanks without a width. The joiners of emoji and scripts are not among them. */
const HIDDEN = /[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;

/**
 * A text without letters that nobody sees but that change what is read: with U+202E a name "fdp.exe" is shown as "exe.pdf",
 * and two names that look the same differ.
 */
export const visible = (text: string): string => text.replace(HIDDEN, "");

/** What shows nothing by itself: joiners, selectors and tags of emoji and scripts (U+E0000 to U+E0FFF as two halves), fillers, blanks. */
const BLANK =
  /^(?:[\s\u00ad\u115f\u1160\u200b-\u200f\u2060-\u206f\u2800\u3164\uffa0\ufff0-\ufffb]|\u034f|\u17b4|\u17b5|[\u180b-\u180f]|[\ufe00-\ufe0f]|[\udb40-\udb43][\udc00-\udfff])*$/;

/** As `visible`, and nothing where nothing of it can be seen: such a text says no word, though it has letters. */
export const legible = (text: string): string => {
  const seen = visible(text);
  return /\S/.test(seen) && BLANK.test(seen) ? "" : seen;
};

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
