/** Programs from Debian and Ubuntu packages: installed when root, unpacked into a folder when not. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { toolsDir } from "./paths.mjs";
import { capture, lastLines, must, which } from "./proc.mjs";
import { Plain } from "./say.mjs";

const sbin = ["/usr/sbin", "/sbin", "/usr/local/sbin"];
const quiet = { ...process.env, DEBIAN_FRONTEND: "noninteractive", LC_ALL: "C" };

export const isDebian = () => Boolean(which("apt-get") && which("dpkg", sbin));
export const isRoot = () => process.getuid?.() === 0;

/** Installs as root, refreshing the package lists only when the first try does not find or fetch a package. */
export async function aptInstall(packages) {
  const install = () => capture("apt-get", ["install", "-y", "--no-install-recommends", ...packages], { env: quiet });
  const first = await install();
  if (first.code === 0) return;
  await capture("apt-get", ["update"], { env: quiet });
  const second = await install();
  if (second.code !== 0) throw new Plain(`apt-get install ${packages.join(" ")} failed:\n${lastLines(second.out, 15)}`);
}

/**
 * Unpacks packages, and whatever they need that this system lacks, below `.data/tools/<name>` and answers that folder.
 * Needs no rights: apt only resolves and downloads (checking signatures), dpkg only unpacks.
 */
export async function unpack(name, packages) {
  const home = path.join(toolsDir, name);
  if (existsSync(path.join(home, "root"))) return path.join(home, "root");
  const work = path.join(toolsDir, `${name}.${process.pid}.half`);
  rmSync(work, { recursive: true, force: true });
  mkdirSync(path.join(work, "deb"), { recursive: true });
  try {
    await download(packages, path.join(work, "deb"));
    for (const deb of readdirSync(path.join(work, "deb")).filter((file) => file.endsWith(".deb"))) {
      await must("dpkg", ["-x", path.join(work, "deb", deb), path.join(work, "root")], { env: withSbin() });
    }
    rmSync(path.join(work, "deb"), { recursive: true });
    if (!existsSync(home)) renameSync(work, home);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return path.join(home, "root");
}

/** The folders of a unpacked tree that hold shared libraries, as an LD_LIBRARY_PATH. */
export function libraryPath(tree) {
  const found = [];
  for (const base of ["usr/lib", "lib"]) {
    const dir = path.join(tree, base);
    if (!existsSync(dir)) continue;
    for (const sub of ["", ...readdirSync(dir), ...readdirSync(dir).map((triplet) => `${triplet}/pulseaudio`)]) {
      const candidate = path.join(dir, sub);
      if (existsSync(candidate) && hasLibraries(candidate)) found.push(candidate);
    }
  }
  return [...new Set(found)].join(":");
}

function hasLibraries(dir) {
  try {
    return readdirSync(dir).some((file) => /\.so(\.|$)/.test(file));
  } catch (fault) {
    if (fault.code === "ENOTDIR") return false;
    throw fault;
  }
}

const withSbin = () => ({ ...quiet, PATH: `${process.env.PATH ?? ""}:${sbin.join(":")}` });

async function download(packages, into) {
  const own = privateLists();
  for (const options of [[], own]) {
    if (options === own) await refresh(own);
    const wanted = await missing(packages, options);
    if (!wanted) continue;
    const got = await capture("apt-get", [...options, "download", ...wanted], { cwd: into, env: withSbin() });
    if (got.code === 0) return;
    if (options === own) throw new Plain(`apt-get download ${wanted.join(" ")} failed:\n${lastLines(got.out, 15)}`);
  }
  throw new Plain(`The package lists of this system do not offer ${packages.join(", ")}, not even after a refresh.`);
}

/** The named packages and those of their dependencies that are not installed; undefined when apt cannot resolve them. */
async function missing(packages, options) {
  const plan = ["-s", "-o", "Debug::NoLocking=1", "install", "--reinstall", "--no-install-recommends", ...packages];
  const { code, out } = await capture("apt-get", [...options, ...plan], { env: withSbin() });
  if (code !== 0) return undefined;
  // "Inst libaio1 (0.3.113-4 Debian:12.1/stable [amd64])"; an older installed version stands in [] before the ( .
  const planned = [...out.matchAll(/^Inst (\S+)(?: \[[^\]]*\])? \(/gm)].map(([, name]) => name);
  // Another libc than the one that runs the loader would crash every program that is pointed to it.
  const names = new Set([...packages, ...planned.filter((name) => !/^(libc6|libc-bin|base-files)(:|$)/.test(name))]);
  return [...names];
}

/** An ordinary user cannot refresh the system's lists, so apt keeps a second state for us and reads who is installed from the system. */
function privateLists() {
  const state = path.join(toolsDir, "apt");
  for (const dir of ["state/lists/partial", "cache/archives/partial"])
    mkdirSync(path.join(state, dir), { recursive: true });
  const set = {
    "Dir::State": `${state}/state`,
    "Dir::State::status": "/var/lib/dpkg/status",
    "Dir::Cache": `${state}/cache`,
    "APT::Sandbox::User": "",
  };
  return Object.entries(set).flatMap(([key, value]) => ["-o", `${key}=${value}`]);
}

/** A source that does not answer is only a warning to us: what counts is whether the packages can then be had. */
const refresh = (options) => capture("apt-get", [...options, "update"], { env: withSbin() });
