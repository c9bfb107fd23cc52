import { DomUtils, type parseDocument } from "htmlparser2";

export type Node = ReturnType<typeof parseDocument>["childNodes"][number];
export type Tag = Extract<Node, { attribs: object }>;
export const { isTag, isText } = DomUtils;

/** All elements of this name below, not looking into elements of the name `stop`. */
export function descendants(node: Tag, name: string, stop: string): Tag[] {
  return node.children.filter(isTag).flatMap((child) => {
    const own = child.name === name ? [child] : [];
    return child.name === stop ? own : [...own, ...descendants(child, name, stop)];
  });
}

/** The words below with their line breaks. */
export const rawText = (node: Node): string =>
  isText(node) ? node.data : isTag(node) ? node.children.map(rawText).join("") : "";

/** The words below in one line. */
export const textOf = (node: Node): string => rawText(node).replace(/\s+/g, " ").trim();
