import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { incompatibilities, type JsonSchema, type WireSnapshot } from "./compat.ts";

const snap = (input: z.ZodMiniType, output: z.ZodMiniType, kind: "query" | "mutation" = "query"): WireSnapshot => ({
  "a.b": {
    kind,
    input: z.toJSONSchema(input, { io: "input" }) as JsonSchema,
    output: z.toJSONSchema(output) as JsonSchema,
  },
});
const input = z.object({
  id: z.string(),
  limit: z.optional(z.int().check(z.lte(50))),
  kind: z.optional(z.enum(["x", "y"])),
});
const output = z.object({ items: z.array(z.object({ id: z.string(), at: z.nullable(z.int()) })) });
const before = snap(input, output);

describe("what old builds survive", () => {
  test.each<[string, WireSnapshot]>([
    ["nothing changed", before],
    ["a new procedure", { ...before, "a.c": { kind: "query", input: {}, output: {} } }],
    ["a new optional input", snap(z.extend(input, { more: z.optional(z.string()) }), output)],
    ["a wider bound", snap(z.extend(input, { limit: z.optional(z.int().check(z.lte(100))) }), output)],
    ["a new kind that is taken", snap(z.extend(input, { kind: z.optional(z.enum(["x", "y", "z"])) }), output)],
    ["a new output field", snap(input, z.extend(output, { total: z.int() }))],
  ])("%s", (_, after) => {
    expect(incompatibilities(before, after)).toEqual([]);
  });
});

test("an object that may be null grows like any other, and may lose nothing either", () => {
  const face = z.object({ id: z.string() });
  const grown = z.extend(face, { left: z.int() });
  const gives = (one: z.ZodMiniType) => snap(input, z.object({ face: z.nullable(one) }));
  expect(incompatibilities(gives(face), gives(grown))).toEqual([]);
  expect(incompatibilities(gives(grown), gives(face))).toEqual(["a.b output.face: a branch of the union changed"]);
});

describe("what would break them", () => {
  test.each<[string, WireSnapshot, RegExp]>([
    ["a procedure removed", {}, /removed/],
    ["a query turned mutation", snap(input, output, "mutation"), /was a query/],
    ["a new required input", snap(z.extend(input, { more: z.string() }), output), /more: newly required/],
    ["an input made required", snap(z.extend(input, { limit: z.int() }), output), /limit: newly required/],
    [
      "a tighter bound",
      snap(z.extend(input, { limit: z.optional(z.int().check(z.lte(20))) }), output),
      /maximum tighter/,
    ],
    ["a new bound", snap(z.extend(input, { id: z.string().check(z.maxLength(5)) }), output), /maxLength tighter/],
    [
      "a kind no longer taken",
      snap(z.extend(input, { kind: z.optional(z.enum(["x"])) }), output),
      /"y" no longer taken/,
    ],
    ["another input type", snap(z.extend(input, { id: z.int() }), output), /was "string"/],
    ["an output field lost", snap(input, z.object({})), /items: no longer given/],
    [
      "a nested output field lost",
      snap(input, z.object({ items: z.array(z.object({ id: z.string() })) })),
      /at: no longer given/,
    ],
    [
      "an output field sometimes lost",
      snap(input, z.object({ items: z.optional(z.array(z.object({ id: z.string(), at: z.nullable(z.int()) }))) })),
      /no longer always given/,
    ],
    [
      "an output that may newly be null",
      snap(input, z.object({ items: z.array(z.object({ id: z.nullable(z.string()), at: z.nullable(z.int()) })) })),
      /id/,
    ],
  ])("%s", (_, after, why) => {
    expect(incompatibilities(before, after).join("\n")).toMatch(why);
  });
});
