import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, relative, sep } from "node:path";
import type { Bag } from "../types.ts";
import { bag } from "../values.ts";
import { componentsOf } from "./bundle.ts";

const require = createRequire(import.meta.url);

const FOLDERS: Record<string, string> = { linux: "linux", darwin: "mac", win32: "windows" };

/**
 * Runs WeChat's own template and style compilers (`wcc` and `wcsc`, shipped inside npm's miniprogram-compiler) over a
 * WeChat bundle. Answers their complaints, [] when they have none. Throws when the compilers cannot run on this machine:
 * a gate that silently did not look would be worse than none.
 */
export function officialSyntax(dist: string): string[] {
  const workshop = mkdtempSync(join(tmpdir(), "minihost-wcc-"));
  try {
    const files = listed(dist);
    const complaint = [
      run(tool("wcc", workshop), templateArguments(dist, files), dist),
      run(tool("wcsc", workshop), styleArguments(dist, files), dist),
    ];
    return complaint.filter((text) => text !== "");
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
}

/** The package ships the compilers without the right to execute them; a copy leaves node_modules alone. */
function tool(name: "wcc" | "wcsc", workshop: string): string {
  const folder = FOLDERS[process.platform];
  const ending = process.platform === "win32" ? ".exe" : "";
  const root = dirname(require.resolve("miniprogram-compiler/package.json"));
  const source = join(root, "bin", folder ?? "none", name + ending);
  if (!existsSync(source)) throw new Error(`WeChat ships no ${name} for ${process.platform}`);
  const target = join(workshop, name + ending);
  copyFileSync(source, target);
  chmodSync(target, 0o755);
  return target;
}

function run(program: string, args: string[], cwd: string): string {
  const done = spawnSync(program, args, { cwd, maxBuffer: 64 * 1024 * 1024, encoding: "utf8" });
  if (done.error) throw new Error(`WeChat's compiler cannot run on this machine: ${done.error.message}`);
  if (done.status === null) throw new Error(`WeChat's compiler was killed by ${done.signal}`);
  if (done.status === 0) return "";
  return done.stderr.trim() || done.stdout.trim().slice(0, 2000) || `exit code ${done.status}`;
}

/** `-cc`: how many files use components, then for each its template, how many, and their tag names, in one argument. */
function templateArguments(dist: string, files: string[]): string[] {
  const templates = files.filter((f) => f.endsWith(".wxml"));
  const scripts = files.filter((f) => f.endsWith(".wxs"));
  const users = templates.flatMap((template) => {
    const base = template.slice(0, -5);
    const tags = Object.keys(componentsOf(base, config(dist, base)));
    return tags.length > 0 ? [`${template} ${tags.length} ${tags.join(" ")}`] : [];
  });
  return ["-d", "-cc", [users.length, ...users].join(" "), ...templates, ...scripts, "-gn", "$gwx"];
}

/** `-pc`: how many of the styles belong to pages and components; those come first. */
function styleArguments(dist: string, files: string[]): string[] {
  const styles = files.filter((f) => f.endsWith(".wxss"));
  const owned = styles.filter((style) => existsSync(join(dist, style.replace(/wxss$/, "json"))));
  const rest = styles.filter((style) => !owned.includes(style));
  return ["-db", "-pc", String(owned.length), ...owned, ...rest];
}

function config(dist: string, base: string): Bag {
  const file = join(dist, `${base}.json`);
  return existsSync(file) ? bag(JSON.parse(readFileSync(file, "utf8"))) : {};
}

function listed(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"));
}
