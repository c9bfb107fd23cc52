import type { Block, Body, Cell, Inline } from "@weimenhu/domain/body";
import type { Doc, Mark } from "./doc.ts";

/** A body as the editor's tree. What the editor cannot hold (empty words, a table without cells) is left out. */
export function toDoc(body: Body): Doc {
  return { type: "doc", content: filled(body.flatMap(blockDoc)) };
}

const paragraph = (c: Inline[]): Doc => holder("paragraph", c);
const filled = (blocks: Doc[]): Doc[] => (blocks.length === 0 ? [paragraph([])] : blocks);

function holder(type: string, c: Inline[], attrs?: Record<string, unknown>): Doc {
  const content = c.flatMap(wordDoc);
  return { type, ...(attrs ? { attrs } : {}), ...(content.length > 0 ? { content } : {}) };
}

function wordDoc(word: Inline): Doc[] {
  if (word.t === "br") return [{ type: "hardBreak" }];
  if (word.v === "") return [];
  const marks: Mark[] =
    word.t === "a"
      ? [{ type: "link", attrs: { href: word.href } }]
      : [...(word.b ? [{ type: "bold" }] : []), ...(word.i ? [{ type: "italic" }] : [])];
  return [{ type: "text", text: word.v, ...(marks.length > 0 ? { marks } : {}) }];
}

function blockDoc(block: Block): Doc[] {
  switch (block.t) {
    case "h":
      return [holder("heading", block.c, { level: block.level })];
    case "p":
      return [paragraph(block.c)];
    case "ul":
    case "ol":
      if (block.items.length === 0) return [];
      return [{ type: block.t === "ul" ? "bulletList" : "orderedList", content: block.items.map(itemDoc) }];
    case "table": {
      const rows = block.rows.filter((row) => row.length > 0);
      if (rows.length === 0) return [];
      return [{ type: "table", content: rows.map((row) => ({ type: "tableRow", content: row.map(cellDoc) })) }];
    }
    case "img":
      return [
        {
          type: "image",
          attrs: { src: block.src, alt: block.alt, width: block.w ?? null, height: block.h ?? null },
        },
      ];
    case "quote":
      return [{ type: "blockquote", content: filled(block.c.flatMap(blockDoc)) }];
    case "hr":
      return [{ type: "horizontalRule" }];
  }
}

/** The editor wants every item to begin with a paragraph. */
function itemDoc(item: Block[]): Doc {
  const content = item.flatMap(blockDoc);
  return { type: "listItem", content: content[0]?.type === "paragraph" ? content : [paragraph([]), ...content] };
}

function cellDoc(cell: Cell): Doc {
  return {
    type: cell.head ? "tableHeader" : "tableCell",
    attrs: { colspan: cell.span ?? 1, rowspan: cell.rows ?? 1 },
    content: [paragraph(cell.c)],
  };
}
