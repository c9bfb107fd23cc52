// Makes dist/: this package as plain JavaScript with types, whole in itself, for projects outside of this repository.
import { spawnSync } from "node:child_process";
import { copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const here = import.meta.dirname;
const dist = path.resolve(process.argv[2] ?? path.join(here, "dist"));
rmSync(dist, { recursive: true, force: true });
const tsc = path.join(path.dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin", "tsc");
const args = [tsc, "-p", path.join(here, "tsconfig.pack.json"), "--outDir", dist];
const { status } = spawnSync(process.execPath, args, { stdio: "inherit" });
if (status !== 0) process.exit(1);

const { name, version, dependencies } = JSON.parse(readFileSync(path.join(here, "package.json"), "utf8"));
const whole = {
  ...{ name, version, license: "MIT", type: "module", engines: { node: ">=20.19.0" } },
  exports: { ".": { types: "./index.d.ts", default: "./index.js" } },
  dependencies,
};
writeFileSync(path.join(dist, "package.json"), `${JSON.stringify(whole, null, 2)}\n`);
copyFileSync(path.join(here, "README.md"), path.join(dist, "README.md"));
copyFileSync(path.join(here, "..", "..", "LICENSE"), path.join(dist, "LICENSE"));
