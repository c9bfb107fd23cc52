import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, realpathSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../", import.meta.url)).replace(/[\\/]$/, "");

/** Everything that lives from one start to the next: the database, uploads, tools that were fetched without root. */
export const dataDir = path.resolve(root, process.env.DATA_DIR || ".data");

/** Tools serve every data folder, so they stay with the checkout. */
export const toolsDir = path.join(root, ".data", "tools");

export const cacheDir = path.join(root, "node_modules", ".cache", "weimenhu");

/** Whether the file was started itself, rather than imported. */
export const isMain = (url) => Boolean(process.argv[1]) && realpathSync(process.argv[1]) === fileURLToPath(url);

export const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** A small JSON note that outlives the process; a note that cannot be read counts as none. */
export function readNote(name) {
  const file = path.join(cacheDir, `${name}.json`);
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (broken) {
    if (broken instanceof SyntaxError) return undefined;
    throw broken;
  }
}

export function writeNote(name, note) {
  mkdirSync(cacheDir, { recursive: true });
  writeWhole(path.join(cacheDir, `${name}.json`), JSON.stringify(note));
}

/** Writes beside and renames, so that a reader never sees half a file. */
export function writeWhole(file, text, mode = 0o644) {
  const half = `${file}.${process.pid}.half`;
  writeFileSync(half, text, { mode });
  renameSync(half, file);
}
