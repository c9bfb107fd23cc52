import { type Block, type Body, type Cell, type Inline, isSafeHref, isSafeSrc } from "@weimenhu/domain/body";

type Loose = Record<string, unknown>;
const longest = { href: 2000, link: 2000, src: 2000, alt: 500, text: 20_000 } as const;

const isRecord = (value: unknown): value is Loose => typeof value === "object" && value !== null;
const childrenOf = (node: Loose): Loose[] => (Array.isArray(node.content) ? node.content.filter(isRecord) : []);
const attrsOf = (node: Loose): Loose => (isRecord(node.attrs) ? node.attrs : {});

/**
 * The editor's tree as a body. Takes anything: what a body cannot say is dropped (marks, scripts, unsafe links and
 * pictures) or unwrapped (unknown boxes), the words are kept.
 */
export function fromDoc(doc: unknown): Body {
  return isRecord(doc) ? withoutTail(childrenOf(doc).flatMap(blocksOf)) : [];
}

const isEmpty = (block: Block | undefined): boolean => block?.t === "p" && block.c.length === 0;

/** The editor keeps an empty line at the end to type into. */
function withoutTail(blocks: Block[]): Block[] {
  const end = blocks.findLastIndex((block) => !isEmpty(block));
  return blocks.slice(0, end + 1);
}

function blocksOf(node: Loose): Block[] {
  switch (node.type) {
    case "paragraph":
    case "codeBlock":
      return [{ t: "p", c: wordsOf(node) }];
    case "heading":
      return [{ t: "h", level: levelOf(attrsOf(node).level), c: wordsOf(node) }];
    case "bulletList":
    case "orderedList": {
      const items = childrenOf(node).map(itemOf);
      return items.length === 0 ? [] : [{ t: node.type === "bulletList" ? "ul" : "ol", items }];
    }
    case "table": {
      const rows = childrenOf(node).map((row) => childrenOf(row).map(cellOf));
      const kept = rows.filter((row) => row.length > 0);
      return kept.length === 0 ? [] : [{ t: "table", rows: kept }];
    }
    case "image":
      return pictureOf(attrsOf(node));
    case "blockquote":
      return [{ t: "quote", c: withoutTail(childrenOf(node).flatMap(blocksOf)) }];
    case "horizontalRule":
      return [{ t: "hr" }];
    case "text":
    case "hardBreak":
      return [{ t: "p", c: wordsOf({ content: [node] }) }];
    default:
      return childrenOf(node).flatMap(blocksOf);
  }
}

function levelOf(level: unknown): 1 | 2 | 3 {
  return level === 1 || level === 2 ? level : 3;
}

/** An item that begins with a list or a picture has an empty first line only for the editor's sake. */
function itemOf(node: Loose): Block[] {
  const blocks = childrenOf(node).flatMap(blocksOf);
  return withoutTail(isEmpty(blocks[0]) && blocks.length > 1 && blocks[1]?.t !== "p" ? blocks.slice(1) : blocks);
}

function whole(value: unknown, least: number, most: number): number | null {
  return typeof value === "number" && Number.isInteger(value) && value >= least && value <= most ? value : null;
}

function pictureOf(attrs: Loose): Block[] {
  const { src, alt } = attrs;
  if (typeof src !== "string" || src.length > longest.src || !isSafeSrc(src)) return [];
  const w = whole(attrs.width, 1, 100_000);
  const h = whole(attrs.height, 1, 100_000);
  const words = typeof alt === "string" ? alt.slice(0, longest.alt) : "";
  return [{ t: "img", src, alt: words, ...(w === null ? {} : { w }), ...(h === null ? {} : { h }) }];
}

function cellOf(node: Loose): Cell {
  const lines = childrenOf(node).map(wordsOf);
  const c = lines.flatMap((line, i): Inline[] => (i === 0 ? line : [{ t: "br" }, ...line]));
  const span = whole(attrsOf(node).colspan, 2, 20);
  const rows = whole(attrsOf(node).rowspan, 2, 100);
  return {
    c,
    ...(node.type === "tableHeader" ? { head: true as const } : {}),
    ...(span === null ? {} : { span }),
    ...(rows === null ? {} : { rows }),
  };
}

/** All words below a node; boxes inside are unwrapped. */
function wordsOf(node: Loose): Inline[] {
  const words: Inline[] = [];
  for (const child of childrenOf(node)) {
    if (child.type === "text") for (const word of textOf(child)) join(words, word);
    else if (child.type === "hardBreak") words.push({ t: "br" });
    else for (const word of wordsOf(child)) join(words, word);
  }
  return words;
}

function textOf(node: Loose): Inline[] {
  const { text } = node;
  if (typeof text !== "string" || text === "") return [];
  const marks = Array.isArray(node.marks) ? node.marks.filter(isRecord) : [];
  const link = marks.find((mark) => mark.type === "link");
  const href = link && attrsOf(link).href;
  if (typeof href === "string" && href.length <= longest.href && isSafeHref(href)) return [{ t: "a", href, v: text }];
  const has = (type: string) => marks.some((mark) => mark.type === type);
  return [{ t: "text", v: text, ...(has("bold") ? { b: true } : {}), ...(has("italic") ? { i: true } : {}) }];
}

/** Neighbours that look alike are one, as long as the wire takes them. */
function join(words: Inline[], next: Inline): void {
  const last = words.at(-1);
  if (last?.t === "text" && next.t === "text" && last.b === next.b && last.i === next.i) {
    if (last.v.length + next.v.length <= longest.text) {
      words[words.length - 1] = { ...last, v: last.v + next.v };
      return;
    }
  }
  if (last?.t === "a" && next.t === "a" && last.href === next.href && last.v.length + next.v.length <= longest.link) {
    words[words.length - 1] = { ...last, v: last.v + next.v };
    return;
  }
  words.push(next);
}
