import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { unheard } from "./events.ts";

const src = path.join(import.meta.dirname, "../src");
const site = `ui${path.sep}h5${path.sep}`;

test("no page listens to what the templates leave out, which on a phone would never come", () => {
  const files = readdirSync(src, { recursive: true, encoding: "utf8" });
  const pages = files.filter((file) => /\.tsx?$/.test(file) && !file.startsWith(site));
  const heard = pages.flatMap((file) =>
    [...readFileSync(path.join(src, file), "utf8").matchAll(/\bon([A-Z]\w+)[=:]/g)].map(([, name]) => name),
  );
  expect(heard).toContain("Click");
  expect(heard.filter((name) => unheard.test(`bind${name}`))).toEqual([]);
});
