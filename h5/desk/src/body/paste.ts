/**
 * What Word and web pages put on the clipboard, before the editor's schema takes what it knows. Safety is the schema's
 * and the converter's; this only keeps rubbish (style sheets, list bullets as text, remote pictures) from becoming words.
 */
export function cleanPasted(html: string): string {
  const bare = html
    .replace(/<!--\[if !supportLists\]-->([\s\S]*?)<!--\[endif\]-->/gi, (_all, bullet: string) => bulletMark(bullet))
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/<!\[(?:if|endif)[^>]*>/gi, "")
    .replace(/<(style|script|xml|title|head|noscript|iframe|object|svg|math)\b[^>]*>[\s\S]*?<\/\1\s*>/gi, "")
    .replace(/<\/?(?:meta|link|base|o:[a-z]+|w:[a-z]+|v:[a-z]+|m:[a-z]+)\b[^>]*>/gi, "")
    .replace(/<img\b[^>]*>/gi, (tag) => (/\bsrc\s*=\s*["']?\/m\//i.test(tag) ? tag : ""));
  return listsOf(bare).replace(tags, bareTag);
}

const numbered = "\u0001ol\u0001";
const dotted = "\u0001ul\u0001";
const markOf = /\u0001(ul|ol)\u0001/;

const tags = /<([a-z][a-z0-9]*)((?:"[^"]*"|'[^']*'|[^"'<>])*)>/gi;
const kept = /\s(?:href|src|alt|colspan|rowspan|data-pm-slice)\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+)/gi;

/** Styles and handlers would be dropped later anyway, but the page's policy complains about every one that is parsed. */
function bareTag(_all: string, name: string, attributes: string): string {
  // Some editors wrap everything in a `b` that says it is not bold.
  const isBold = !/font-weight\s*:\s*(normal|400)/i.test(attributes);
  const plain = name.toLowerCase() === "b" && !isBold ? "span" : name;
  return `<${plain}${(attributes.match(kept) ?? []).join("")}>`;
}

/** `·` and friends are a bullet; `1.` `(2)` `一、` are a number. */
function bulletMark(bullet: string): string {
  const glyph = bullet
    .replace(/<[^>]*>/g, "")
    .replace(/&nbsp;/g, " ")
    .trim();
  return /^[（(]?[0-9一二三四五六七八九十a-z]{1,3}[.、)）]/i.test(glyph) ? numbered : dotted;
}

/** Word's lists are paragraphs with a bullet in front: neighbours become one real list. */
function listsOf(html: string): string {
  const parts = html.split(/(<p\b[^>]*>[\s\S]*?<\/p\s*>)/i);
  const out: string[] = [];
  let open: "ul" | "ol" | null = null;
  for (const part of parts) {
    const kind = markOf.exec(part)?.[1];
    const isItem = kind === "ul" || kind === "ol";
    if (!isItem && open && part.trim() === "") continue;
    if (open && (!isItem || kind !== open)) {
      out.push(`</${open}>`);
      open = null;
    }
    if (isItem) {
      if (!open) out.push(`<${kind}>`);
      open = kind;
      out.push(`<li>${part.replace(new RegExp(markOf, "g"), "")}</li>`);
    } else out.push(part);
  }
  if (open) out.push(`</${open}>`);
  return out.join("");
}
