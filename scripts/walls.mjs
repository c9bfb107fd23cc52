/**
 * One cruise over a copy of the tree in which trespasses were planted: what is found in a planted file proves that the
 * wall stands, what is found anywhere else is a real trespass. The copy keeps the probes out of everybody's way.
 */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { sweep } from "./lib/mariadb.mjs";
import { root } from "./lib/paths.mjs";
import { allowed, probes } from "./lib/probes.mjs";

const houses = ["packages", "server", "miniapp", "h5"];
const prefix = "weimenhu-walls-";
const { forbidden } = createRequire(import.meta.url)("../.dependency-cruiser.cjs");
const kinds = "router|service|store|schema|view|jobs|callbacks|deps|index";
const shape = new RegExp(`^((${kinds})(\\.[a-z0-9-]+)?|[a-z0-9.-]+\\.test)\\.ts$`);

await sweep(tmpdir(), prefix);
const copy = mkdtempSync(path.join(tmpdir(), `${prefix}${process.pid}-`));
const clear = () => rmSync(copy, { recursive: true, force: true });
process.on("exit", clear);
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(1));

const sources = copyTree();
plant();
const found = cruise();
const faults = judge(found);
for (const line of faults) console.log(line);
const count = probes.filter(([rule]) => rule).length;
console.log(
  `${forbidden.length + 1} walls, ${count} trespasses, ${found.totalCruised} modules: ${faults.length > 0 ? "broken" : "all standing"}`,
);
process.exitCode = faults.length > 0 ? 1 : 0;

function copyTree() {
  const filter = (file) => !/(^|\/)(node_modules|dist|\.turbo|\.screens|bench-data)$/.test(file);
  for (const house of [...houses, "scripts"]) {
    cpSync(path.join(root, house), path.join(copy, house), { recursive: true, filter });
  }
  for (const file of [".dependency-cruiser.cjs", "tsconfig.base.json", "package.json"])
    cpSync(path.join(root, file), path.join(copy, file));
  const sources = houses.flatMap((house) => readdirSync(path.join(copy, house), { recursive: true }));
  linkPackages();
  return sources.filter((file) => /\.tsx?$/.test(file)).length;
}

/** Foreign packages are the real ones; our own are the copy's, or a planted import would resolve past its wall. */
function linkPackages() {
  const from = path.join(root, "node_modules");
  const to = path.join(copy, "node_modules");
  mkdirSync(path.join(to, "@weimenhu"), { recursive: true });
  for (const name of readdirSync(from))
    if (name !== "@weimenhu") symlinkSync(path.join(from, name), path.join(to, name));
  const rooms = [
    ...readdirSync(path.join(root, "packages")).map((name) => `packages/${name}`),
    "server",
    "miniapp",
    "h5",
  ];
  for (const room of rooms) {
    symlinkSync(path.join(copy, room), path.join(to, "@weimenhu", path.basename(room)));
    const own = path.join(root, room, "node_modules");
    if (existsSync(own)) symlinkSync(own, path.join(copy, room, "node_modules"));
  }
}

function plant() {
  for (const [file, text] of [...probes.map(([, ...row]) => row), ...allowed]) {
    mkdirSync(path.dirname(path.join(copy, file)), { recursive: true });
    writeFileSync(path.join(copy, file), text, { flag: "wx" });
  }
}

function cruise() {
  const bin = path.join(root, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs");
  const run = spawnSync(process.execPath, [bin, ...houses, "-c", ".dependency-cruiser.cjs", "-T", "json"], {
    cwd: copy,
    encoding: "utf8",
    maxBuffer: 1e9,
  });
  if (!run.stdout.startsWith("{")) throw new Error(`the cruise broke down:\n${run.stderr}${run.stdout.slice(0, 2000)}`);
  return JSON.parse(run.stdout).summary;
}

function judge(summary) {
  const broken = [];
  // A TypeScript that the cruiser cannot read makes it find nothing wrong in nothing.
  if (summary.totalCruised < Math.max(sources, 10)) broken.push(`only ${summary.totalCruised} modules were read`);
  const wrong = [...summary.violations.map((v) => [v.rule.name, v.from, v.to]), ...misshapen()];
  const planted = new Set(probes.map(([, file]) => file));
  for (const [rule, from, to] of wrong) if (!planted.has(from)) broken.push(`${rule}: ${from} -> ${to}`);
  const caught = new Set(wrong.map(([rule, from]) => `${rule} ${from}`));
  for (const [rule, file] of probes)
    if (rule && !caught.has(`${rule} ${file}`)) broken.push(`vacuous: ${rule} let ${file} through`);
  for (const { name } of forbidden)
    if (!probes.some(([rule]) => rule === name)) broken.push(`no trespass is planted against ${name}`);
  return broken;
}

/**
 * A room holds files of the known kinds and tests. A kind may be split (`store.search.ts`), and a large room may be cut
 * into parts (`identity/sessions/`), where a file is named for what a person does, never `helpers`.
 */
function misshapen() {
  const wrong = [];
  for (const floor of ["server/src/foundation", "server/src/features"]) {
    for (const name of readdirSync(path.join(copy, floor), { recursive: true, withFileTypes: true })) {
      const file = path.relative(copy, path.join(name.parentPath, name.name));
      if (!name.isFile()) continue;
      const [, , , , ...inside] = file.split(path.sep);
      const part =
        inside.length === 2 && /^(?!helpers?|utils?|common|misc|lib\b)[a-z-]+(\.[a-z-]+)*\.ts$/.test(inside[1]);
      if (!part && (inside.length > 1 || !shape.test(inside.at(-1))))
        wrong.push(["room-shape", file, `is none of ${kinds}`]);
    }
  }
  return wrong;
}
