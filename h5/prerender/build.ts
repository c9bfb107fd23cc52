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
 * The scripts that a page loads when the app opens it, read from the entry's own code: `n.e(51), n.e(710)` in the loader
 * beside the page's path. Knowing them lets the browser fetch them at once; not finding them costs only time.
 */
function chunkReader(files: ReadonlyMap<string, File>, scripts: readonly string[]): Build["chunksOf"] {
  const code = scripts.map((src) => files.get(src.slice(1))?.body.toString("utf8") ?? "").join("\n");
  const chunks = new Map<string, string>();
  for (const name of files.keys()) {
    const [, id] = /^js\/([\w-]+)\.[0-9a-f]{8}\.js$/.exec(name) ?? [];
    if (id) chunks.set(id, `/${name}`);
  }
  return (page) => {
    const at = code.lastIndexOf(`"${page}"`);
    const loader = at < 0 ? "" : code.slice(at, at + 600);
    const ids = [...loader.slice(0, loader.indexOf(".then(")).matchAll(/\.e\("?([\w-]+)"?\)/g)];
    return ids.flatMap(([, id = ""]) => chunks.get(id) ?? []);
  };
}
