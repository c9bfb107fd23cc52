import {
  type Block,
  bodyLimits,
  type Cell,
  type Inline,
  isSafeHref,
  isSafeSrc,
  type Picture,
} from "@weimenhu/domain/body";
import { descendants, isTag, isText, type Node, rawText, type Tag, textOf } from "./dom.ts";
import { absolute, isInside } from "./link.ts";
import { tidy } from "./tidy.ts";

const BLOCKS = new Set([
  "p",
  "div",
  "section",
  "article",
  "center",
  "pre",
  "dl",
  "dt",
  "dd",
  "figure",
  "figcaption",
  "caption",
  "li",
  "tr",
]);

/** A longer table goes on as another one, so that what must be cut off is not all of it. */
const ROWS = 200;

type Marks = { b?: true; i?: true };

/** Where the blocks of one level gather; words that stand free become paragraphs. */
class Pouring {
  readonly blocks: Block[] = [];
  private run: Inline[] = [];
  readonly base: string;
  readonly depth: number;

  constructor(base: string, depth: number) {
    this.base = base;
    this.depth = depth;
  }

  add(inline: Inline): void {
    this.run.push(inline);
  }

  block(block: Block): void {
    this.flush();
    this.blocks.push(block);
  }

  flush(): void {
    const c = tidy(this.run);
    this.run = [];
    if (c.length > 0) this.blocks.push({ t: "p", c });
  }
}

export function pourAll(nodes: readonly Node[], base: string, depth: number): Block[] {
  const into = new Pouring(base, depth);
  for (const node of nodes) pour(node, {}, into);
  into.flush();
  return into.blocks;
}

function pour(node: Node, marks: Marks, into: Pouring): void {
  if (isText(node)) into.add({ t: "text", v: node.data.replace(/\s+/g, " "), ...marks });
  if (!isTag(node)) return;
  const each = (more: Marks = marks) => {
    for (const child of node.children) pour(child, more, into);
  };
  const { name } = node;
  if (name === "br") into.add({ t: "br" });
  else if (name === "b" || name === "strong") each({ ...marks, b: true });
  else if (name === "i" || name === "em") each({ ...marks, i: true });
  else if (name === "hr") into.block({ t: "hr" });
  else if (name === "img") pourPicture(node, into);
  else if (name === "a") pourLink(node, marks, into);
  else if (name === "pre") pourPre(node, into);
  else if (/^h[1-6]$/.test(name)) pourHeading(node, into);
  else if (name === "ul" || name === "ol") pourList(node, name, into);
  else if (name === "blockquote") pourQuote(node, into);
  else if (name === "table") pourTable(node, into);
  else if (name === "td" || name === "th") {
    // Only of tables that are not drawn as such: their cells must not run into each other.
    each();
    into.add({ t: "text", v: " ", ...marks });
  } else if (BLOCKS.has(name)) {
    into.flush();
    each();
    into.flush();
  } else each();
}

function pourPicture(node: Tag, into: Pouring): void {
  const picture = pictureOf(node, into.base);
  if (picture) into.block(picture);
}

function pictureOf(node: Tag, base: string): Picture | undefined {
  const src = absolute(node.attribs.src, base);
  if (!src || !isSafeSrc(src) || isInside(src, base)) return undefined;
  const size = (text: string | undefined) => (/^\d{1,4}$/.test(text ?? "") ? Number(text) : 0);
  const [w, h] = [size(node.attribs.width), size(node.attribs.height)];
  const alt = (node.attribs.alt ?? "").replace(/\s+/g, " ").trim().slice(0, 300);
  return { t: "img", src, alt, ...(w > 0 ? { w } : {}), ...(h > 0 ? { h } : {}) };
}

function pourLink(node: Tag, marks: Marks, into: Pouring): void {
  const words = textOf(node);
  const href = hrefOf(node.attribs.href, into.base);
  if (!href || words === "" || words.length > bodyLimits.link) {
    for (const child of node.children) pour(child, marks, into);
    return;
  }
  into.add({ t: "a", href, v: words });
  for (const picture of picturesIn(node, into.base)) into.block(picture);
}

function hrefOf(href: string | undefined, base: string): string | undefined {
  const trimmed = (href ?? "").trim();
  if (/^(tel|mailto):/i.test(trimmed)) return isSafeHref(trimmed) && trimmed.length < 200 ? trimmed : undefined;
  if (trimmed === "" || trimmed.startsWith("#")) return undefined;
  const target = absolute(trimmed, base);
  return target && isSafeHref(target) && !isInside(target, base) ? target : undefined;
}

function pourPre(node: Tag, into: Pouring): void {
  into.flush();
  for (const [i, line] of rawText(node).replace(/\n+$/, "").split("\n").entries()) {
    if (i > 0) into.add({ t: "br" });
    into.add({ t: "text", v: line.replace(/\s+/g, " ") });
  }
  into.flush();
}

function pourHeading(node: Tag, into: Pouring): void {
  const level = Number(node.name.slice(1));
  const c = inlineOf(node, into.base);
  if (c.length > 0) into.block({ t: "h", level: level === 1 ? 1 : level === 2 ? 2 : 3, c });
  for (const picture of picturesIn(node, into.base)) into.block(picture);
}

/** Deeper than the limit, lists and quotes go on as paragraphs: nothing is lost but the indent. */
const tooDeep = (into: Pouring) => into.depth >= bodyLimits.depth;

function pourList(node: Tag, t: "ul" | "ol", into: Pouring): void {
  const entries = node.children.filter((child) => isTag(child) || (isText(child) && child.data.trim() !== ""));
  if (tooDeep(into)) {
    into.flush();
    for (const child of entries) pour(child, {}, into);
    into.flush();
    return;
  }
  const items = entries
    .map((child) => pourAll(isTag(child) && child.name === "li" ? child.children : [child], into.base, into.depth + 1))
    .filter((item) => item.length > 0);
  if (items.length > 0) into.block({ t, items });
}

function pourQuote(node: Tag, into: Pouring): void {
  into.flush();
  if (tooDeep(into)) for (const child of node.children) pour(child, {}, into);
  else {
    const c = pourAll(node.children, into.base, into.depth + 1);
    if (c.length > 0) into.block({ t: "quote", c });
  }
  into.flush();
}

function pourTable(node: Tag, into: Pouring): void {
  into.flush();
  const trs = descendants(node, "tr", "table");
  const cells = trs.map((tr) => tr.children.filter(isTag).filter((cell) => /^t[dh]$/.test(cell.name)));
  // One cell a row, or a table within: it only arranges the page. Asked before any cell is read, so that tables in tables
  // are walked once and not once for each level.
  const layout = cells.every((row) => row.length <= 1) || descendants(node, "table", "table").length > 0;
  const width = Math.max(0, ...cells.map((row) => row.reduce((sum, cell) => sum + count(cell, "colspan"), 0)));
  if (layout || width > bodyLimits.columns) {
    for (const child of node.children) pour(child, {}, into);
  } else {
    const caption = descendants(node, "caption", "table")[0];
    if (caption) pour(caption, { b: true }, into);
    const rows = cells
      .map((row) => row.map((cell) => cellOf(cell, into.base)))
      .filter((row) => row.some((cell) => cell.c.length > 0));
    for (let at = 0; at < rows.length; at += ROWS) into.block({ t: "table", rows: rows.slice(at, at + ROWS) });
    for (const picture of picturesIn(node, into.base)) into.block(picture);
  }
  into.flush();
}

const count = (cell: Tag, name: string): number => {
  const number = Number(/^\d{1,3}$/.exec(cell.attribs[name] ?? "")?.[0] ?? 1);
  return Math.min(Math.max(number, 1), 100);
};

function cellOf(cell: Tag, base: string): Cell {
  const [span, rows] = [count(cell, "colspan"), count(cell, "rowspan")];
  return {
    c: inlineOf(cell, base),
    ...(cell.name === "th" ? { head: true as const } : {}),
    ...(span > 1 ? { span } : {}),
    ...(rows > 1 ? { rows } : {}),
  };
}

/** The words of an element in one line; blocks inside become line breaks. */
function inlineOf(node: Tag, base: string): Inline[] {
  const lines = pourAll(node.children, base, bodyLimits.depth).flatMap((block) =>
    block.t === "p" || block.t === "h"
      ? [block.c]
      : block.t === "table"
        ? block.rows.map((row) => row.flatMap((cell) => cell.c))
        : [],
  );
  return tidy(lines.flatMap((line, i): Inline[] => (i === 0 ? line : [{ t: "br" }, ...line])));
}

const picturesIn = (node: Tag, base: string): Picture[] =>
  descendants(node, "img", "").flatMap((img) => pictureOf(img, base) ?? []);
