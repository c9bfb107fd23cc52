import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { dataDir } from "./paths.mjs";
import { commandOf } from "./proc.mjs";
import { Plain } from "./say.mjs";

/** One start per data folder. The note of a process that is gone, or whose pid another program has now, is void. */
export function lockDataDir(dir = dataDir) {
  mkdirSync(dir, { recursive: true });
  const file = path.join(dir, "start.lock");
  // Linked in with its words: a note that is there but still empty would look void.
  const mine = `${file}.${process.pid}`;
  writeFileSync(mine, JSON.stringify({ pid: process.pid }));
  try {
    take(file, mine, dir);
    return () => rmSync(file, { force: true });
  } finally {
    rmSync(mine, { force: true });
  }
}

function take(file, mine, dir) {
  for (let tries = 0; ; tries += 1) {
    try {
      return linkSync(mine, file);
    } catch (fault) {
      if (fault.code !== "EEXIST" || tries > 100) throw fault;
      const holder = readHolder(file);
      if (isStart(holder))
        throw new Plain(
          `Another start (process ${holder}) is using ${dir}. Stop it first (Ctrl-C there, or kill ${holder}), or set DATA_DIR and PORT to run a second one.`,
        );
      takeAway(file);
    }
  }
}

const isStart = (pid) => pid !== undefined && /scripts\/(start|dev|run)\.mjs/.test(commandOf(pid));

/**
 * Takes a void note away. One process at a time may, and it looks again first: of several that saw the same void note, the
 * second would otherwise take away the fresh note of the first.
 */
function takeAway(file) {
  const turn = `${file}.turn`;
  try {
    mkdirSync(turn);
  } catch (fault) {
    if (fault.code !== "EEXIST") throw fault;
    // Whoever died in its turn held it for a moment only.
    const since = statSync(turn, { throwIfNoEntry: false })?.mtimeMs;
    if (since !== undefined && Date.now() - since > 5_000) rmSync(turn, { recursive: true, force: true });
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    return;
  }
  try {
    if (existsSync(file) && !isStart(readHolder(file))) rmSync(file, { force: true });
  } finally {
    rmSync(turn, { recursive: true, force: true });
  }
}

function readHolder(file) {
  if (!existsSync(file)) return undefined;
  const [, pid] = /"pid":(\d+)/.exec(readFileSync(file, "utf8")) ?? [];
  return pid ? Number(pid) : undefined;
}
