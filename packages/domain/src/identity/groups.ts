const digits = "零一二三四五六七八九";

/** A number as it stands in a name, in Arabic or Chinese figures below a thousand: "12", "十二", "一百零三". */
function valueOf(figures: string): number {
  if (/^\d+$/.test(figures)) return Number(figures);
  let sum = 0;
  let digit: number | null = null;
  for (const letter of figures) {
    if (letter === "百" || letter === "十") {
      sum += (digit ?? 1) * (letter === "百" ? 100 : 10);
      digit = null;
    } else if (letter !== "零") digit = (digit ?? 0) * 10 + digits.indexOf(letter);
  }
  return sum + (digit ?? 0);
}

/** The words before the first number, the number, and what follows; without a number all of it is words. */
function partsOf(name: string): [string, number, string] {
  const found = /\d+|[零一二三四五六七八九十百]+/.exec(name);
  if (!found) return [name, -1, ""];
  return [name.slice(0, found.index), valueOf(found[0]), name.slice(found.index + found[0].length)];
}

const compare = <T extends string | number>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);

/** Order of villager groups as people count them: 一组, 二组, …, 九组, 十组, 十一组; also 第九组 before 第十组, 2组 before 10组. */
export function groupOrder(a: string, b: string): number {
  const [wordsA, numberA, restA] = partsOf(a);
  const [wordsB, numberB, restB] = partsOf(b);
  return compare(wordsA, wordsB) || compare(numberA, numberB) || compare(restA, restB);
}
