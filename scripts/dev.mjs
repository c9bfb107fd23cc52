/** `npm run dev`: the same county as `npm start`, from the sources: everything restarts or reloads when a file changes. */
import path from "node:path";
import { installPackages } from "./lib/packages.mjs";
import { root } from "./lib/paths.mjs";
import { choosePort, portFree } from "./lib/ports.mjs";
import { guarded, until } from "./lib/proc.mjs";
import { Plain, step, table } from "./lib/say.mjs";
import { county } from "./lib/signals.mjs";
import { people } from "./lib/welcome.mjs";
import { checkConfig, Parts, seed, serverEnv, startDatabase, startSandboxes, startServer, tool } from "./lib/world.mjs";

const pages = Number(process.env.DEV_PORT || 10086);
const desk = pages + 1;
const parts = new Parts();

async function dev() {
  const port = await choosePort();
  for (const wanted of [pages, desk]) {
    if (!(await portFree(wanted, "127.0.0.1")))
      throw new Plain(`Port ${wanted} is in use; choose two others: DEV_PORT=${wanted + 10} npm run dev`);
  }
  await step("packages", installPackages);
  await step("settings", () => checkConfig(port));
  let database;
  await step("database", async () => {
    database = await startDatabase(parts);
    return database.how;
  });
  let sandbox;
  await step("sandboxes", async () => {
    sandbox = await startSandboxes(parts, port);
    return sandbox.remark;
  });
  // The pages come from the watchers, so the server answers for the interface alone.
  const env = { ...serverEnv({ url: database.url, port, sandbox: sandbox.env }), SITE_FILES: "none" };
  await step("migrate", () => tool("migrate", env).then(() => undefined));
  await step("seed", () => seed(env, sandbox.urls));
  const watched = ["--import", "tsx", "--watch", "--watch-preserve-output", "server/src/main.ts"];
  await step("server", () => startServer(parts, { args: watched, env, port }));
  await step("pages", () =>
    watch(
      "h5",
      path.join(root, "miniapp"),
      ["taro", "build", "--type", "h5", "--watch", "--no-check", "--disable-global-config"],
      { ...env, DEV_PORT: String(pages), DEV_API: env.PUBLIC_URL },
      pages,
    ),
  );
  await step("desk", () =>
    watch(
      "desk",
      path.join(root, "h5"),
      ["vite", "desk", "--port", String(desk), "--strictPort"],
      { ...env, DEV_API: env.PUBLIC_URL },
      desk,
    ),
  );
  const places = [
    ["居民端（热更新）", `http://localhost:${pages}/`],
    ["工作台（热更新）", `http://localhost:${desk}/desk/`],
    ["接口", `http://localhost:${port}/trpc`],
    ...Object.entries(sandbox.urls).map(([name, url]) => [`沙箱 ${name}`, String(url)]),
  ];
  console.log(`\n${table(places)}\n\n${table(people())}\n\nready: http://localhost:${pages}`);
}

/** A bundler that watches; what it prints while it works on a change is for the person at the terminal. */
async function watch(name, cwd, [bin, ...args], env, port) {
  const part = guarded(process.execPath, [path.join(root, "node_modules/.bin", bin), ...args], {
    cwd,
    env: { ...env, NODE_ENV: "development" },
    stdout: "inherit",
    stderr: "inherit",
  });
  let ended = false;
  void part.gone.then(() => (ended = true));
  await until(async () => ended || !(await portFree(port, "127.0.0.1")), 180_000, 200);
  if (ended) throw new Plain(`the ${name} watcher did not start`);
  parts.add(name, part);
}

await county(parts, dev);
