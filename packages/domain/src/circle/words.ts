/** A local list of words that a person should look at before the village does: the floor under the platforms' own checks. */

/** Marks, blanks and signs that are put between letters so that a machine does not read the word. */
const between = /[\p{P}\p{S}\p{Z}\p{C}\p{M}]+/gu;

/** As a reader sees it: full-width letters narrow, case gone, nothing between the letters. */
export const bare = (text: string): string => text.normalize("NFKC").toLowerCase().replace(between, "");

/** The words of a list, one a line; empty lines and lines that begin with # are left out. */
export const wordsOf = (list: string): string[] =>
  list
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));

/** Tells whether a text holds one of the words, however it is spaced, widened or cut by letters without a width. */
export function wordCheck(words: readonly string[]): (text: string) => boolean {
  const wanted = [...new Set(words.map(bare))].filter((word) => word !== "");
  return (text) => {
    const read = bare(text);
    return wanted.some((word) => read.includes(word));
  };
}
