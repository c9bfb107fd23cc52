import type { Line } from "./lines.ts";

export type Piece<T> = { kind: "same" | "gone" | "new"; items: T[] };

/** Beyond this many comparisons two texts are simply shown as replaced. */
const budget = 4_000_000;

/** Longest common subsequence, as runs of what stayed, what went and what came. */
export function diff<T>(before: readonly T[], after: readonly T[], equal: (a: T, b: T) => boolean): Piece<T>[] {
  let head = 0;
  const shorter = Math.min(before.length, after.length);
  const at = (list: readonly T[], i: number): T => list[i] as T;
  while (head < shorter && equal(at(before, head), at(after, head))) head++;
  let tail = 0;
  while (tail < shorter - head && equal(at(before, before.length - 1 - tail), at(after, after.length - 1 - tail)))
    tail++;
  const a = before.slice(head, before.length - tail);
  const b = after.slice(head, after.length - tail);
  const pieces: Piece<T>[] = [];
  add(pieces, "same", after.slice(0, head));
  if (a.length * b.length > budget) {
    add(pieces, "gone", a);
    add(pieces, "new", b);
  } else middle(a, b, equal, pieces);
  add(pieces, "same", after.slice(after.length - tail));
  return pieces;
}

function add<T>(pieces: Piece<T>[], kind: Piece<T>["kind"], items: readonly T[]): void {
  if (items.length === 0) return;
  const last = pieces.at(-1);
  if (last?.kind === kind) last.items.push(...items);
  else pieces.push({ kind, items: [...items] });
}

function middle<T>(a: readonly T[], b: readonly T[], equal: (x: T, y: T) => boolean, pieces: Piece<T>[]): void {
  const width = b.length + 1;
  const longest = new Uint32Array((a.length + 1) * width);
  const cell = (i: number, j: number): number => longest[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      longest[i * width + j] = equal(a[i] as T, b[j] as T)
        ? cell(i + 1, j + 1) + 1
        : Math.max(cell(i + 1, j), cell(i, j + 1));
    }
  }
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    if (equal(a[i] as T, b[j] as T)) {
      add(pieces, "same", [b[j] as T]);
      i++;
      j++;
    } else if (cell(i + 1, j) >= cell(i, j + 1)) add(pieces, "gone", [a[i++] as T]);
    else add(pieces, "new", [b[j++] as T]);
  }
  add(pieces, "gone", a.slice(i));
  add(pieces, "new", b.slice(j));
}

const segmenter = new Intl.Segmenter("zh-CN", { granularity: "word" });

/** Chinese has no blanks: the platform's own word breaker cuts it. */
export function wordsOf(text: string): string[] {
  return Array.from(segmenter.segment(text), (part) => part.segment);
}

export function diffWords(before: string, after: string): { kind: Piece<string>["kind"]; text: string }[] {
  return diff(wordsOf(before), wordsOf(after), (a, b) => a === b).map((piece) => ({
    kind: piece.kind,
    text: piece.items.join(""),
  }));
}

/** One row of the comparison: the old line, the new line, or both; `same` when nothing differs. */
export type Row = { before: Line | null; after: Line | null; same: boolean };

/** Lines beside each other: a changed line stands next to what it became. */
export function compareLines(before: readonly Line[], after: readonly Line[]): Row[] {
  const pieces = diff(before, after, (a, b) => a.kind === b.kind && a.text === b.text);
  const rows: Row[] = [];
  for (let p = 0; p < pieces.length; p++) {
    const piece = pieces[p];
    if (!piece) continue;
    if (piece.kind === "same") {
      rows.push(...piece.items.map((line) => ({ before: line, after: line, same: true })));
      continue;
    }
    // Runs of gone and new that touch are one change.
    const gone: Line[] = [];
    const fresh: Line[] = [];
    while (pieces[p] && pieces[p]?.kind !== "same") {
      (pieces[p]?.kind === "gone" ? gone : fresh).push(...(pieces[p]?.items ?? []));
      p++;
    }
    p--;
    for (let i = 0; i < Math.max(gone.length, fresh.length); i++) {
      rows.push({ before: gone[i] ?? null, after: fresh[i] ?? null, same: false });
    }
  }
  return rows;
}
