import { visible } from "@weimenhu/domain/base/text";
import { type Block, type Body, bodyLimits } from "@weimenhu/domain/body";
import * as z from "zod/mini";

const inline = z.discriminatedUnion("t", [
  z.object({
    t: z.literal("text"),
    v: z.string().check(z.overwrite(visible), z.maxLength(bodyLimits.text)),
    b: z.exactOptional(z.literal(true)),
    i: z.exactOptional(z.literal(true)),
  }),
  z.object({
    t: z.literal("a"),
    href: z.string().check(z.maxLength(2000)),
    v: z.string().check(z.overwrite(visible), z.maxLength(bodyLimits.link)),
  }),
  z.object({ t: z.literal("br") }),
]);
const words = z.array(inline);
const cell = z.object({
  c: words,
  head: z.exactOptional(z.literal(true)),
  span: z.exactOptional(z.int().check(z.gte(1), z.lte(20))),
  rows: z.exactOptional(z.int().check(z.gte(1), z.lte(100))),
});

const block: z.ZodMiniType<Block> = z.lazy(() =>
  z.discriminatedUnion("t", [
    z.object({ t: z.literal("h"), level: z.union([z.literal(1), z.literal(2), z.literal(3)]), c: words }),
    z.object({ t: z.literal("p"), c: words }),
    z.object({ t: z.literal("ul"), items: z.array(z.array(block)) }),
    z.object({ t: z.literal("ol"), items: z.array(z.array(block)) }),
    z.object({ t: z.literal("table"), rows: z.array(z.array(cell)) }),
    z.object({
      t: z.literal("img"),
      src: z.string().check(z.maxLength(2000)),
      alt: z.string().check(z.maxLength(500)),
      w: z.exactOptional(z.int()),
      h: z.exactOptional(z.int()),
    }),
    z.object({ t: z.literal("quote"), c: z.array(block) }),
    z.object({ t: z.literal("hr") }),
  ]),
);

/** A body on the wire; `bodyFault` of the domain says whether it may also be stored. */
export const body: z.ZodMiniType<Body> = z.array(block);
