/** `npm test`: gets what the tests need, then runs everything there is; a part that cannot be had is a failure. */
import { buildAll } from "./build.mjs";
import { findBrowser } from "./lib/browser.mjs";
import { findServer } from "./lib/mariadb.mjs";
import { installPackages } from "./lib/packages.mjs";
import { total } from "./lib/say.mjs";
import { blocked, runStages, sizes, staticStages, vitest, work } from "./lib/stages.mjs";

// Tests bring their own world; what is set for the person's own server must not lead them to its data.
for (const name of ["DATABASE_URL", "DATA_DIR", "PORT", "METRICS_PORT", "PUBLIC_URL", "NODE_ENV", "DEMO"])
  delete process.env[name];

const sum = { passed: 0, failed: 0 };
async function run(stages, lanes) {
  const { passed, failed } = await runStages(stages, lanes);
  sum.passed += passed;
  sum.failed += failed;
  return failed === 0;
}

let browser = {};
const installed = await run([work("packages", installPackages)]);
if (installed) {
  const database = process.env.TEST_DATABASE_URL ? true : await run([work("get database", findServer)]);
  const chromium = await run([
    work("get browser", async () => {
      browser = await findBrowser();
    }),
  ]);
  await run(staticStages(), 2);
  const built = await run([work("build", () => buildAll())]);
  if (built) await run([sizes()]);
  const needs = {
    db: { database },
    wire: { database },
    bundles: { database, chromium, build: built },
    browser: { database, chromium, build: built },
  };
  const lacking = (project) => Object.keys(needs[project]).filter((what) => !needs[project][what]);
  const kinds = Object.keys(needs);
  const able = kinds.filter((project) => lacking(project).length === 0);
  await run([
    ...kinds
      .filter((project) => !able.includes(project))
      .map((project) => blocked(`test ${project}`, `no ${lacking(project).join(", no ")}`)),
    // Together: what waits in one kind leaves the processors to another, and the county is lived once.
    ...(able.length > 0 ? [vitest(able, { ...browser, PICTURES: "no" })] : []),
  ]);
}
console.log(`${total()}\n${sum.passed} passed, ${sum.failed} failed`);
process.exitCode = sum.failed > 0 ? 1 : 0;
