import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { fields } from "./config-fields.ts";

test("the manual names every setting with the meaning that the code gives it", () => {
  const manual = readFileSync(new URL("../../../docs/operations.md", import.meta.url), "utf8");
  for (const [name, field] of Object.entries(fields))
    expect(manual).toContain(`| \`${name}\` | ${field.description} |`);
});
