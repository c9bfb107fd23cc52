/** Run by `npm run bench` in a process of its own per file: lists the file's scenarios, or runs one and prints its line. */
import path from "node:path";
import { pathToFileURL } from "node:url";
import { findBrowser } from "./browser.mjs";
import { root } from "./paths.mjs";

const [file, wanted] = process.argv.slice(2);
const module = await import(pathToFileURL(path.join(root, file)).href);
// A file without scenarios helps another one.
const scenarios = module.scenarios ?? [];
if (!wanted) {
  console.log(JSON.stringify(scenarios.map(({ scenario }) => scenario)));
  process.exit(0);
}

const found = scenarios.find(({ scenario }) => scenario === wanted);
const chromium = async () => {
  const { CHROMIUM: executablePath, ...env } = await findBrowser();
  return { executablePath, env };
};
const { ours, limit } = await found.run({ databaseUrl: process.env.BENCH_DATABASE_URL, chromium });
if (!(ours > 0 && limit > 0)) throw new Error(`${wanted} measured ${ours} against ${limit}: nothing was measured`);
const figure = (value) => Number(value.toPrecision(4));
console.log(
  JSON.stringify({
    scenario: wanted,
    ours: figure(ours),
    limit: figure(limit),
    ratio: figure(ours / limit),
    unit: found.unit,
  }),
);
// A scenario may leave a pool or a server open; its line is what counts.
process.exit(0);
