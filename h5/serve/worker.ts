import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const digest = (text: string): string => createHash("sha256").update(text).digest("hex");

/** A text file beside the sources. The bundled server lies elsewhere, so both places are tried. */
export function readText(relative: string): string {
  const here = fileURLToPath(new URL(relative, import.meta.url));
  const bundled = fileURLToPath(new URL(relative.replace("../shell", "../../h5/shell"), import.meta.url));
  return readFileSync(existsSync(here) ? here : bundled, "utf8");
}

/** The name under which a script of the shell is served for good: it changes with the content. */
export const hashedName = (name: string, text: string): string => `js/${name}.${digest(text).slice(0, 8)}.js`;

/** The service worker with the list of this build's files; another build is another version. */
export function workerText(source: string, files: readonly string[]): string {
  const version = digest(files.join("\n")).slice(0, 12);
  return source.replace('"__VERSION__"', JSON.stringify(version)).replace('"__FILES__"', JSON.stringify(files));
}
