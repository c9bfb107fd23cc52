import { getSchema } from "@tiptap/core";
import { type Block, type Body, bodyFault, bodyText, type Inline } from "@weimenhu/domain/body";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Doc } from "./doc.ts";
import { fromDoc } from "./from-doc.ts";
import { editorKit } from "./kit.ts";
import { toDoc } from "./to-doc.ts";

const schema = getSchema(editorKit());
/** Through the real editor's own tree: throws when the editor could not hold it. */
function throughEditor(doc: Doc): unknown {
  const node = schema.nodeFromJSON(doc);
  node.check();
  return node.toJSON();
}

const words = fc.array(
  fc.oneof(
    fc
      .record({ v: fc.string({ maxLength: 8 }), b: fc.boolean(), i: fc.boolean() })
      .map(({ v, b, i }): Inline => ({ t: "text", v, ...(b ? { b: true } : {}), ...(i ? { i: true } : {}) })),
    fc
      .record({
        href: fc.constantFrom("https://example.com/", "/notices/1", "tel:110"),
        v: fc.string({ maxLength: 6 }),
      })
      .map((link): Inline => ({ t: "a", ...link })),
    fc.constant<Inline>({ t: "br" }),
  ),
  { maxLength: 5 },
);
const cell = fc
  .record({ c: words, head: fc.boolean(), span: fc.constantFrom(1, 2), rows: fc.constantFrom(1, 3) })
  .map(({ c, head, span, rows }) => ({
    c,
    ...(head ? { head: true as const } : {}),
    ...(span > 1 ? { span } : {}),
    ...(rows > 1 ? { rows } : {}),
  }));
const { blocks } = fc.letrec<{ blocks: Block[]; block: Block }>((tie) => ({
  blocks: fc.array(tie("block"), { maxLength: 4 }),
  block: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    words.map((c): Block => ({ t: "p", c })),
    fc.record({ level: fc.constantFrom(1, 2, 3), c: words }).map((h): Block => ({ t: "h", ...h }) as Block),
    fc.constant<Block>({ t: "hr" }),
    fc
      .record({ src: fc.constantFrom("/media/a.jpg", "https://example.com/b.png"), alt: fc.string({ maxLength: 5 }) })
      .map((img): Block => ({ t: "img", ...img, w: 300, h: 200 })),
    fc.array(fc.array(cell, { maxLength: 3 }), { maxLength: 3 }).map((rows): Block => ({ t: "table", rows })),
    fc
      .record({ t: fc.constantFrom("ul" as const, "ol" as const), items: fc.array(tie("blocks"), { maxLength: 3 }) })
      .map((list): Block => list),
    tie("blocks").map((c): Block => ({ t: "quote", c })),
  ),
}));

const squeezed = (body: Body): string => bodyText(body).replace(/\s+/g, "");

test("every body fits the editor and comes back with all its words", () => {
  fc.assert(
    fc.property(blocks, (body) => {
      const back = fromDoc(throughEditor(toDoc(body)));
      expect(squeezed(back)).toBe(squeezed(body));
    }),
    { numRuns: 300 },
  );
});

test("a body that went through the editor once never changes again", () => {
  fc.assert(
    fc.property(blocks, (body) => {
      const once = fromDoc(toDoc(body));
      expect(fromDoc(throughEditor(toDoc(once)))).toEqual(once);
    }),
    { numRuns: 300 },
  );
});

test("an ordinary notice comes back exactly as it was", () => {
  const body: Body = [
    { t: "h", level: 2, c: [{ t: "text", v: "停水" }] },
    {
      t: "p",
      c: [
        { t: "text", v: "请" },
        { t: "text", v: "蓄水", b: true },
        { t: "br" },
        { t: "a", href: "tel:110", v: "电话" },
      ],
    },
    {
      t: "ol",
      items: [
        [
          { t: "p", c: [{ t: "text", v: "一组" }] },
          { t: "ul", items: [[{ t: "p", c: [] }]] },
        ],
      ],
    },
    { t: "ul", items: [[{ t: "img", src: "/media/1.jpg", alt: "图", w: 3, h: 4 }]] },
    { t: "table", rows: [[{ c: [{ t: "text", v: "组" }], head: true, span: 2 }], [{ c: [] }, { c: [{ t: "br" }] }]] },
    { t: "quote", c: [{ t: "p", c: [{ t: "text", v: "注意", i: true }] }] },
    { t: "hr" },
  ];
  const expected = structuredClone(body);
  // An item that holds nothing is an item without lines.
  expected[2] = {
    t: "ol",
    items: [
      [
        { t: "p", c: [{ t: "text", v: "一组" }] },
        { t: "ul", items: [[]] },
      ],
    ],
  };
  expect(fromDoc(throughEditor(toDoc(body)))).toEqual(expected);
});

test("unknown marks, scripts and boxes are dropped and their words kept", () => {
  const text = (value: string, ...marks: object[]) => ({ type: "text", text: value, marks });
  const doc = {
    type: "doc",
    content: [
      {
        type: "paragraph",
        content: [text("红", { type: "textStyle", attrs: { color: "red" } }), text("字", { type: "bold" })],
      },
      { type: "details", content: [{ type: "paragraph", content: [text("里面")] }] },
      { type: "script", content: [] },
      { type: "heading", attrs: { level: 6 }, content: [text("六级")] },
      { type: "iframe", attrs: { src: "https://example.com" } },
    ],
  };
  expect(fromDoc(doc)).toEqual([
    {
      t: "p",
      c: [
        { t: "text", v: "红" },
        { t: "text", v: "字", b: true },
      ],
    },
    { t: "p", c: [{ t: "text", v: "里面" }] },
    { t: "h", level: 3, c: [{ t: "text", v: "六级" }] },
  ]);
});

test.each([
  "javascript:alert(1)",
  " javascript:alert(1)",
  "JAVASCRIPT:x",
  "data:text/html,x",
  "//evil.example",
  "/\\evil",
  "vbscript:x",
  7,
  null,
])("a link to %s is only its words", (href) => {
  const marks = [{ type: "link", attrs: { href } }];
  const doc = { type: "doc", content: [{ type: "paragraph", content: [{ type: "text", text: "点我", marks }] }] };
  expect(fromDoc(doc)).toEqual([{ t: "p", c: [{ t: "text", v: "点我" }] }]);
});

test("a picture from anywhere but the web or our own store is dropped", () => {
  const image = (src: unknown) => ({ type: "image", attrs: { src, alt: 5, width: "9", height: 1.5 } });
  const doc = {
    type: "doc",
    content: ["javascript:x", "data:image/png;base64,AA", "file:///c/x.png", 1, "/media/a.png"].map(image),
  };
  expect(fromDoc(doc)).toEqual([{ t: "img", src: "/media/a.png", alt: "" }]);
});

test("no input at all, however odd, makes an unsafe body or an exception", () => {
  const kinds = [
    "doc",
    "paragraph",
    "text",
    "heading",
    "image",
    "table",
    "tableRow",
    "tableCell",
    "bulletList",
    "listItem",
    "blockquote",
    "?",
  ];
  const { node } = fc.letrec((tie) => ({
    node: fc.oneof(
      { depthSize: "medium" },
      fc.anything({ maxDepth: 1 }),
      fc.record(
        {
          type: fc.constantFrom(...kinds),
          text: fc.oneof(fc.string(), fc.anything({ maxDepth: 0 })),
          attrs: fc.oneof(
            fc.record({
              href: fc.webUrl(),
              src: fc.constantFrom("javascript:1", "/a"),
              colspan: fc.anything({ maxDepth: 0 }),
              level: fc.nat(),
            }),
            fc.anything({ maxDepth: 1 }),
          ),
          marks: fc.anything({ maxDepth: 2 }),
          content: fc.array(tie("node"), { maxLength: 4 }),
        },
        { requiredKeys: [] },
      ),
    ),
  }));
  fc.assert(
    fc.property(node, (doc) => {
      const fault = bodyFault(fromDoc(doc));
      expect(["bad-link", "bad-picture"]).not.toContain(fault);
    }),
    { numRuns: 500 },
  );
});
