/** The server as plain JavaScript: our workspaces inlined, packages left outside. `dist/main.js`, and each tool beside it. */
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";

const here = import.meta.dirname;
const entries = ["src/main.ts", ...below("src/tools"), ...below("src/workers")];

function below(folder) {
  const dir = path.join(here, folder);
  if (!existsSync(dir)) return [];
  return readdirSync(dir)
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .map((file) => `${folder}/${file}`);
}

/** Everything that is not a file of ours stays an import, to be found in node_modules when the server runs. */
const packagesOutside = {
  name: "packages-outside",
  setup(context) {
    context.onResolve({ filter: /^[^./]/ }, ({ path: name, kind }) =>
      kind === "entry-point" || name.startsWith("@weimenhu/") ? undefined : { path: name, external: true },
    );
  },
};

rmSync(path.join(here, "dist"), { recursive: true, force: true });
const building = build({
  absWorkingDir: here,
  entryPoints: entries,
  outbase: "src",
  outdir: "dist",
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  sourcemap: "linked",
  logLevel: "warning",
  plugins: [packagesOutside],
});

// esbuild has printed what is wrong, with the place; a stack of its own adds nothing.
await building.catch(() => process.exit(1));

// A file beside a source file is not beside the bundle: what is found that way in a test would be missing in production.
for (const entry of entries) {
  const file = entry.replace("src", "dist").replace(/\.ts$/, ".js");
  if (!/new URL\(["'`]\.\.?\//.test(readFileSync(path.join(here, file), "utf8"))) continue;
  console.error(`server/${file} looks for a file by its place in src`);
  process.exit(1);
}
