import { contract } from "@weimenhu/contract";
import type { AnyShape } from "@weimenhu/contract/shape";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as core from "zod/v4/core";
import { compiled } from "./rpc-compiled.ts";

const shapes = Object.entries(contract).flatMap(([room, procedures]) =>
  Object.entries<AnyShape>(procedures).flatMap(([name, { input, output }]) => [
    [`${room}.${name} input`, input] as const,
    [`${room}.${name} output`, output] as const,
  ]),
);

const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(
    undefined,
    "",
    " 水 ",
    "01ARZ3NDEKTSV4RRFFQ69G5FAV",
    "990101101201",
    0,
    1,
    -1,
    1.5,
    null,
    true,
    "draft",
  ),
);

/** Values that mostly fit: each place is now and then missing, foreign, or more than was asked for. */
function near(schema: core.$ZodType, depth = 0): fc.Arbitrary<unknown> {
  const { def } = (schema as core.$ZodTypes)._zod;
  const inner = (part: core.$ZodType) => (depth > 6 ? anything : near(part, depth + 1));
  const often = (fits: fc.Arbitrary<unknown>) =>
    fc.oneof({ weight: 12, arbitrary: fits }, { weight: 1, arbitrary: anything });
  switch (def.type) {
    case "object": {
      const fields = Object.fromEntries(Object.entries(def.shape).map(([name, field]) => [name, inner(field)]));
      const made = fc.tuple(fc.record(fields), fc.nat(12), fc.boolean()).map(([whole, gone, more]) => {
        const kept = Object.entries(whole).filter((_, at) => at !== gone);
        return { ...Object.fromEntries(kept), ...(more ? { undeclared: 1 } : {}) };
      });
      return often(made);
    }
    case "array":
      return often(fc.array(inner(def.element), { maxLength: 3 }));
    case "optional":
      return fc.oneof(fc.constant(undefined), inner(def.innerType));
    case "nullable":
      return fc.oneof(fc.constant(null), inner(def.innerType));
    case "union":
      return fc.oneof(...def.options.map((option) => inner(option)));
    case "enum":
      return often(fc.constantFrom(...Object.values(def.entries)));
    case "literal":
      return often(fc.constantFrom(...def.values));
    case "boolean":
      return often(fc.boolean());
    case "number":
      return often(fc.nat(2_000_000_000));
    case "lazy":
      return inner(def.getter());
    default:
      return anything;
  }
}

type Outcome = { data: unknown } | { issues: { path: PropertyKey[]; code: string }[] };

function outcome(schema: core.$ZodType, value: unknown): Outcome {
  const result = core.safeParse(schema, value);
  if (result.success) return { data: result.data };
  return { issues: result.error.issues.map(({ path, code }) => ({ path, code })) };
}

describe("a compiled shape", () => {
  it.each(shapes)("takes, changes and refuses as the shape itself does: %s", (_, shape) => {
    const quick = compiled(shape);
    const check = fc.property(near(shape), (value) => {
      expect(outcome(quick, value)).toEqual(outcome(shape, value));
    });
    fc.assert(check, { numRuns: 150, seed: 4711 });
  });

  it("sees both sides of most shapes in the comparison above", () => {
    const seen = shapes.map(([, shape]) => {
      const values = fc.sample(near(shape), { numRuns: 150, seed: 4711 });
      return new Set(values.map((value) => core.safeParse(shape, value).success)).size;
    });
    expect(seen.filter((sides) => sides === 2).length).toBeGreaterThan(shapes.length * 0.6);
  });
});
