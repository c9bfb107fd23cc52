/** The parts of a running county, each started once and stopped in order: the server, then the sandboxes, then the database. */
import { randomBytes } from "node:crypto";
import { createWriteStream, existsSync, mkdirSync, readFileSync, renameSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import readline from "node:readline";
import { startServer as startMariadb, sweep } from "./mariadb.mjs";
import { dataDir, root, writeWhole } from "./paths.mjs";
import { chooseMetricsPort, mustBeFree, sandboxPorts } from "./ports.mjs";
import { capture, guarded, lastLines, must, until } from "./proc.mjs";
import { Plain } from "./say.mjs";

export const production = process.env.NODE_ENV === "production";
export const databaseHome = path.join(dataDir, "mariadb");

/** Starts are stopped last first; a part that ends by itself ends the whole. */
export class Parts {
  #running = [];
  #stopping;
  onLoss = (message) => console.error(message);

  add(name, part) {
    this.#running.push(part);
    void part.gone?.then((code) => {
      if (!this.#stopping && this.#running.includes(part)) this.onLoss(`the ${name} ended by itself (exit ${code})`);
    });
    return part;
  }

  stop() {
    this.#stopping ??= (async () => {
      for (const part of this.#running.reverse()) await part.stop();
    })();
    return this.#stopping;
  }
}

/** DATABASE_URL, or a private server below the data folder. */
export async function startDatabase(parts) {
  if (process.env.DATABASE_URL) return { url: process.env.DATABASE_URL, how: "DATABASE_URL" };
  await sweep(tmpdir(), "wmh-");
  const server = parts.add("database", await startMariadb(databaseHome));
  return { url: server.url, how: path.relative(root, databaseHome) || databaseHome };
}

/** Outside systems, and the variable whose presence says that the real one is to be used. */
const outside = {
  WECHAT_WEB_: "WECHAT_WEB_SECRET",
  WECHAT_: "WECHAT_SECRET",
  ALIPAY_: "ALIPAY_PRIVATE_KEY",
  SMS_: "SMS_SECRET",
  HOSPITAL_: "HOSPITAL_TOKEN",
  PORTAL_: "",
};

const systemOf = (name) => Object.keys(outside).find((prefix) => name.startsWith(prefix));
const isReal = (prefix) => Boolean(outside[prefix] && process.env[outside[prefix]]);

/** Answers the environment that leads the server to the sandboxes, for those systems that have no credentials given. */
export async function startSandboxes(parts, port) {
  if (production || Object.keys(outside).every((prefix) => isReal(prefix))) return { env: {}, urls: {} };
  const { base, remark } = await sandboxPorts(port);
  const part = guarded(process.execPath, ["--import", "tsx", "packages/sandbox/src/main.ts"], {
    env: {
      ...process.env,
      SANDBOX_LENIENT: "1",
      SANDBOX_PORT_BASE: String(base),
      SANDBOX_HOSPITAL: path.join(dataDir, "sandbox-hospital.jsonl"),
      SANDBOX_PUSH_TO: `http://127.0.0.1:${port}/callbacks/wechat`,
    },
  });
  const said = [];
  part.child.stderr.on("data", (chunk) => said.push(String(chunk)));
  const ready = await new Promise((resolve) => {
    readline.createInterface({ input: part.child.stdout }).on("line", (line) => {
      const note = line.startsWith("{") ? JSON.parse(line) : undefined;
      if (note?.ready) resolve(note);
      else said.push(`${line}\n`);
    });
    void part.gone.then(() => resolve(undefined));
  });
  if (!ready) throw new Plain(`the sandboxes did not start:\n${lastLines(said.join(""), 20)}`);
  parts.add("sandbox", part);
  const env = Object.fromEntries(Object.entries(ready.env).filter(([name]) => !isReal(systemOf(name) ?? "")));
  return { env, urls: ready.urls, remark };
}

/** The file with the keys of a development server. */
export const keyFile = path.join(dataDir, "keys.json");

export const keysGiven = () => ["SEAL_KEYS", "INDEX_KEY", "AUDIT_KEY"].every((name) => process.env[name]?.trim());

/** Keys of a development server, made once and kept beside its data; production must bring its own. */
function keys() {
  if (production || keysGiven()) return {};
  if (!existsSync(keyFile)) {
    const key = () => randomBytes(32).toString("hex");
    mkdirSync(dataDir, { recursive: true });
    writeWhole(
      keyFile,
      JSON.stringify({ SEAL_KEYS: `k1:${key()}`, INDEX_KEY: key(), AUDIT_KEY: key() }, null, 2),
      0o600,
    );
  }
  return JSON.parse(readFileSync(keyFile, "utf8"));
}

/** Where people reach the site; the mini-programs are built to call it. */
export const publicUrl = (port) => process.env.PUBLIC_URL?.trim() || `http://localhost:${port}`;

/** Filing numbers that say themselves that they are none. */
const demoSite = {
  SITE_DOMAIN: "www.example.gov.cn",
  SITE_ID_CODE: "9901010001",
  SITE_ICP: "示例ICP备00000000号",
  SITE_POLICE_FILING: "示例公网安备00000000000000号",
  SITE_FILING: "示例政务应用备00000000号",
};

/** What the caller's environment says goes first; the rest is what a demo needs. */
export function serverEnv({ url, port, sandbox = {} }) {
  const given = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value?.trim()));
  const demo = production ? {} : { ...demoSite, DEMO: "1", PUBLIC_URL: publicUrl(port) };
  return { ...demo, ...keys(), ...sandbox, ...given, DATABASE_URL: url, PORT: String(port), DATA_DIR: dataDir };
}

/** Faults of the configuration end a start before it has made anything; the database's address may still be to come. */
export async function checkConfig(port) {
  const url = process.env.DATABASE_URL?.trim() || "mysql://root@localhost/to_come";
  const args = ["--import", "tsx", "server/src/tools/config-check.ts"];
  const { code, out } = await capture(process.execPath, args, { env: serverEnv({ url, port }) });
  if (code !== 0) throw new Plain(lastLines(out, 80), 2);
}

/** Answers what is worth a remark. The server's log lines go to a file; what it says in words (a one-time code, a fault at start) also to the terminal. */
export async function startServer(parts, { args, env, port }) {
  await mustBeFree(port);
  const metrics = env.METRICS_PORT || production ? {} : await chooseMetricsPort();
  mkdirSync(path.join(dataDir, "log"), { recursive: true });
  const file = path.join(dataDir, "log", "server.log");
  if (existsSync(file)) renameSync(file, `${file}.1`);
  const log = createWriteStream(file);
  const part = guarded(process.execPath, args, {
    env: {
      ...(metrics.port ? { METRICS_PORT: String(metrics.port) } : {}),
      ...env,
      NODE_ENV: process.env.NODE_ENV ?? "development",
    },
  });
  let early = [];
  for (const stream of [part.child.stdout, part.child.stderr]) {
    readline.createInterface({ input: stream }).on("line", (line) => {
      log.write(`${line}\n`);
      if (early) early.push(line);
      else if (!line.startsWith("{") && !line.startsWith("ready:")) console.log(line);
    });
  }
  let ended = false;
  void part.gone.then(() => (ended = true));
  const up = await until(async () => ended || (await answers(`http://127.0.0.1:${port}/readyz`)), 60_000, 50);
  const said = early;
  early = undefined;
  if (ended || !up) {
    await part.stop();
    throw new Plain(`the server did not start:\n${lastLines(said.join("\n"), 25)}\n(log: ${file})`);
  }
  for (const line of said) if (!line.startsWith("{") && !line.startsWith("ready:")) console.log(line);
  parts.add("server", part);
  return metrics.remark;
}

async function answers(url) {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch (fault) {
    if (fault instanceof TypeError || fault.name === "TimeoutError") return false;
    throw fault;
  }
}

/** Runs one of the server's tools from its source: `migrate`, `audit-verify`, `keys-rotate`. */
export const tool = (name, env) =>
  must(process.execPath, ["--import", "tsx", `server/src/tools/${name}.ts`], { env, what: name });

/**
 * The demo county's three months of life, into an empty database, through a world of the seed's own: so before the
 * server starts. The seed notes when it is done, and starts over one that was broken off.
 */
export async function seed(env, urls) {
  const entry = "server/test/seed/main.ts";
  if (production || !existsSync(path.join(root, entry))) return "none";
  const said = await must(process.execPath, ["--import", "tsx", entry], {
    env: { ...env, PORTAL_FEED: urls.portalRss ?? "" },
    what: "seeding",
  });
  if (urls.phone) await handPhone(urls.phone);
  return said.trim().split("\n").at(-1) ?? "";
}

/** The sandbox's telephone shows the one-time passwords of the demo staff, as theirs would. */
async function handPhone(phone) {
  const secrets = demoPeople().flatMap(({ name, totp }) => (totp ? [{ name, secret: totp }] : []));
  const answer = await fetch(`${phone}/__control/setTotp`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify([secrets]),
  });
  if (!answer.ok) throw new Plain(`the sandbox's telephone did not take the demo staff's secrets (${answer.status})`);
}

/** Who lives in the demo county, as the seed wrote it down. */
export function demoPeople() {
  const file = path.join(dataDir, "demo.json");
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : [];
}
