/**
 * Builds `src/views.tsx` for Node into dist/views/index.mjs: the site's server draws the first pages with the app's own
 * views. Components are the site's primitives; Taro itself is not there, for nothing is pressed while drawing.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const at = (...parts) => path.join(root, ...parts);

const sheets = ["src/ui/tokens.css", "src/ui/icons.css", "src/ui/ui.css", "src/ui/h5/frame.css"];

/** What every page is called before it knows better, by its file: from the pages' own configuration. */
function titles() {
  const routes = Object.values(JSON.parse(readFileSync(at("src/routes.json"), "utf8")));
  const titleOf = (page) =>
    /navigationBarTitleText: "([^"]*)"/.exec(readFileSync(at(`src/${page}.config.ts`), "utf8"))?.[1];
  return Object.fromEntries(routes.map(({ page }) => [page, titleOf(page) ?? ""]));
}

export async function buildViews(outfile) {
  const css = await build({
    stdin: { contents: sheets.map((file) => `@import "./${file}";`).join("\n"), loader: "css", resolveDir: root },
    bundle: true,
    minify: true,
    write: false,
    target: ["chrome80", "safari13"],
  });
  await build({
    entryPoints: [at("src/views.tsx")],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    jsx: "automatic",
    minifySyntax: true,
    legalComments: "none",
    logLevel: "warning",
    define: {
      PLATFORM: '"h5"',
      API_BASE: '""',
      CLIENT_VERSION: '"views"',
      "process.env.NODE_ENV": '"production"',
      TITLES: JSON.stringify(titles()),
      ALL_CSS: JSON.stringify(css.outputFiles[0]?.text ?? ""),
    },
    alias: {
      "@tarojs/components": at("src/ui/h5/primitives.tsx"),
      "@tarojs/taro": at("config/no-taro.js"),
      "react-dom/server": "react-dom/server.browser",
    },
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildViews(at("dist/views/index.mjs"));
  console.log("views: dist/views/index.mjs");
}
