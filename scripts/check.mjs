/** `npm run check`: all that can be said without a service or a build. */
import { installPackages } from "./lib/packages.mjs";
import { explain, step, total } from "./lib/say.mjs";
import { runStages, staticStages } from "./lib/stages.mjs";

try {
  await step("packages", installPackages);
  const { passed, failed } = await runStages(staticStages(), 2);
  console.log(`${total()}\n${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
} catch (fault) {
  explain(fault);
  process.exitCode = 1;
}
