/** Checks the budgets of the built clients; prints a table and ends with 1 when one is over. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const dist = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../dist");
const KB = 1024;

/** Files of a folder with their bytes; licence notes are not uploaded. */
function files(folder) {
  const found = readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    return entry.isDirectory() ? files(file) : [{ file, bytes: statSync(file).size }];
  });
  return found.filter(({ file }) => !/\.(map|LICENSE\.txt)$/.test(file));
}
const sum = (list) => list.reduce((total, { bytes }) => total + bytes, 0);

function need(client) {
  const folder = path.join(dist, client);
  if (existsSync(folder)) return folder;
  console.error(`dist/${client} is missing: npm run build:${client}`);
  process.exit(1);
}

/** Main package and sub-packages of a mini-program by its app.json. */
function packages(folder) {
  const app = JSON.parse(readFileSync(path.join(folder, "app.json"), "utf8"));
  const roots = (app.subPackages ?? app.subpackages ?? []).map(({ root }) => root.replace(/\/$/, ""));
  const all = files(folder);
  const inside = (root) => all.filter(({ file }) => file.startsWith(path.join(folder, root) + path.sep));
  const subs = roots.map((root) => [root, sum(inside(root))]);
  return { main: sum(all) - subs.reduce((total, [, bytes]) => total + bytes, 0), subs, whole: sum(all) };
}

/** Scripts that the first page of the site loads: those of index.html and what the home page asks for then. */
function firstPage(folder) {
  const html = readFileSync(path.join(folder, "index.html"), "utf8");
  const named = [...html.matchAll(/src="\/(js\/[^"]+)"/g)].map(([, file]) => file);
  const entry = named.find((file) => file.startsWith("js/app."));
  const home = entry ? homeChunks(folder, entry) : [];
  const all = [...new Set([...named, ...home])];
  return all.map((file) => ({ file, bytes: gzipSync(readFileSync(path.join(folder, file)), { level: 9 }).length }));
}

/** The chunks that the entry names for the first page: `Promise.all([n.e(1), n.e(2)])` after its path. */
function homeChunks(folder, entry) {
  const code = readFileSync(path.join(folder, entry), "utf8");
  const at = code.indexOf('"tabs/home/index"', code.indexOf('path:"tabs/home/index"'));
  const part = code.slice(at, at + 600);
  const ids = [...part.slice(0, part.indexOf(".then(")).matchAll(/\.e\("?([\w-]+)"?\)/g)].map(([, id]) => id);
  if (at < 0 || ids.length === 0) throw new Error("the home page's chunks were not found in the entry");
  return readdirSync(path.join(folder, "js"))
    .filter((file) => file.endsWith(".js") && ids.includes(chunkOf(path.join(folder, "js", file))))
    .map((file) => `js/${file}`);
}

/** The number a script goes by: it says so at its beginning, while its file may have a name. */
const chunkOf = (file) => /\.push\(\[\[["']?([\w-]+)/.exec(readFileSync(file, "utf8").slice(0, 300))?.[1] ?? "";

const rows = [];
const row = (what, bytes, limit) => rows.push({ what, bytes, limit });

const weapp = packages(need("weapp"));
row("weapp main package", weapp.main, 560 * KB);
for (const [root, bytes] of weapp.subs) row(`weapp ${root}`, bytes, 2048 * KB);
row("weapp whole", weapp.whole, 20 * 1024 * KB);
const alipay = packages(need("alipay"));
row("alipay whole", alipay.whole, 1536 * KB);
const first = firstPage(need("h5"));
row("h5 first page JS, gzip", sum(first), 120 * KB);

const kb = (bytes) => `${(bytes / KB).toFixed(1)} KB`;
for (const { what, bytes, limit } of rows) {
  const state = bytes <= limit ? "ok  " : "OVER";
  console.log(`${state} ${what.padEnd(32)} ${kb(bytes).padStart(10)} of ${kb(limit).padStart(10)}`);
}
for (const { file, bytes } of first) console.log(`       ${file.padEnd(30)} ${kb(bytes).padStart(10)}`);
if (rows.some(({ bytes, limit }) => bytes > limit)) process.exit(1);
