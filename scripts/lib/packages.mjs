import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { readNote, root, sha256, writeNote } from "./paths.mjs";
import { capture, lastLines } from "./proc.mjs";
import { Plain } from "./say.mjs";

/** Installs the packages when they are missing or the lock file is another than the one last installed. */
export async function installPackages() {
  const lock = readFileSync(path.join(root, "package-lock.json"));
  const hash = sha256(lock);
  if (existsSync(path.join(root, "node_modules")) && readNote("install")?.lock === hash) return "unchanged";
  if (asInstalled(JSON.parse(lock.toString()))) {
    writeNote("install", { lock: hash });
    return "already as the lock file says";
  }
  const npm = npmCommand();
  const { code, out } = await capture(npm.command, [...npm.args, "ci", "--no-audit", "--no-fund", "--include=dev"], {
    env: { ...process.env, NODE_ENV: "development" },
  });
  if (code !== 0) throw new Plain(`npm ci failed:\n${lastLines(out, 20)}`);
  writeNote("install", { lock: hash });
  return "npm ci";
}

/** npm notes at the end of an installation what it put where; somebody may have run it by hand. */
function asInstalled(lock) {
  const note = path.join(root, "node_modules", ".package-lock.json");
  if (!existsSync(note)) return false;
  const there = JSON.parse(readFileSync(note, "utf8")).packages;
  return Object.entries(lock.packages).every(([where, wanted]) => {
    if (!where.includes("node_modules/") || wanted.link) return true;
    const found = there[where];
    return found ? found.version === wanted.version : Boolean(wanted.optional || wanted.devOptional || wanted.peer);
  });
}

/** The npm that started us, on the Node that runs us. */
export function npmCommand() {
  const cli = process.env.npm_execpath;
  return cli?.endsWith(".js") ? { command: process.execPath, args: [cli] } : { command: "npm", args: [] };
}
