/**
 * The body of a notice as a safe tree: plain data that one component draws on every client.
 * There is no way to express a script, a style or raw HTML in it.
 */
export type Text = { t: "text"; v: string; b?: true; i?: true };
export type Link = { t: "a"; href: string; v: string };
export type Break = { t: "br" };
export type Inline = Text | Link | Break;

export type Heading = { t: "h"; level: 1 | 2 | 3; c: Inline[] };
export type Paragraph = { t: "p"; c: Inline[] };
export type List = { t: "ul" | "ol"; items: Block[][] };
export type Cell = { c: Inline[]; head?: true; span?: number; rows?: number };
export type Table = { t: "table"; rows: Cell[][] };
export type Picture = { t: "img"; src: string; alt: string; w?: number; h?: number };
export type Quote = { t: "quote"; c: Block[] };
export type Rule = { t: "hr" };
export type Block = Heading | Paragraph | List | Table | Picture | Quote | Rule;
export type Body = Block[];

/** Limits that every body obeys, whoever made it. `text` and `link` are the letters of one piece. */
export const bodyLimits = { depth: 6, nodes: 4000, chars: 200_000, text: 20_000, link: 2_000, columns: 20 } as const;

/** The last words of a body of which only the beginning is kept. */
export const cutNote = "（内容较长，余下部分请查看原文）";

/** Is this only the beginning of what was published? */
export function isCut(body: Body): boolean {
  const last = body.at(-1);
  return last?.t === "p" && last.c.length === 1 && last.c[0]?.t === "text" && last.c[0].v === cutNote;
}

/** `https:` and `http:` anywhere, `tel:` and `mailto:`, or a path of our own site. Nothing else is ever a link. */
export function isSafeHref(href: string): boolean {
  if (/[\u0000-\u0020\u007f]/.test(href)) return false;
  return /^(https?:\/\/[^/]|tel:[\d+-]+$|mailto:[^\s]+@)/i.test(href) || /^\/(?![/\\])/.test(href);
}

/** Pictures come from our own store or over http(s). */
export function isSafeSrc(src: string): boolean {
  if (/[\u0000-\u0020\u007f]/.test(src)) return false;
  return /^https?:\/\/[^/]/i.test(src) || /^\/(?![/\\])/.test(src);
}

export type BodyFault = "too-deep" | "too-many-nodes" | "too-long" | "bad-link" | "bad-picture" | "too-wide";

/** Null when the body is fit to be stored; otherwise the first fault found. */
export function bodyFault(body: Body): BodyFault | null {
  const count = { nodes: 0, chars: 0 };
  const fault = blocksFault(body, 1, count);
  if (fault) return fault;
  if (count.nodes > bodyLimits.nodes) return "too-many-nodes";
  return count.chars > bodyLimits.chars ? "too-long" : null;
}

type Count = { nodes: number; chars: number };

function first<T>(items: readonly T[], check: (item: T) => BodyFault | null): BodyFault | null {
  for (const item of items) {
    const fault = check(item);
    if (fault) return fault;
  }
  return null;
}

function blocksFault(blocks: Block[], depth: number, count: Count): BodyFault | null {
  if (depth > bodyLimits.depth) return "too-deep";
  return first(blocks, (block) => blockFault(block, depth, count));
}

function blockFault(block: Block, depth: number, count: Count): BodyFault | null {
  count.nodes += 1;
  switch (block.t) {
    case "h":
    case "p":
      return inlineFault(block.c, count);
    case "ul":
    case "ol":
      return first(block.items, (item) => blocksFault(item, depth + 1, count));
    case "table":
      return first(block.rows, (row) =>
        row.length > bodyLimits.columns ? "too-wide" : first(row, (cell) => inlineFault(cell.c, count)),
      );
    case "quote":
      return blocksFault(block.c, depth + 1, count);
    case "img":
      count.chars += block.alt.length;
      return isSafeSrc(block.src) ? null : "bad-picture";
    case "hr":
      return null;
  }
}

function inlineFault(inline: Inline[], count: Count): BodyFault | null {
  return first(inline, (node) => {
    count.nodes += 1;
    if (node.t === "br") return null;
    count.chars += node.v.length;
    if (node.v.length > (node.t === "a" ? bodyLimits.link : bodyLimits.text)) return "too-long";
    return node.t === "a" && !isSafeHref(node.href) ? "bad-link" : null;
  });
}

const inlineText = (inline: Inline[]): string => inline.map((node) => (node.t === "br" ? "\n" : node.v)).join("");

/** The words of a body, one block a line: for search, summaries and reading aloud. */
export function bodyText(body: Body): string {
  return body
    .map(blockText)
    .filter((line) => line !== "")
    .join("\n");
}

function blockText(block: Block): string {
  switch (block.t) {
    case "h":
    case "p":
      return inlineText(block.c);
    case "ul":
    case "ol":
      return block.items.map(bodyText).join("\n");
    case "table":
      return block.rows.map((row) => row.map((cell) => inlineText(cell.c)).join(" ")).join("\n");
    case "quote":
      return bodyText(block.c);
    case "img":
      return block.alt;
    case "hr":
      return "";
  }
}

/** The first words, cut at `length` characters with an ellipsis. */
export function summaryOf(body: Body, length = 80): string {
  const words = bodyText(body).replace(/\s+/g, " ").trim();
  const letters = [...words];
  return letters.length <= length ? words : `${letters.slice(0, length - 1).join("")}…`;
}

/** Every picture of a body in reading order. */
export function picturesOf(body: Body): Picture[] {
  return body.flatMap((block) => {
    if (block.t === "img") return [block];
    if (block.t === "quote") return picturesOf(block.c);
    return block.t === "ul" || block.t === "ol" ? block.items.flatMap(picturesOf) : [];
  });
}

/** Plain typing on a phone becomes paragraphs: an empty line parts them, a single one breaks the line. */
export function bodyFromText(text: string): Body {
  const paragraphs = text
    .replace(/\r\n?/g, "\n")
    .split(/\n{2,}/)
    .map((part) => part.trim())
    .filter((part) => part !== "");
  return paragraphs.map((part) => ({
    t: "p" as const,
    c: part
      .split("\n")
      .flatMap((line, i): Inline[] => (i === 0 ? [{ t: "text", v: line }] : [{ t: "br" }, { t: "text", v: line }])),
  }));
}
