import type { Cell, Inline } from "@weimenhu/domain/body";

/** A cell with the words of the header above it. `carried` stands for one that began in a row above and reaches into this one. */
export type Told = { cell: Cell; label: string; carried: boolean };
export type Cards = { heads: Cell[][]; rows: Told[][]; columns: number };

/** A table of fewer columns is read well on the narrowest screen. */
const fewest = 3;

/** Letters of what a row repeats of a header or of a cell above: enough to know it by. */
const repeated = 40;

/**
 * How a table is told row by row, each cell with its header, where it is too wide to be seen at once.
 * Null for a table that has few columns or does not begin with header rows.
 */
export function cardsOf(rows: Cell[][]): Cards | null {
  const plan = layOut(rows);
  const columns = columnsOf(rows);
  const body = rows.findIndex((row) => row.some((cell) => !cell.head));
  if (columns < fewest || body < 1) return null;
  const above = plan.slice(0, body);
  const labels = Array.from({ length: columns }, (_, at) =>
    joined(
      above.map((line) => wordsOf(line[at])),
      " ",
    ),
  );
  const told = plan.slice(body).map((line, i) =>
    [...new Set(line)].flatMap((cell): Told[] => {
      if (cell === undefined) return [];
      const under = labels.filter((_, at) => line[at] === cell);
      // A cell as wide as the table is a heading of the rows that follow.
      const label = under.length === columns ? "" : shortOf(joined(under, "、"));
      const carried = rows[body + i]?.includes(cell) !== true;
      return [{ cell: carried ? inShort(cell) : cell, label, carried }];
    }),
  );
  return { heads: rows.slice(0, body), rows: told, columns };
}

export const columnsOf = (rows: Cell[][]): number => Math.max(1, ...layOut(rows).map((line) => line.length));

/** Which cell covers each place, as HTML lays a table out: a cell takes the first free place of its row. */
function layOut(rows: Cell[][]): (Cell | undefined)[][] {
  const plan: (Cell | undefined)[][] = rows.map(() => []);
  rows.forEach((row, y) => {
    for (const cell of row) {
      const line = plan[y] ?? [];
      let x = 0;
      while (line[x] !== undefined) x++;
      for (const below of plan.slice(y, y + (cell.rows ?? 1))) {
        for (let at = x; at < x + (cell.span ?? 1); at++) below[at] = cell;
      }
    }
  });
  return plan;
}

/**
 * Rows `from`…`to` as a table of its own. A cell that reaches in from above begins anew, in short; one that reaches out
 * ends with the last row.
 */
export function rowsOf(rows: Cell[][], from: number, to: number): Cell[][] {
  const plan = layOut(rows);
  const first = new Map<Cell, number>();
  rows.forEach((row, y) => {
    for (const cell of row) first.set(cell, y);
  });
  return rows.slice(from, to).map((row, i) => {
    const y = from + i;
    const cells = new Set([...(plan[y] ?? []), ...row].filter((cell) => cell !== undefined));
    return [...cells].flatMap((cell): Cell[] => {
      const began = first.get(cell) ?? y;
      if (began < y && i > 0) return [];
      const { rows: high = 1, ...rest } = began < y ? inShort(cell) : cell;
      const left = Math.min(began + high, to) - y;
      return [left > 1 ? { ...rest, rows: left } : rest];
    });
  });
}

const shortOf = (words: string): string => {
  const letters = [...words];
  return letters.length > repeated ? `${letters.slice(0, repeated).join("")}…` : words;
};

function inShort(cell: Cell): Cell {
  const words = wordsOf(cell);
  const short = shortOf(words);
  return short === words ? cell : { ...cell, c: [{ t: "text", v: short }] };
}

const wordsOf = (cell: Cell | undefined): string => (cell?.c ?? []).map(wordOf).join("").trim();
const wordOf = (node: Inline): string => (node.t === "br" ? "" : node.v);
const joined = (words: string[], by: string): string => [...new Set(words.filter((word) => word !== ""))].join(by);
