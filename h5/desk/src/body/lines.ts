import type { Block, Body, Inline } from "@weimenhu/domain/body";

/** One line of a text as people compare it: what kind of line, and its words. */
export type Line = { kind: string; text: string };

const inline = (c: Inline[]): string =>
  c.map((word) => (word.t === "br" ? "\n" : word.t === "a" ? `${word.v}（${word.href}）` : word.v)).join("");

/** A body as lines in reading order, with nothing that tells versions apart left out. */
export function linesOf(body: Body, within = ""): Line[] {
  return body.flatMap((block) => blockLines(block, within));
}

function blockLines(block: Block, within: string): Line[] {
  switch (block.t) {
    case "h":
      return [{ kind: `${within}${["大标题", "中标题", "小标题"][block.level - 1]}`, text: inline(block.c) }];
    case "p":
      return [{ kind: within, text: inline(block.c) }];
    case "ul":
    case "ol":
      return block.items.flatMap((item, i) => linesOf(item, `${within}${block.t === "ul" ? "•" : `${i + 1}.`} `));
    case "table":
      return block.rows.map((row) => ({ kind: `${within}表格`, text: row.map((cell) => inline(cell.c)).join(" | ") }));
    case "img":
      // Of the address only the name counts: what comes behind it says until when it is good.
      return [{ kind: `${within}图片`, text: `${block.alt}（${block.src.split("?")[0]}）` }];
    case "quote":
      return linesOf(block.c, `${within}引用 `);
    case "hr":
      return [{ kind: `${within}分隔线`, text: "" }];
  }
}
