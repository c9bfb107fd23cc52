import { Jieba } from "@node-rs/jieba";
import { dict } from "@node-rs/jieba/dict.js";
import { noticeCategories } from "@weimenhu/domain/notices/category";
import { pinyin } from "pinyin-pro";

/**
 * What a notice is found by. A term is a pair of neighbouring Chinese characters, so that every two-character word is found
 * wherever it stands; jieba says which pairs are words (they weigh more) and cuts a question into words. Latin words and
 * numbers are terms as they are; `~` marks pinyin initials from some syllable of a title on, `#` the name of a column.
 */
export const weights = { bodyPair: 1, bodyWord: 2, titlePair: 3, titleWord: 4 } as const;

const columns: ReadonlySet<string> = new Set(Object.values(noticeCategories));

export type Document = { title: string; words: string; column: string };

/** Terms behind this are not looked for: nobody remembers the tenth page of an attachment. */
const bodyChars = 4_000;
const longestTerm = 20;
const mostTerms = 6;
const longestInitials = 12;

let loaded: Jieba | undefined;
/** The dictionary takes 0.2 s to load, so not before it is needed. */
function jieba(): Jieba {
  loaded ??= Jieba.withDict(dict);
  return loaded;
}

const normal = (text: string): string => text.normalize("NFKC").toLowerCase();
const hanRuns = (text: string): string[] => text.match(/\p{Script=Han}+/gu) ?? [];
const latinWords = (text: string): string[] =>
  (text.match(/[a-z0-9]+/g) ?? []).map((word) => word.slice(0, longestTerm));
/** From each letter on, but the last: what is typed may begin anywhere in a title. */
const suffixes = (letters: string): string[] =>
  [...letters].slice(1).map((_, at) => `~${letters.slice(at, at + longestInitials)}`);
const isHan = (text: string): boolean => /^\p{Script=Han}+$/u.test(text);

function grams(text: string, size: number): string[] {
  const letters = [...text];
  return letters.slice(size - 1).map((_, at) => letters.slice(at, at + size).join(""));
}

/** Every term of a notice with the weight of its best place. */
export function termsOf({ title, words, column }: Document): Map<string, number> {
  const terms = new Map<string, number>();
  const add = (found: readonly string[], weight: number) => {
    for (const term of found) if ((terms.get(term) ?? 0) < weight) terms.set(term, weight);
  };
  const head = normal(title);
  add(wordsOf(head), weights.titleWord);
  add(
    hanRuns(head).flatMap((run) => grams(run, 2)),
    weights.titlePair,
  );
  add(suffixes(initialsOf(title)), weights.titleWord);
  const body = normal(words).slice(0, bodyChars);
  add([...wordsOf(body), `#${column}`], weights.bodyWord);
  add(
    hanRuns(body).flatMap((run) => grams(run, 2)),
    weights.bodyPair,
  );
  return terms;
}

const wordsOf = (text: string): string[] => [
  ...jieba()
    .cutForSearch(text, true)
    .filter((word) => [...word].length === 2 && isHan(word)),
  ...latinWords(text),
];

/** `停水通知（2 号）` → `tstz2h`: first letters of the syllables, Latin letters and digits as they are. */
export function initialsOf(title: string): string {
  const letters = pinyin(normal(title), {
    pattern: "first",
    toneType: "none",
    type: "array",
    nonZh: "consecutive",
    v: true,
  });
  return letters
    .join("")
    .replace(/[^a-z0-9]/g, "")
    .slice(0, 100);
}

/** Words that say nothing about what is looked for; left out unless nothing else was asked. */
const empty = new Set([
  "关于",
  "什么",
  "怎么",
  "怎样",
  "哪里",
  "哪个",
  "如何",
  "请问",
  "多少",
  "一下",
  "我们",
  "你们",
  "他们",
  "可以",
  "没有",
  "时候",
]);

/** All of `terms`, or with `prefix` whatever begins with the one. */
export type Asked = { terms: string[]; prefix: boolean };

/** Letters may be initials of a title. `null` when they cannot be: too short, or not letters and digits alone. */
export function askedInitials(q: string): Asked | null {
  const letters = normal(q).replace(/\s+/g, "");
  if (!/^[a-z0-9]{2,20}$/.test(letters) || !/[a-z]/.test(letters)) return null;
  return { terms: [`~${letters.slice(0, longestInitials)}`], prefix: true };
}

/** The terms that a notice must all have. A word of more than two characters asks for its pairs; a lone character says little. */
export function askedWords(q: string): Asked {
  const text = normal(q).trim();
  // A column is asked for by its whole name: a power cut must not be found by a column that is called after both.
  if (columns.has(text)) return { terms: [`#${text}`], prefix: false };
  const tokens = jieba()
    .cut(text, true)
    .filter((word) => word.trim() !== "");
  const useful = tokens.filter((word) => !empty.has(word));
  const pairs = runs(useful.some((word) => [...word].length > 1) ? useful : tokens).flatMap((run) => grams(run, 2));
  const found = [...new Set([...pairs, ...latinWords(text)])];
  const [lone] = hanRuns(text).flatMap((run) => [...run]);
  if (found.length === 0) return lone === undefined ? { terms: [], prefix: false } : { terms: [lone], prefix: true };
  return { terms: found.slice(0, mostTerms), prefix: false };
}

/** Chinese words one by one; characters that jieba left single are one run with their single neighbours. */
function runs(tokens: readonly string[]): string[] {
  const found: string[] = [];
  let singles = "";
  for (const token of [...tokens, ""]) {
    if (isHan(token) && [...token].length === 1) {
      singles += token;
      continue;
    }
    if (singles !== "") found.push(singles);
    singles = "";
    if (isHan(token)) found.push(token);
  }
  return found;
}

/** The words around the first hit, or the first words when the hit lies elsewhere. */
export function snippetOf(words: string, terms: readonly string[], length = 80): string {
  const flat = words.replace(/\s+/g, " ").trim();
  const text = normal(flat);
  const at = terms.map((term) => text.indexOf(term)).filter((index) => index >= 0);
  const first = at.length === 0 ? 0 : Math.min(...at);
  // Folding may change the length of the text before the hit by a little; a snippet can bear that.
  const start = first <= 20 ? 0 : first - 20;
  const letters = [...flat.slice(start)];
  const cut = letters.length > length ? `${letters.slice(0, length).join("")}…` : letters.join("");
  return start > 0 ? `…${cut}` : cut;
}
