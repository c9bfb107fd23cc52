import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A text file beside the sources. The bundled server lies elsewhere, so both places are tried. */
export function readText(relative: string): string {
  const here = fileURLToPath(new URL(relative, import.meta.url));
  const bundled = fileURLToPath(new URL(relative.replace("../shell", "../../h5/shell"), import.meta.url));
  return readFileSync(existsSync(here) ? here : bundled, "utf8");
}

/** The service worker with the list of this build's files; another build is another version. */
export function workerText(source: string, files: readonly string[], version: string): string {
  const all = createHash("sha256").update(version).update(files.join("\n")).digest("hex").slice(0, 12);
  return source.replace('"__VERSION__"', JSON.stringify(all)).replace('"__FILES__"', JSON.stringify(files));
}
