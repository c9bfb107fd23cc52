/** `node scripts/run.mjs <tool> [words…]`: one of the server's tools against the configured database, started if need be. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { lockDataDir } from "./lib/lock.mjs";
import { runningServer } from "./lib/mariadb.mjs";
import { installPackages } from "./lib/packages.mjs";
import { root } from "./lib/paths.mjs";
import { explain, Plain } from "./lib/say.mjs";
import { databaseHome, keyFile, keysGiven, Parts, production, serverEnv, startDatabase } from "./lib/world.mjs";

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

/** A tool looks at a county that is there: it makes neither a database nor keys. */
function mustExist() {
  const which = `DATA_DIR says which county is meant${process.env.DATA_DIR ? "" : " (not given: .data)"}`;
  if (!process.env.DATABASE_URL && !existsSync(path.join(databaseHome, "data")))
    throw new Plain(`There is no county's database in ${databaseHome}. ${which}; or give DATABASE_URL.`, 2);
  if (!keysGiven() && !production && !existsSync(keyFile))
    throw new Plain(`There are no keys in ${keyFile}. ${which}; or give SEAL_KEYS, INDEX_KEY and AUDIT_KEY.`, 2);
}

/** Without the password. */
function told(url) {
  const { host, pathname } = new URL(url);
  return `database: ${host}${pathname} (DATABASE_URL)`;
}

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
  mustExist();
  await installPackages();
  const here = process.env.DATABASE_URL;
  console.error(here && URL.canParse(here) ? told(here) : `database: ${here ? "DATABASE_URL" : databaseHome}`);
  process.exitCode = await run(await database());
} catch (fault) {
  explain(fault);
  process.exitCode = fault instanceof Plain ? fault.code : 1;
} finally {
  await parts.stop();
  unlock();
}
