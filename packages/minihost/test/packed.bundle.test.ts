import { execFile, execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Backend, startBackend } from "./backend.ts";
import { sampleDist } from "./sample.ts";

const here = fileURLToPath(new URL("..", import.meta.url));
/** A project far from this repository, with the packed package and its dependencies installed. */
const project = mkdtempSync(join(tmpdir(), "minihost-foreign-"));
let backend: Backend;
/** Not in this thread, which answers for the backend. */
const run = promisify(execFile);

beforeAll(async () => {
  backend = await startBackend();
  const modules = join(project, "node_modules");
  execFileSync(process.execPath, [join(here, "pack.mjs"), join(modules, "@weimenhu", "minihost")], { stdio: "pipe" });
  const manifest = JSON.parse(readFileSync(join(here, "package.json"), "utf8"));
  for (const name of [...Object.keys(manifest.dependencies), "@types/node", "typescript"]) {
    const link = join(modules, name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(realpathSync(folderOf(name)), link, "dir");
  }
  writeFileSync(join(project, "package.json"), JSON.stringify({ name: "foreign", type: "module", private: true }));
});
afterAll(async () => {
  rmSync(project, { recursive: true, force: true });
  await backend.close();
});

/** Where a dependency is installed, whatever its exports allow to be asked for. */
function folderOf(name: string): string {
  const found = createRequire(join(here, "package.json")).resolve.paths(name) ?? [];
  for (const folder of found) {
    try {
      return realpathSync(join(folder, name));
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
    }
  }
  throw new Error(`${name} is not installed`);
}

const walk = `
import { chromiumView, expectClean, jsdomView, MiniHost, officialSyntax } from "@weimenhu/minihost";
const dist: string = ${JSON.stringify(sampleDist("weapp"))};
for (const view of [jsdomView(), chromiumView({ width: 320 })]) {
  const host = await MiniHost.start({ dist, platform: "weapp", view, allow: [ORIGIN], storage: { base: ORIGIN } });
  await host.tap({ label: "加一" });
  await host.tap("#load");
  console.log(view.name, await host.text("#count"), (await host.findAll(".row")).length);
  await host.stop();
  expectClean(host);
}
console.log(officialSyntax(dist).length);
process.exit(0);
`;

test("plain Node runs the packed package in a project outside of this repository", async () => {
  const code = walk.replace("dist: string", "dist").replaceAll("ORIGIN", JSON.stringify(backend.origin));
  writeFileSync(join(project, "walk.mjs"), code);
  const { stdout } = await run(process.execPath, ["walk.mjs"], { cwd: project });
  expect(stdout.trim().split("\n")).toEqual(["jsdom 数 1 3", "chromium 数 1 3", "0"]);
});

test.each(["bundler", "nodenext"])("its types are read with moduleResolution %s", (moduleResolution) => {
  writeFileSync(join(project, "walk.ts"), walk.replaceAll("ORIGIN", '"http://a"'));
  const options = {
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    target: "es2022",
    types: ["node"],
    moduleResolution,
  };
  const module = moduleResolution === "nodenext" ? "nodenext" : "esnext";
  writeFileSync(
    join(project, "tsconfig.json"),
    JSON.stringify({ compilerOptions: { ...options, module }, files: ["walk.ts"] }),
  );
  const tsc = join(project, "node_modules", "typescript", "bin", "tsc");
  const { stdout } = spawnSync(process.execPath, [tsc, "-p", "."], { cwd: project, encoding: "utf8" });
  expect(stdout).toBe("");
});
