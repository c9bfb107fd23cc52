import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Platform } from "../src/types.ts";

const folder = fileURLToPath(new URL("../sample", import.meta.url));
/** The workspace that has Taro installed. */
const taroWorkspace = fileURLToPath(new URL("../../../miniapp/", import.meta.url));
const PLATFORMS: Platform[] = ["weapp", "alipay"];

export const sampleDist = (platform: Platform): string => join(folder, "dist", platform);

/** Builds the sample for both platforms with Taro, unless the last build was made from the same files. */
export async function buildSample(): Promise<void> {
  const stamp = join(folder, "dist", "built-from");
  const now = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === now) return;
  rmSync(join(folder, "dist"), { recursive: true, force: true });
  linkFramework();
  await Promise.all(PLATFORMS.map(taroBuild));
  writeFileSync(stamp, now);
}

/** Taro looks for its React plug-in beside the project, where a package manager may not have put it. */
function linkFramework(): void {
  const name = "@tarojs/plugin-framework-react";
  const link = join(folder, "node_modules", name);
  if (existsSync(link)) return;
  rmSync(link, { force: true });
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync(dirname(createRequire(taroWorkspace).resolve(`${name}/package.json`)), link, "dir");
}

async function taroBuild(platform: Platform): Promise<void> {
  const cli = createRequire(taroWorkspace).resolve("@tarojs/cli/bin/taro");
  const args = [cli, "build", "--type", platform, "--no-check", "--disable-global-config"];
  // A test runner's NODE_ENV would turn this into another build than the one that ships.
  const env = { ...process.env, NODE_ENV: "production" };
  const child = spawn(process.execPath, args, { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part: Buffer) => (said += part.toString()));
  const code = await new Promise<number | null>((done, failed) => child.on("close", done).on("error", failed));
  if (code !== 0 || !existsSync(join(sampleDist(platform), "app.json"))) {
    throw new Error(`the sample did not build for ${platform} (exit code ${code}):\n${said.slice(-4000)}`);
  }
}

function fingerprint(): string {
  const hash = createHash("sha256");
  hash.update(createRequire(taroWorkspace)("@tarojs/taro/package.json").version);
  for (const file of filesBelow(folder)) hash.update(file).update(readFileSync(join(folder, file)));
  return hash.digest("hex");
}

function filesBelow(root: string, below = ""): string[] {
  return readdirSync(join(root, below), { withFileTypes: true })
    .filter((entry) => !["node_modules", "dist"].includes(entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(below, entry.name);
      return entry.isDirectory() ? filesBelow(root, path) : [path];
    });
}
