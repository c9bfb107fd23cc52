/** A local list of words that a person should look at before the village does: the floor under the platforms' own checks. */

/** Letters without a width, directions and the like: nobody sees them, and a machine reads another word because of them. */
const unseen = /(?:[\p{Cf}\p{Cc}\p{Co}\p{Cn}\p{Variation_Selector}\u115f\u1160\u3164\uffa0]|\u034f)+/gu;
/** Marks, blanks and signs that are put between letters so that a machine does not read the word. */
const between = /[\p{P}\p{S}\p{Z}\p{C}\p{M}\u115f\u1160\u3164\uffa0]+/gu;

/** Pairs of letters, one of which is written for the other: of other alphabets, and the older form of Chinese ones. */
const pairs =
  "аaвbеeкkмmнhоoрpсcтtуyхxіiѕsјjѵv" +
  "αaβbεeηnιiκkνvοoρpτtυuχx" +
  "開开發发證证貸贷賭赌網网場场單单現现槍枪藥药銀银賣卖買买錢钱貨货費费兌兑換换號号碼码幣币轉转賬账帳账騙骗" +
  "彩彩頭头視视頻频約约國国產产軍军會会聯联係系詐诈債债務务辦办條条紙纸黨党員员東东車车門门體体點点電电話话";
const letters = [...pairs];
const same = new Map(letters.flatMap((letter, at) => (at % 2 === 0 ? [[letter, letters[at + 1] ?? letter]] : [])));

/** What a reader sees of a text, for a checker: wide letters narrow, nothing in it that has no width. Line breaks stay. */
export const seenText = (text: string): string =>
  text
    .normalize("NFKC")
    .split("\n")
    .map((row) => row.replace(unseen, ""))
    .join("\n");

/** As a reader understands it: case gone, nothing between the letters, look-alikes as what they look like. */
export const bare = (text: string): string =>
  Array.from(text.normalize("NFKC").toLowerCase().replace(between, ""), (letter) => same.get(letter) ?? letter).join(
    "",
  );

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
