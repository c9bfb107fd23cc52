/** `npm run bench [scenario] [--json]`: one JSON line a scenario; with --json nothing else on standard output. */
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { buildAll } from "./build.mjs";
import { installPackages } from "./lib/packages.mjs";
import { root } from "./lib/paths.mjs";
import { capture } from "./lib/proc.mjs";
import { explain, Plain } from "./lib/say.mjs";
import { testDatabase } from "./lib/test-database.mjs";

const args = process.argv.slice(2);
const wanted = args.find((word) => !word.startsWith("--"));
const note = (text) => (args.includes("--json") ? console.error(text) : console.log(text));

const files = ["server/bench", "h5/bench"].flatMap((dir) =>
  existsSync(path.join(root, dir))
    ? readdirSync(path.join(root, dir))
        .filter((name) => /^[\w-]+\.ts$/.test(name))
        .map((name) => `${dir}/${name}`)
    : [],
);

async function inFile(file, scenario = [], env = process.env) {
  const { code, out } = await capture(
    process.execPath,
    ["--import", "tsx", "scripts/lib/bench-file.mjs", file, ...scenario],
    { env },
  );
  if (code !== 0) throw new Plain(`${[file, ...scenario].join(" ")} failed:\n${out}`);
  return (
    out
      .trim()
      .split("\n")
      .findLast((line) => /^[[{]/.test(line)) ?? ""
  );
}

async function bench() {
  await installPackages();
  const all = [];
  for (const file of files) for (const scenario of JSON.parse(await inFile(file))) all.push({ file, scenario });
  const chosen = all.filter(({ scenario }) => !wanted || scenario === wanted);
  if (chosen.length === 0)
    throw new Plain(
      `There is no scenario "${wanted ?? ""}". There are: ${all.map(({ scenario }) => scenario).join(", ") || "none"}.`,
    );
  note(`build: ${await buildAll()}`);
  const database = await testDatabase();
  try {
    for (const { file, scenario } of chosen)
      console.log(await inFile(file, [scenario], { ...process.env, BENCH_DATABASE_URL: database.url }));
  } finally {
    await database.stop();
  }
}

try {
  await bench();
} catch (fault) {
  explain(fault);
  process.exitCode = 1;
}
