import { spawn, spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { root } from "./paths.mjs";
import { Plain } from "./say.mjs";

/** Looks a program up on the PATH, then in `extra` folders that an ordinary user's PATH often lacks. */
export function which(name, extra = []) {
  for (const dir of [...(process.env.PATH ?? "").split(path.delimiter), ...extra]) {
    const file = path.join(dir, name);
    if (dir && existsSync(file) && canRun(file)) return file;
  }
  return undefined;
}

function canRun(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const underWay = new Set();
process.on("exit", () => {
  for (const child of underWay) child.kill("SIGTERM");
});

/** Runs to the end and answers what was printed; never throws for a non-zero exit. Ends with this process. */
export function capture(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ["pipe", "pipe", "pipe"], ...options });
    underWay.add(child);
    child.on("close", () => underWay.delete(child));
    let out = "";
    child.stdout.on("data", (chunk) => (out += chunk));
    child.stderr.on("data", (chunk) => (out += chunk));
    child.stdin.on("error", () => child.stdin.destroy());
    child.stdin.end(options.input ?? "");
    child.on("error", (fault) => resolve({ code: 127, out: `${out}${fault.message}` }));
    child.on("close", (code, signal) => resolve({ code: code ?? 1, out: signal ? `${out}\nended by ${signal}` : out }));
  });
}

/** Runs to the end; a failure becomes a plain fault that carries the last lines printed. */
export async function must(command, args, { what, ...options } = {}) {
  const { code, out } = await capture(command, args, options);
  if (code !== 0)
    throw new Plain(`${what ?? [command, ...args].join(" ")} failed (exit ${code}):\n${lastLines(out, 40)}`);
  return out;
}

export const lastLines = (text, count) => text.trimEnd().split("\n").slice(-count).join("\n");

/**
 * The child lives no longer than this process: its shell holds the read end of a pipe that we alone can write, and
 * ends the child when that pipe closes, which the kernel does even after kill -9. (The child has the same pipe as its
 * standard input, so one that listens there sees it too.) It gets its own process group so that Ctrl-C at the terminal
 * reaches only us, and we stop things in order.
 */
const guard = `exec 3<&0
"$@" <&3 3<&- & child=$!
( cat <&3 >/dev/null; kill -TERM $child 2>/dev/null ) & watch=$!
wait $child; code=$?
kill $watch 2>/dev/null
exit $code`;

/**
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, stdout?: any, stderr?: any, cwd?: string }} [options]
 */
export function guarded(command, args, { env = process.env, stdout = "pipe", stderr = "pipe", cwd = root } = {}) {
  const child = spawn("sh", ["-c", guard, "sh", command, ...args], {
    cwd,
    env,
    stdio: ["pipe", stdout, stderr],
    detached: true,
  });
  child.stdin.on("error", () => child.stdin.destroy());
  const gone = new Promise((resolve) => {
    child.on("error", () => resolve(127));
    child.on("exit", (code) => {
      child.stdin.destroy();
      resolve(code ?? 1);
    });
  });
  const stop = async (patience = 12_000) => {
    child.stdin.end();
    const late = setTimeout(() => killGroup(child.pid, "SIGKILL"), patience);
    const code = await gone;
    clearTimeout(late);
    return code;
  };
  return { child, gone, stop, kill: () => killGroup(child.pid, "SIGKILL") };
}

function killGroup(pid, signal) {
  if (!pid) return;
  try {
    process.kill(-pid, signal);
  } catch (fault) {
    if (fault.code !== "ESRCH") throw fault;
  }
}

export function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (fault) {
    return fault.code === "EPERM";
  }
}

/** The command line of a running process, or "" when it is gone. A pid alone proves nothing: pids are used again. */
export function commandOf(pid) {
  if (!alive(pid)) return "";
  const proc = `/proc/${pid}/cmdline`;
  if (existsSync(proc)) {
    try {
      return readFileSync(proc, "utf8").replaceAll("\0", " ");
    } catch (fault) {
      if (fault.code === "ENOENT" || fault.code === "ESRCH") return "";
      throw fault;
    }
  }
  return spawnSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" }).stdout ?? "";
}

/** Asks until it is so; for conditions that no event announces. Answers false when the time is up. */
export async function until(condition, patience, pause = 25) {
  const end = performance.now() + patience;
  while (performance.now() < end) {
    if (await condition()) return true;
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  return false;
}
