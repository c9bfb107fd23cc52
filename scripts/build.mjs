/** `npm run build`: the three clients, the server-side views, the desk and the server. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { isMain, readNote, root, sha256, writeNote } from "./lib/paths.mjs";
import { capture, lastLines } from "./lib/proc.mjs";
import { explain, Plain, step } from "./lib/say.mjs";

const tasks = ["build:weapp", "build:alipay", "build:h5", "build:views", "build"];
export const outputs = [
  "miniapp/dist/weapp",
  "miniapp/dist/alipay",
  "miniapp/dist/h5",
  "miniapp/dist/views",
  "h5/desk/dist",
  "server/dist",
];
const sources = [
  "packages",
  "miniapp",
  "h5",
  "server",
  "turbo.json",
  "tsconfig.base.json",
  "package.json",
  "package-lock.json",
  "scripts/build.mjs",
];
const apart = /(^|\/)(node_modules|dist|e2e|test|bench|\.turbo|\.screens)$|\.(test|spec)\.tsx?$/;

/** Asks turbo only when a source or a product is not as the last build left it: turbo alone takes half a second. */
export async function buildAll({ force = false, api = process.env.TARO_APP_API || "http://localhost:8080" } = {}) {
  const last = readNote("build");
  if (!force && last?.print === fingerprint(api)) return "unchanged";
  const turbo = path.join(root, "node_modules/.bin/turbo");
  const { code, out } = await capture(
    turbo,
    ["run", ...tasks, "--concurrency=2", "--output-logs=errors-only", "--no-color", ...(force ? ["--force"] : [])],
    {
      env: {
        ...process.env,
        NODE_ENV: "production",
        TARO_APP_API: api,
        TURBO_TELEMETRY_DISABLED: "1",
        DO_NOT_TRACK: "1",
        TURBO_NO_UPDATE_NOTIFIER: "1",
      },
    },
  );
  if (code !== 0) throw new Plain(`the build failed:\n${lastLines(out, 60)}`);
  writeNote("build", { print: fingerprint(api), api });
  const [, cached = "built"] = /Cached:\s+(.*total)/.exec(out) ?? [];
  return last?.api && last.api !== api ? `${cached}; the mini-programs call ${api} now` : cached;
}

/** Contents of what goes in; size and time of what came out, which is large. */
function fingerprint(api) {
  const lines = [process.version.split(".")[0], api];
  for (const file of sources.flatMap((name) => walk(name)))
    lines.push(`${file} ${sha256(readFileSync(path.join(root, file)))}`);
  for (const output of outputs) {
    const files = walk(output, /^$/);
    lines.push(`${output} ${files.length}`);
    for (const file of files) {
      const { size, mtimeMs } = statSync(path.join(root, file));
      lines.push(`${file} ${size} ${mtimeMs}`);
    }
  }
  return sha256(lines.join("\n"));
}

function walk(name, skip = apart) {
  const entry = statSync(path.join(root, name), { throwIfNoEntry: false });
  if (!entry || skip.test(name)) return [];
  if (!entry.isDirectory()) return [name];
  return readdirSync(path.join(root, name))
    .sort()
    .flatMap((child) => walk(`${name}/${child}`, skip));
}

if (isMain(import.meta.url)) {
  try {
    await step("build", () => buildAll({ force: process.argv.includes("--force") }));
  } catch (fault) {
    explain(fault);
    process.exitCode = 1;
  }
}
