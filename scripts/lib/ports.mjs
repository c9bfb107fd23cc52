/** Which ports a county takes. Asked again right before something listens: a build takes minutes. */
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import net from "node:net";
import path from "node:path";
import { dataDir, writeWhole } from "./paths.mjs";
import { Plain } from "./say.mjs";

const own = "127.0.0.1";
const metrics = 9464;
/** As many as there are systems in packages/sandbox. */
const sandboxes = 7;

export function portFree(port, host) {
  return new Promise((resolve) => {
    const probe = net.createServer();
    probe.once("error", (fault) => resolve(fault.code !== "EADDRINUSE"));
    probe.listen({ port, host }, () => probe.close(() => resolve(true)));
  });
}

/** Somebody else's server there is the commonest reason why a start fails, so it is named first. */
export async function mustBeFree(port) {
  if (!(await portFree(port, process.env.HOST || undefined)))
    throw new Plain(`Port ${port} is in use. Stop what uses it, or choose another one: PORT=${port + 1} npm start`);
}

/** The port to serve on. */
export async function choosePort() {
  const port = Number(process.env.PORT || 8080);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Plain(`PORT=${process.env.PORT} is not a port (1 to 65535).`, 2);
  await mustBeFree(port);
  return port;
}

/** Where the metrics listen when nobody said so: the usual port, or any free one, which is then worth a remark. */
export async function chooseMetricsPort() {
  if (await portFree(metrics, own)) return { port: metrics };
  const port = await new Promise((resolve) => {
    const probe = net.createServer().listen(0, own, () => {
      const { port: free } = probe.address();
      probe.close(() => resolve(free));
    });
  });
  return { port, remark: `metrics on ${own}:${port}, since ${metrics} is in use` };
}

async function allFree(base) {
  const free = await Promise.all(Array.from({ length: sandboxes }, (_, n) => portFree(base + n, own)));
  return free.every(Boolean);
}

/**
 * The first of the sandboxes' ports. The example portal's address gets into the data, in every notice brought in from it, so
 * the ports are chosen once for a data folder and stay, whatever PORT says later. `base` is 0 (any free ones) while others use them.
 */
export async function sandboxPorts(port, dir = dataDir) {
  const note = path.join(dir, "sandbox-ports.json");
  const kept = existsSync(note) ? JSON.parse(readFileSync(note, "utf8")).base : undefined;
  if (kept <= port && port < kept + sandboxes)
    throw new Plain(
      `Port ${port} is one of the sandboxes' (${kept} to ${kept + sandboxes - 1}): choose another PORT.`,
      2,
    );
  if (kept && (await allFree(kept))) return { base: kept };
  if (kept) {
    const range = `${kept} to ${kept + sandboxes - 1}`;
    return {
      base: 0,
      remark: `not all of the ports ${range} are free: until a start finds them so, the example portal is red and its links are dead`,
    };
  }
  const last = 65_535 - sandboxes;
  for (let base = port + 100 > last ? 20_000 : port + 100; base < last; base += 10) {
    if (!(await allFree(base))) continue;
    mkdirSync(dir, { recursive: true });
    writeWhole(note, JSON.stringify({ base }));
    return { base };
  }
  throw new Plain(`No ${sandboxes} free ports in a row were found for the sandboxes.`);
}
