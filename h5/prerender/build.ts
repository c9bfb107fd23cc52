import type { File } from "../serve/files.ts";

/** What the app's build says in its index.html, and which further scripts each of its pages asks for. */
export type Build = { metas: string; scripts: string[]; styles: string[]; chunksOf(page: string): string[] };

export function readBuild(files: ReadonlyMap<string, File>): Build {
  const index = files.get("index.html")?.body.toString("utf8");
  if (index === undefined) throw new Error("the site is not built: index.html is missing");
  const all = (pattern: RegExp) => [...index.matchAll(pattern)].map(([, found = ""]) => found);
  const scripts = all(/<script[^>]* src="([^"]+)"/g);
  const styles = all(/<link href="([^"]+)" rel="stylesheet"/g);
  if (scripts.length === 0 || styles.length === 0) throw new Error("index.html names no script or no style sheet");
  return {
    metas: all(/(<meta [^>]*>)/g).join("\n"),
    scripts,
    styles,
    chunksOf: chunkReader(files, scripts),
  };
}

/**
 * The scripts that a page loads when the app opens it, read from the build itself: the entry says `path:"…",load:` with
 * `e.e(804),e.e(51)`, and each script begins with the number it goes by. Knowing them lets the browser fetch them at
 * once; not finding them costs only time.
 */
function chunkReader(files: ReadonlyMap<string, File>, scripts: readonly string[]): Build["chunksOf"] {
  const textOf = (name: string) => files.get(name)?.body.toString("utf8") ?? "";
  const entry = scripts.map((src) => textOf(src.slice(1))).join("\n");
  const chunks = new Map<string, string>();
  for (const name of files.keys()) {
    if (!/^js\/.*\.js$/.test(name) || scripts.includes(`/${name}`)) continue;
    const [, id] = /\.push\(\[\[["']?([\w-]+)["']?\]/.exec(textOf(name).slice(0, 300)) ?? [];
    if (id !== undefined) chunks.set(id, `/${name}`);
  }
  return (page) => {
    const at = page === "" ? -1 : entry.indexOf(`path:"${page}",load:`);
    const loader = at < 0 ? "" : entry.slice(at, entry.indexOf(".then(", at));
    return [...loader.matchAll(/\.e\("?([\w-]+)"?\)/g)].flatMap(([, id = ""]) => chunks.get(id) ?? []);
  };
}
