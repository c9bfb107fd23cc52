import type { Block, Cell, Inline } from "@weimenhu/domain/body";
import { bytesOf } from "../platform/cache.ts";
import { type Cards, cardsOf, type Told } from "./table-cards.ts";
import { whole } from "./whole.ts";

/** What drawing something costs a mini-program: nodes on the page, and bytes on the way there. */
export type Weight = { nodes: number; bytes: number };

/** Bytes of one node beside its words, as Taro sends it: names of its fields, its id, its class and role. */
const nodeBytes = 105;

const nothing: Weight = { nodes: 0, bytes: 0 };
export const sum = (...all: Weight[]): Weight => ({
  nodes: all.reduce((total, { nodes }) => total + nodes, 0),
  bytes: all.reduce((total, { bytes }) => total + bytes, 0),
});
export const less = (from: Weight, by: Weight): Weight => ({
  nodes: from.nodes - by.nodes,
  bytes: from.bytes - by.bytes,
});
export const fits = (weight: Weight, room: Weight): boolean => weight.nodes <= room.nodes && weight.bytes <= room.bytes;
export const part = ({ nodes, bytes }: Weight, of: number): Weight => ({ nodes: nodes * of, bytes: bytes * of });
export const frame = (nodes: number): Weight => ({ nodes, bytes: nodes * nodeBytes });

/** JSON escapes quotes and line ends. */
const said = (words: string): Weight => ({ nodes: 0, bytes: bytesOf(JSON.stringify(words)) });

export function inlineWeight(node: Inline): Weight {
  if (node.t === "br") return frame(1);
  if (node.t === "a") return sum(frame(2), said(node.v));
  const dates = (node.v.split(whole).length - 1) / 2;
  return sum(frame(1 + 3 * dates + (node.b || node.i ? 1 : 0)), said(node.v));
}

export const wordsWeight = (words: Inline[]): Weight => sum(nothing, ...words.map(inlineWeight));

/** An item's own boxes beside what is in it: itself, its mark with the mark's text, the box of its blocks. */
export const itemFrame = frame(4);

export function blockWeight(block: Block): Weight {
  switch (block.t) {
    case "h":
    case "p":
      return sum(frame(1), wordsWeight(block.c));
    case "ul":
    case "ol":
      return sum(frame(1), ...block.items.map((item) => sum(itemFrame, ...item.map(blockWeight))));
    case "table":
      return tableWeight(block.rows).whole;
    case "quote":
      return sum(frame(1), ...block.c.map(blockWeight));
    case "img":
      // The address is in the picture; its words are in the label and under it.
      return sum(frame(7), said(block.src), said(block.alt), said(block.alt));
    case "hr":
      return frame(1);
  }
}

const cellWeight = ({ c }: Cell): Weight => sum(frame(1), wordsWeight(c));
const toldWeight = ({ cell, label }: Told): Weight =>
  sum(cellWeight(cell), label === "" ? nothing : sum(frame(2), said(label)));

export type TableWeight = { cards: Cards | null; box: Weight; heads: Weight; rows: Weight[]; whole: Weight };

/** A table as it is drawn: its box, its header rows, and each row that follows (every row where there are no header rows). */
export function tableWeight(rows: Cell[][]): TableWeight {
  const cards = cardsOf(rows);
  const box = frame(2);
  const heads = sum(nothing, ...(cards?.heads ?? []).map((row) => sum(frame(1), ...row.map(cellWeight))));
  const each = cards
    ? cards.rows.map((row) => sum(frame(1), ...row.map(toldWeight)))
    : rows.map((row) => sum(frame(1), ...row.map(cellWeight)));
  return { cards, box, heads, rows: each, whole: sum(box, heads, ...each) };
}
