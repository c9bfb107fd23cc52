/** `node scripts/run.mjs <tool> [words…]`: one of the server's tools against the configured database, started if need be. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { lockDataDir } from "./lib/lock.mjs";
import { runningServer } from "./lib/mariadb.mjs";
import { installPackages } from "./lib/packages.mjs";
import { root } from "./lib/paths.mjs";
import { explain, Plain } from "./lib/say.mjs";
import { databaseHome, Parts, serverEnv, startDatabase } from "./lib/world.mjs";

const [name = "", ...words] = process.argv.slice(2);
const entry = `server/src/tools/${name}.ts`;
const parts = new Parts();
let unlock = () => undefined;

const run = (url) =>
  new Promise((resolve) => {
    const env = serverEnv({ url, port: process.env.PORT || 8080 });
    spawn(process.execPath, ["--import", "tsx", entry, ...words], { cwd: root, env, stdio: "inherit" }).on(
      "exit",
      (code) => resolve(code ?? 1),
    );
  });

/** The address, and a lock on the data folder where we have to start its database ourselves. */
async function database() {
  const running = process.env.DATABASE_URL || (await runningServer(databaseHome));
  if (running) return running;
  unlock = lockDataDir();
  return (await startDatabase(parts)).url;
}

try {
  if (!/^[a-z-]+$/.test(name) || !existsSync(path.join(root, entry)))
    throw new Plain(`There is no tool "${name}" in server/src/tools.`);
  await installPackages();
  process.exitCode = await run(await database());
} catch (fault) {
  explain(fault);
  process.exitCode = 1;
} finally {
  await parts.stop();
  unlock();
}
