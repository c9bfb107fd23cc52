import { type Block, type Body, bodyFault, bodyText, type Cell, type Inline } from "@weimenhu/domain/body";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Part, piecesOf, rooms } from "./body-pieces.ts";
import { blockWeight, fits, sum } from "./body-weight.ts";

const text = (v: string): Inline => ({ t: "text", v });
const p = (v: string): Block => ({ t: "p", c: [text(v)] });
const cell = (v: string, more: Partial<Cell> = {}): Cell => ({ c: v === "" ? [] : [text(v)], ...more });

const heaviest = (pieces: Part[][]) =>
  pieces.filter((piece, i) => !fits(sum(...piece.map(blockWeight)), i === 0 ? rooms.first : rooms.next));
const letters = (body: Body) => bodyText(body).replace(/\s+/g, "");

const words = fc.oneof(
  { weight: 6, arbitrary: fc.string({ unit: fc.constantFrom(..."村民小组公示，。；11月22日 09:30"), maxLength: 40 }) },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 1, max: 20_000 }).map((n) => "请各组按时完成。".repeat(2_500).slice(0, n)),
  },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 2_000 }).map((n) => "1月1日".repeat(n)) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 4_000 }) },
);
const inline: fc.Arbitrary<Inline[]> = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: words.map(text) },
    { weight: 1, arbitrary: words.map((v) => ({ t: "text" as const, v, b: true as const })) },
    { weight: 1, arbitrary: words.map((v) => ({ t: "a" as const, href: "tel:110", v: v.slice(0, 2_000) })) },
    { weight: 1, arbitrary: fc.constant({ t: "br" as const }) },
  ),
  { maxLength: 6 },
);
/** Few drawn pieces, said many times: long tables and lists without waiting for a generator. */
const many = <T>(one: fc.Arbitrary<T>, most: number) =>
  fc
    .tuple(fc.array(one, { minLength: 1, maxLength: 4 }), fc.integer({ min: 1, max: most }))
    .map(([few, n]) => Array.from({ length: n }, (_, i): T => structuredClone(few[i % few.length] as T)));
const cellOf = (spans: boolean): fc.Arbitrary<Cell> =>
  spans
    ? fc
        .tuple(
          inline,
          fc.record(
            {
              head: fc.constant(true as const),
              span: fc.integer({ min: 1, max: 4 }),
              rows: fc.integer({ min: 1, max: 6 }),
            },
            { requiredKeys: [] },
          ),
        )
        .map(([c, more]) => ({ c, ...more }))
    : inline.map((c) => ({ c }));
/** Tables and lists inside lists inside quotes, never so many that the limits of a body would refuse most of them. */
const bodyOf = (spans: boolean): fc.Arbitrary<Body> => {
  const table = (most: number) => many(many(cellOf(spans), 8), most).map((rows): Block => ({ t: "table", rows }));
  const leaf = fc.oneof(
    inline.map((c): Block => ({ t: "p", c })),
    inline.map((c): Block => ({ t: "h", level: 2, c })),
    fc.constant<Block>({ t: "hr" }),
    fc.constant<Block>({ t: "img", src: "/media/one.jpg", alt: "" }),
  );
  const around = (inner: fc.Arbitrary<Block>, most: number) =>
    fc.oneof(
      inner,
      many(fc.array(inner, { maxLength: 2 }), most).map((items): Block => ({ t: "ol", items })),
      fc.array(inner, { maxLength: 3 }).map((c): Block => ({ t: "quote", c })),
    );
  const inside = around(fc.oneof({ weight: 4, arbitrary: leaf }, { weight: 1, arbitrary: table(4) }), 10);
  const block = fc.oneof(table(300), around(leaf, 300), around(around(inside, 3), 3));
  return fc.array(block, { maxLength: 4 }).filter((body) => bodyFault(body) === null);
};

test("no piece of any legal body is too heavy to be sent at once", () => {
  fc.assert(
    fc.property(bodyOf(true), (body) => {
      expect(heaviest(piecesOf(body))).toEqual([]);
    }),
    { numRuns: 25 },
  );
}, 120_000);

test("the pieces of any legal body say every word, in reading order", () => {
  fc.assert(
    fc.property(bodyOf(false), (body) => {
      expect(letters(piecesOf(body).flat())).toBe(letters(body));
    }),
    { numRuns: 25 },
  );
}, 120_000);

test("an ordinary notice is one piece, as it was written", () => {
  const body = [p("明天停水"), { t: "ol" as const, items: [[p("一组")], [p("二组")]] }];
  expect(piecesOf(body)).toEqual([body]);
});

test("a long table goes on with its header rows, a long list with its numbers", () => {
  const head = ["序号", "姓名", "小组", "面积", "金额"].map((v) => cell(v, { head: true }));
  const rows = Array.from({ length: 150 }, (_, i) =>
    [`${i + 1}`, "王某某", "三组", "3.25 亩", "¥106.48"].map((v) => cell(v)),
  );
  const pieces = piecesOf([{ t: "table", rows: [head, ...rows] }]);
  expect(pieces.length).toBeGreaterThan(1);
  const tables = pieces.flat().map((part) => (part.t === "table" ? part.rows : []));
  expect(tables.every(([first]) => JSON.stringify(first) === JSON.stringify(head))).toBe(true);
  expect(tables.flatMap((table) => table.slice(1))).toEqual(rows);

  const items = Array.from({ length: 300 }, (_, i) => [p(`第 ${i + 1} 条：请各组按时完成`)]);
  const lists = piecesOf([{ t: "ol", items }]).flat();
  expect(lists.length).toBeGreaterThan(1);
  let next = 1;
  for (const list of lists) {
    if (list.t !== "ol") throw new Error("a list stays a list");
    expect(list.from ?? 1).toBe(next);
    next += list.items.length;
  }
  expect(next).toBe(301);
});

test("a cell that reaches over the cut begins anew in the next piece", () => {
  const rows = Array.from({ length: 400 }, (_, i) => [
    ...(i % 200 === 0 ? [cell(`第 ${i / 200 + 1} 批`, { rows: 200 })] : []),
    cell("王某某，第三村民小组"),
  ]);
  const tables = piecesOf([{ t: "table", rows }]).flat();
  for (const table of tables) {
    if (table.t !== "table") throw new Error("a table stays a table");
    expect(table.rows[0]).toHaveLength(2);
    const held = table.rows.flatMap((row, i) => row.map(({ rows = 1 }) => i + rows));
    expect(Math.max(...held)).toBeLessThanOrEqual(table.rows.length);
  }
  expect(tables.length).toBeGreaterThan(1);
});

test("a paragraph longer than a piece is cut at the end of a sentence", () => {
  const long = "这是很长的一段话。".repeat(2_000);
  const pieces = piecesOf([p(long)]);
  expect(pieces.length).toBeGreaterThan(1);
  expect(pieces.slice(0, -1).every((piece) => bodyText(piece).endsWith("。"))).toBe(true);
});
