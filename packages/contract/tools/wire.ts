/**
 * The committed snapshot of the wire: `--check` says whether it is what the contract says, `--write` renews it and
 * refuses a change that would break builds already on phones.
 */
import { readFileSync, writeFileSync } from "node:fs";
import * as z from "zod/mini";
import { incompatibilities, type JsonSchema, type WireSnapshot } from "../src/compat.ts";
import { contract } from "../src/index.ts";
import { refusals } from "../src/refusals.ts";
import type { AnyShape } from "../src/shape.ts";

const file = new URL("../wire.snap.json", import.meta.url);

function snapshot(): { procedures: WireSnapshot; refusals: string[] } {
  const procedures: WireSnapshot = {};
  for (const [room, shapes] of Object.entries(contract))
    for (const [name, shape] of Object.entries(shapes) as [string, AnyShape][])
      procedures[`${room}.${name}`] = {
        kind: shape.kind,
        input: z.toJSONSchema(shape.input, { io: "input" }) as JsonSchema,
        output: z.toJSONSchema(shape.output) as JsonSchema,
      };
  return { procedures, refusals: Object.keys(refusals).sort() };
}

function committed(): { procedures: WireSnapshot; refusals: string[] } {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (fault) {
    if (fault instanceof Error && "code" in fault && fault.code === "ENOENT") return { procedures: {}, refusals: [] };
    throw fault;
  }
}

const [before, after] = [committed(), snapshot()];
const breaks = [
  ...incompatibilities(before.procedures, after.procedures),
  ...before.refusals.filter((word) => !after.refusals.includes(word)).map((word) => `refusal ${word}: removed`),
];
const text = `${JSON.stringify(after, null, 1)}\n`;
if (breaks.length > 0) {
  console.log(
    `The wire would break builds that are already on phones:\n${breaks.map((line) => `  ${line}`).join("\n")}`,
  );
  process.exitCode = 1;
} else if (process.argv.includes("--write")) {
  writeFileSync(file, text);
  console.log(`wire.snap.json: ${Object.keys(after.procedures).length} procedures`);
} else if (JSON.stringify(before) !== JSON.stringify(after)) {
  console.log("wire.snap.json is not what the contract says: run `npm run wire` and commit it.");
  process.exitCode = 1;
}
