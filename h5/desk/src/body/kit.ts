import type { Extensions } from "@tiptap/core";
import Image from "@tiptap/extension-image";
import { Table, TableCell, TableHeader, TableRow } from "@tiptap/extension-table";
import StarterKit from "@tiptap/starter-kit";
import { isSafeHref, isSafeSrc } from "@weimenhu/domain/body";

/** Only the spans are kept of a pasted cell; a style attribute would also offend the page's policy. */
const spans = {
  colspan: { default: 1, parseHTML: (cell: HTMLElement) => spanOf(cell, "colspan", 20) },
  rowspan: { default: 1, parseHTML: (cell: HTMLElement) => spanOf(cell, "rowspan", 100) },
};
function spanOf(cell: HTMLElement, name: string, most: number): number {
  const n = Number(cell.getAttribute(name) ?? "1");
  return Number.isInteger(n) && n >= 1 ? Math.min(n, most) : 1;
}

/** The editor knows what a body can say and nothing else. */
export function editorKit(): Extensions {
  return [
    StarterKit.configure({
      heading: { levels: [1, 2, 3] },
      code: false,
      codeBlock: false,
      strike: false,
      underline: false,
      link: {
        openOnClick: false,
        autolink: true,
        linkOnPaste: true,
        defaultProtocol: "https",
        HTMLAttributes: { target: null, rel: null, class: null },
        isAllowedUri: (address) => isSafeHref(address),
      },
    }),
    Image.extend({
      parseHTML: () => [
        { tag: "img[src]", getAttrs: (img: HTMLElement) => (isSafeSrc(img.getAttribute("src") ?? "") ? null : false) },
      ],
    }),
    Table.extend({ renderHTML: () => ["table", ["tbody", 0]], addNodeView: () => null }),
    TableRow,
    TableHeader.extend({ content: "paragraph+", addAttributes: () => spans }),
    TableCell.extend({ content: "paragraph+", addAttributes: () => spans }),
  ];
}
