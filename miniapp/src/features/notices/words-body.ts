import { type Body, bodyFromText, bodyText, type Inline, picturesOf } from "@weimenhu/domain/body";
import type { NoticeCard } from "../../wire.ts";

/** What is typed on a phone: plain paragraphs, then photos. */
export type Typed = { text: string; pictures: string[] };

export function bodyOf({ text, pictures }: Typed): Body {
  return [...bodyFromText(text), ...pictures.map((src) => ({ t: "img" as const, src, alt: "" }))];
}

const plain = (words: Inline[]): string | null => {
  const parts = words.map((node) => (node.t === "br" ? "\n" : node.t === "text" && !node.b && !node.i ? node.v : null));
  return parts.some((part) => part === null) ? null : parts.join("");
};

/** Back to typing, or null when the body holds what a phone's text box cannot (tables, headings, links): then it is edited on the desk. */
export function typedOf(body: Body): Typed | null {
  const paragraphs: string[] = [];
  const pictures: string[] = [];
  for (const block of body) {
    if (block.t === "img" && block.alt === "") pictures.push(block.src);
    else if (block.t === "p" && pictures.length === 0) {
      const text = plain(block.c);
      if (text === null) return null;
      paragraphs.push(text);
    } else return null;
  }
  return { text: paragraphs.join("\n\n"), pictures };
}

export type Words = { title: string; category: NoticeCard["category"]; body: Body };

/** What a reader would notice. Of a picture's address only the path counts: the rest is another with every look. */
export const saysOf = ({ title, category, body }: Words): string =>
  JSON.stringify([title.trim(), category, bodyText(body), picturesOf(body).map(({ src }) => src.split("?")[0])]);
