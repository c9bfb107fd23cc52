import type { Block, Body, Cell, Inline, List, Table } from "@weimenhu/domain/body";
import {
  blockWeight,
  fits,
  frame,
  inlineWeight,
  itemFrame,
  less,
  part,
  sum,
  tableWeight,
  type Weight,
  wordsWeight,
} from "./body-weight.ts";
import { rowsOf } from "./table-cards.ts";

/** A block or what is drawn of it at once: it may go on from the piece before, and an ordered list then counts on. */
export type Part = Block & { goesOn?: true; from?: number };

/** The first piece comes with the page around it; each other one is sent alone. A mini-program sends at most 64 KB at once. */
export const rooms: { first: Weight; next: Weight } = {
  first: { nodes: 420, bytes: 36 * 1024 },
  next: { nodes: 1_000, bytes: 50 * 1024 },
};

/**
 * Cuts a body into pieces of which none is heavy to draw, in reading order and with every word: between blocks, items and
 * rows, and only where one of these is too long for a piece by itself inside its words, at the end of a sentence.
 */
export function piecesOf(body: Body, { first, next } = rooms): Part[][] {
  const pieces: Part[][] = [];
  let rest: Part[] = body;
  while (rest.length > 0) {
    const cut = take(rest, pieces.length === 0 ? first : next);
    // What cannot be cut (one address of enormous length) goes as it is.
    if (cut.taken.length === 0) cut.taken.push(...cut.rest.splice(0, 1));
    pieces.push(cut.taken);
    rest = cut.rest;
  }
  return pieces;
}

type Cut<T> = { taken: T[]; rest: T[] };

/** Takes what fits. `whole`: a part that would fit into so much is not cut, but left for the next piece. */
function take(blocks: Part[], room: Weight, whole = room): Cut<Part> {
  let left = room;
  for (const [i, block] of blocks.entries()) {
    const weight = blockWeight(block);
    if (fits(weight, left)) {
      left = less(left, weight);
      continue;
    }
    const [head, tail] = cutBlock(block, left, whole);
    return {
      taken: [...blocks.slice(0, i), ...(head ? [head] : [])],
      rest: [...(tail ? [tail] : []), ...blocks.slice(i + 1)],
    };
  }
  return { taken: blocks, rest: [] };
}

type Halves = [head: Part | null, tail: Part | null];

function cutBlock(block: Part, room: Weight, whole: Weight): Halves {
  switch (block.t) {
    case "h":
    case "p": {
      if (fits(blockWeight(block), whole)) return [null, block];
      const { taken, rest } = takeWords(block.c, less(room, frame(1)));
      return taken.length === 0
        ? [null, block]
        : [
            { ...block, c: taken },
            { ...block, c: rest },
          ];
    }
    case "ul":
    case "ol":
      return cutList(block, less(room, frame(1)), less(whole, frame(1)));
    case "quote": {
      const { taken, rest } = take(block.c, less(room, frame(1)), less(whole, frame(1)));
      return taken.length === 0
        ? [null, block]
        : [
            { ...block, c: taken },
            { ...block, c: rest, goesOn: true },
          ];
    }
    case "table":
      return cutTable(block, room, whole);
    case "img":
    case "hr":
      return [null, block];
  }
}

function cutList(list: List & { goesOn?: true; from?: number }, room: Weight, whole: Weight): Halves {
  const { from = 1 } = list;
  let left = room;
  for (const [i, item] of list.items.entries()) {
    const weight = sum(itemFrame, ...item.map(blockWeight));
    if (fits(weight, left)) {
      left = less(left, weight);
      continue;
    }
    const before = list.items.slice(0, i);
    const after = list.items.slice(i + 1);
    const rest = { ...list, from: from + i };
    const inside = fits(weight, whole) ? null : take(item, less(left, itemFrame), less(whole, itemFrame));
    if (inside && inside.taken.length > 0) {
      const head = { ...list, items: [...before, inside.taken] };
      return [head, { ...rest, items: [inside.rest, ...after], goesOn: true }];
    }
    if (i === 0) return [null, list];
    delete rest.goesOn;
    return [
      { ...list, items: before },
      { ...rest, items: [item, ...after] },
    ];
  }
  return [list, null];
}

/** So much of a piece may be header rows that stand above each part of a table. */
const headShare = 0.25;

function cutTable(table: Table & { goesOn?: true }, room: Weight, whole: Weight): Halves {
  const short = table.rows.flatMap((row) => shortRows(row, part(whole, 0.5)));
  const told = tableWeight(short);
  const repeats = told.cards !== null && fits(told.heads, part(whole, headShare));
  // Header rows that are too heavy to be said again in each piece are rows like the others.
  const rows = repeats ? short : short.map((row) => row.map(plainCell));
  const { box, heads, rows: weights } = repeats ? told : tableWeight(rows);
  const start = rows.length - weights.length;
  let left = less(less(room, box), heads);
  let taken = 0;
  while (taken < weights.length) {
    const weight = weights[taken] ?? frame(0);
    if (!fits(weight, left)) break;
    left = less(left, weight);
    taken += 1;
  }
  if (taken === 0) return [null, table];
  if (taken === weights.length) return [{ ...table, rows }, null];
  const above = rowsOf(rows, 0, start);
  const between = (from: number, to: number) => [...above, ...rowsOf(rows, start + from, start + to)];
  return [
    { ...table, rows: between(0, taken) },
    { ...table, rows: between(taken, weights.length), goesOn: true },
  ];
}

const plainCell = ({ head: _head, ...cell }: Cell): Cell => cell;

/** A row that is too long for one piece becomes several, one after another cell going on. */
function shortRows(row: Cell[], room: Weight): Cell[][] {
  const frames = frame(1 + row.length * 4);
  if (fits(sum(frames, ...row.map(({ c }) => wordsWeight(c))), room)) return [row];
  const blank = (): Cell[] => row.map(({ c: _c, rows: _rows, ...cell }) => ({ ...cell, c: [] }));
  const done = [blank()];
  const fresh = less(room, frames);
  let left = fresh;
  row.forEach((cell, at) => {
    let rest = cell.c;
    while (rest.length > 0) {
      const cut = takeWords(rest, left);
      if (cut.taken.length === 0 && left === fresh) cut.taken.push(...cut.rest.splice(0, 1));
      const last = done[done.length - 1]?.[at];
      if (last) last.c = cut.taken;
      left = less(left, wordsWeight(cut.taken));
      rest = cut.rest;
      if (rest.length === 0) break;
      done.push(blank());
      left = fresh;
    }
  });
  return done;
}

function takeWords(words: Inline[], room: Weight): Cut<Inline> {
  let left = room;
  for (const [i, node] of words.entries()) {
    const weight = inlineWeight(node);
    if (fits(weight, left)) {
      left = less(left, weight);
      continue;
    }
    const at = node.t === "text" ? lettersThatFit(node, left) : 0;
    const head = node.t === "text" && at > 0 ? [{ ...node, v: node.v.slice(0, at) }] : [];
    const tail = node.t === "text" && at > 0 ? { ...node, v: node.v.slice(at) } : node;
    return { taken: [...words.slice(0, i), ...head], rest: [tail, ...words.slice(i + 1)] };
  }
  return { taken: words, rest: [] };
}

/** So near to the end of what fits, the end of a sentence is looked for. */
const nearEnd = 200;
const sentenceEnd = /[。！？；!?;\n]/;

function lettersThatFit(node: Inline & { t: "text" }, room: Weight): number {
  const { v: text } = node;
  let at = text.length;
  while (at > 0 && !fits(inlineWeight({ ...node, v: text.slice(0, at) }), room)) at = Math.floor(at * 0.8);
  for (let end = at; end > Math.max(0, at - nearEnd); end -= 1) {
    if (sentenceEnd.test(text.charAt(end - 1))) return end;
  }
  // Never between the halves of one letter.
  return /[\uD800-\uDBFF]/.test(text.charAt(at - 1)) ? at - 1 : at;
}
