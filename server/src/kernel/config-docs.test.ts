import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type ConfigRow, describeConfig } from "./config.ts";

const code = (text: string) => (text ? `\`${text}\`` : "");
const row = ({ name, fallback, production, meaning }: ConfigRow) =>
  `| ${[code(name), code(fallback), production, meaning].map((cell) => `${cell} |`.trimStart()).join(" ")}`;

test("the manual's table says of every setting its default, whether production needs it, and what it means, as the code has it", () => {
  const manual = readFileSync(new URL("../../../docs/operations.md", import.meta.url), "utf8");
  const settings = manual.slice(manual.indexOf("## Settings"));
  expect(settings.split("\n").filter((line) => /^\| `/.test(line))).toEqual(describeConfig().map(row));
});
