import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { dataDir } from "./paths.mjs";
import { commandOf } from "./proc.mjs";
import { Plain } from "./say.mjs";

/** One start per data folder. The note of a process that is gone, or whose pid another program has now, is void. */
export function lockDataDir(dir = dataDir) {
  mkdirSync(dir, { recursive: true });
  const file = path.join(dir, "start.lock");
  for (let tries = 0; ; tries += 1) {
    try {
      writeFileSync(file, JSON.stringify({ pid: process.pid }), { flag: "wx" });
      return () => rmSync(file, { force: true });
    } catch (fault) {
      if (fault.code !== "EEXIST" || tries > 3) throw fault;
      const holder = readHolder(file);
      if (holder && /scripts\/(start|dev|run)\.mjs/.test(commandOf(holder)))
        throw new Plain(
          `Another start (process ${holder}) is using ${dir}. Stop it first (Ctrl-C there, or kill ${holder}), or set DATA_DIR and PORT to run a second one.`,
        );
      rmSync(file, { force: true });
    }
  }
}

function readHolder(file) {
  if (!existsSync(file)) return undefined;
  const [, pid] = /"pid":(\d+)/.exec(readFileSync(file, "utf8")) ?? [];
  return pid ? Number(pid) : undefined;
}
