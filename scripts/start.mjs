/** `npm start`: from a fresh clone to a county that answers, and back to nothing running on Ctrl-C. */
import { buildAll } from "./build.mjs";
import { installPackages } from "./lib/packages.mjs";
import { choosePort } from "./lib/ports.mjs";
import { must } from "./lib/proc.mjs";
import { step, total } from "./lib/say.mjs";
import { county } from "./lib/signals.mjs";
import { welcome } from "./lib/welcome.mjs";
import {
  checkConfig,
  Parts,
  publicUrl,
  seed,
  serverEnv,
  startDatabase,
  startSandboxes,
  startServer,
} from "./lib/world.mjs";

const parts = new Parts();

async function start() {
  const port = await choosePort();
  await step("packages", installPackages);
  await step("settings", () => checkConfig(port));
  let database;
  await step("database", async () => {
    database = await startDatabase(parts);
    return database.how;
  });
  await step("build", () => buildAll({ api: publicUrl(port) }));
  let sandbox;
  await step("sandboxes", async () => {
    sandbox = await startSandboxes(parts, port);
    return Object.keys(sandbox.urls).length > 0 ? sandbox.remark : "none needed";
  });
  const env = serverEnv({ url: database.url, port, sandbox: sandbox.env });
  await step("migrate", () =>
    must(process.execPath, ["server/dist/tools/migrate.js"], { env, what: "migrate" }).then(() => undefined),
  );
  await step("seed", () => seed(env, sandbox.urls));
  await step("server", () => startServer(parts, { args: ["--enable-source-maps", "server/dist/main.js"], env, port }));
  console.log(`${"all".padEnd(12)}${total().padStart(9)}\n\n${welcome({ port, urls: sandbox.urls })}\n`);
  console.log(`ready: http://localhost:${port}`);
}

await county(parts, start);
