/**
 * Completes package-lock.json: every optional package that a locked one names gets an entry, whether or not the
 * registry at hand offers it for all systems. Without them `npm ci` refuses the file as out of step, everywhere.
 * `--check` only says what is missing.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { root, writeWhole } from "./lib/paths.mjs";

const file = path.join(root, "package-lock.json");
const lock = JSON.parse(readFileSync(file, "utf8"));
const systems = ["android", "darwin", "freebsd", "linux", "netbsd", "openbsd", "openharmony", "sunos", "win32", "aix"];
const processors = {
  arm64: "arm64",
  x64: "x64",
  ia32: "ia32",
  s390x: "s390x",
  ppc64: "ppc64",
  riscv64: "riscv64",
  loong64: "loong64",
  arm: "arm",
};

const added = [];
for (const [where, entry] of Object.entries(lock.packages)) {
  if (entry.extraneous) {
    delete lock.packages[where];
    added.push(`${where} (extraneous)`);
    continue;
  }
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const system = systems.find((word) => name.includes(word));
    if (!system || !/^\d/.test(version) || resolves(where, name)) continue;
    lock.packages[`node_modules/${name}`] = {
      version,
      cpu: [processors[Object.keys(processors).find((word) => name.includes(`-${word}`)) ?? "x64"]],
      ...(entry.dev && { dev: true }),
      ...(/musl/.test(name) ? { libc: ["musl"] } : /gnu/.test(name) && system === "linux" ? { libc: ["glibc"] } : {}),
      license: entry.license,
      optional: true,
      os: [system],
    };
    added.push(name);
  }
}

/** As Node looks a package up: beside the asker, then in each folder above. */
function resolves(where, name) {
  for (let at = where; ; at = at.slice(0, Math.max(0, at.lastIndexOf("/node_modules/")))) {
    if (lock.packages[`${at ? `${at}/` : ""}node_modules/${name}`]) return true;
    if (!at || !at.includes("/node_modules/")) return Boolean(lock.packages[`node_modules/${name}`]);
  }
}

if (added.length > 0 && process.argv.includes("--check")) {
  console.error(`package-lock.json is incomplete; run "node scripts/lockfile.mjs":\n  ${added.join("\n  ")}`);
  process.exit(1);
}
if (added.length > 0) {
  const sorted = Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, "en"));
  writeWhole(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`);
}
console.log(added.length > 0 ? `completed: ${added.length} entries` : "complete");
