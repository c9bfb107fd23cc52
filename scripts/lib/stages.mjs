/** What `npm run check` and `npm test` run, how it is counted, and how it is shown. */
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { cacheDir, root } from "./paths.mjs";
import { capture, lastLines } from "./proc.mjs";
import { Plain } from "./say.mjs";

const bin = (name) => path.join(root, "node_modules", ".bin", name);
const node = process.execPath;

/** A verdict counts tests: a stage that is not vitest is one test. */
const verdict = (ok, out = "") => ({ passed: ok ? 1 : 0, failed: ok ? 0 : 1, out });

const command = (name, program, args, options) => ({
  name,
  run: async () => {
    const { code, out } = await capture(program, args, options);
    return verdict(code === 0, out);
  },
});

/** A stage made of something that throws when it fails. */
export const work = (name, act) => ({
  name,
  run: async () => {
    try {
      await act();
      return verdict(true);
    } catch (fault) {
      return verdict(false, fault instanceof Plain ? fault.message : (fault.stack ?? String(fault)));
    }
  },
});

/** A stage that cannot run because what it needs is not there has failed. */
export const blocked = (name, why) => ({ name, run: async () => verdict(false, `not run: ${why}`) });

const projects = () =>
  [
    "packages/domain",
    "packages/contract",
    "packages/connectors",
    "packages/sandbox",
    "packages/minihost",
    "server",
    "h5",
    "miniapp",
    "scripts",
  ].filter((dir) => existsSync(path.join(root, dir, "tsconfig.json")));

const types = (dir) =>
  command(`types ${path.basename(dir)}`, bin("tsc"), [
    "-p",
    dir,
    "--incremental",
    "--tsBuildInfoFile",
    path.join(cacheDir, "tsc", `${path.basename(dir)}.tsbuildinfo`),
  ]);

/** Projects of vitest, counted test by test; a run that crashed, found nothing or skipped something has failed. */
export const vitest = (projects, env = {}) => ({
  name: `test ${projects.join(" ")}`,
  run: async () => {
    const report = path.join(cacheDir, `vitest-${projects.join("-")}-${process.pid}.json`);
    const chosen = projects.flatMap((project) => ["--project", project]);
    const { code, out } = await capture(
      bin("vitest"),
      ["run", ...chosen, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`],
      {
        env: { ...process.env, ...env, NO_COLOR: "1", FORCE_COLOR: undefined },
      },
    );
    if (!existsSync(report)) return verdict(false, out);
    const counts = count(JSON.parse(readFileSync(report, "utf8")), code, projects);
    rmSync(report);
    return { ...counts, out };
  },
});

/** By what a file of a project is told. */
const kinds = {
  pure: /\.test\.(tsx?|mjs)$/,
  db: /\.db\.test\.(ts|mjs)$/,
  wire: /\.wire\.test\.ts$/,
  bundles: /(\/miniapp\/e2e\/.*|\.bundle)\.test\.ts$/,
  browser: /\.spec\.ts$/,
};

/** What vitest's report says; a skipped test, a file that did not load, a crash and a project without a file are failures. */
export function count(report, code, projects = []) {
  const skipped = report.numPendingTests + report.numTodoTests;
  const unloadable = report.testResults.filter(
    (file) => file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
  );
  const empty = projects.filter((project) => !report.testResults.some((file) => kinds[project].test(file.name)));
  const passed = report.numPassedTests;
  const failed = report.numFailedTests + skipped + unloadable.length + empty.length;
  const crashed = failed === 0 && (code !== 0 || passed === 0);
  return { passed, failed: failed + (crashed ? 1 : 0) };
}

/** Everything that needs no service, longest first so that two lanes end together. */
export function staticStages() {
  mkdirSync(path.join(cacheDir, "tsc"), { recursive: true });
  return [
    ...["server", "miniapp", "h5"].filter((dir) => projects().includes(dir)).map(types),
    vitest(["pure"]),
    command("lint", bin("oxlint"), ["--type-aware", "--deny-warnings"]),
    command("walls", node, ["scripts/walls.mjs"]),
    command("unused", bin("knip"), ["--no-progress"]),
    ...projects()
      .filter((dir) => dir.startsWith("packages/") || dir === "scripts")
      .map(types),
    command("format", bin("biome"), ["check", "--error-on-warnings"]),
    command("wire", node, ["--import", "tsx", "packages/contract/tools/wire.ts", "--check"]),
    command("lock file", node, ["scripts/lockfile.mjs", "--check"]),
  ];
}

/** The size of each client against its budget. */
export const sizes = () => command("sizes", node, ["miniapp/scripts/size.mjs"]);

/** Runs stages in lanes, shows each as it ends, and adds up. */
export async function runStages(stages, lanes = 1) {
  const total = { passed: 0, failed: 0 };
  const queue = [...stages];
  const lane = async () => {
    for (let stage = queue.shift(); stage; stage = queue.shift()) {
      const since = performance.now();
      const { passed, failed, out } = await stage.run();
      const seconds = ((performance.now() - since) / 1000).toFixed(1);
      console.log(
        `${failed ? "✘" : "✔"} ${stage.name.padEnd(18)}${seconds.padStart(7)} s  ${passed} passed${failed ? `, ${failed} failed` : ""}`,
      );
      if (failed) console.log(lastLines(out, 400).replaceAll(/^/gm, "    "));
      total.passed += passed;
      total.failed += failed;
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return total;
}
