/** A private MariaDB server: no service, no port, no password; it lives as long as the process that started it. */

import { spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { aptInstall, isDebian, isRoot, libraryPath, unpack } from "./debian.mjs";
import { commandOf, guarded, lastLines, must, until, which } from "./proc.mjs";
import { Plain } from "./say.mjs";

const sbin = [
  "/usr/sbin",
  "/usr/local/sbin",
  "/usr/libexec",
  "/opt/homebrew/bin",
  "/opt/homebrew/sbin",
  "/usr/local/bin",
];
const database = "weimenhu";

/**
 * Finds a server program, or gets one: PATH, then apt as root, then unpacked packages.
 * WEIMENHU_DATABASE=rootless skips the first two, to try the third on a machine that has them.
 */
export async function findServer() {
  const rootless = process.env.WEIMENHU_DATABASE === "rootless";
  const present = () => which("mariadbd", sbin) ?? mariadbNamedMysqld();
  const here = rootless ? undefined : present();
  if (here) return installed(here);
  if (!isDebian()) throw new Plain(noServer);
  if (isRoot() && !rootless) {
    await aptInstall(["mariadb-server-core"]);
    const now = present();
    if (now) return installed(now);
    throw new Plain(noServer);
  }
  const tree = await unpack("mariadb", ["mariadb-server-core"]);
  return {
    program: path.join(tree, "usr/sbin/mariadbd"),
    share: path.join(tree, "usr/share/mysql"),
    relocated: true,
    libraries: libraryPath(tree),
  };
}

/** Older packages call MariaDB `mysqld`; Oracle's MySQL has that name too, but is made and started otherwise. */
function mariadbNamedMysqld() {
  const found = which("mysqld", sbin);
  return found && /mariadb/i.test(spawnSync(found, ["--version"], { encoding: "utf8" }).stdout ?? "")
    ? found
    : undefined;
}

const noServer = `No database was found, and this system has no apt to fetch one. Any of these will do:
  macOS            brew install mariadb
  Fedora, RHEL     sudo dnf install mariadb-server
  Alpine           apk add mariadb
  Docker           docker compose -f deploy/compose.yaml up -d database
                   DATABASE_URL=mysql://weimenhu:weimenhu@127.0.0.1:3306/weimenhu npm start`;

function installed(program) {
  const prefix = path.dirname(path.dirname(program));
  const candidates = [`${prefix}/share/mysql`, `${prefix}/share/mariadb`, "/usr/share/mysql", "/usr/share/mariadb"];
  const share = candidates.find(
    (dir) =>
      existsSync(path.join(dir, "mysql_system_tables.sql")) || existsSync(path.join(dir, "mariadb_system_tables.sql")),
  );
  if (!share)
    throw new Plain(
      `${program} is here but its SQL files are not (looked for mysql_system_tables.sql in ${candidates.join(", ")}).\n${noServer}`,
    );
  return { program, share, relocated: false, libraries: "" };
}

/**
 * Starts a server on `home`, making the data folder the first time.
 * @param {string} home everything of this server lies below
 * @param {{ fleeting?: boolean }} [options] fleeting: a crash of the machine may lose everything, because nothing waits for the
 *   disk; else every commit does
 * @returns {Promise<{ url: string, stop: () => Promise<void>, gone: Promise<number> }>} `url` names the database `weimenhu`
 */
export async function startServer(home, { fleeting = false } = {}) {
  const server = await findServer();
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const user = serverUser(home);
  await evictOrphan(home);
  const owned = [home, path.join(home, "run"), path.join(home, "tmp")];
  for (const dir of owned) mkdirSync(dir, { recursive: true });
  for (const dir of owned) own(dir, user);
  const data = path.join(home, "data");
  if (!existsSync(data)) await bootstrap(server, home, user);

  const short = shortPath(path.join(home, "run"));
  const socket = path.join(short.dir, "s.sock");
  rmSync(socket, { force: true });
  const log = path.join(home, "server.log");
  const running = guarded(
    server.program,
    [
      ...common(server, data, user),
      `--tmpdir=${path.join(home, "tmp")}`,
      `--socket=${socket}`,
      `--pid-file=${pidFile(home)}`,
      `--log-error=${log}`,
      `--init-file=${initFile(home)}`,
      "--skip-networking",
      "--skip-name-resolve",
      "--character-set-server=utf8mb4",
      "--collation-server=utf8mb4_unicode_ci",
      "--max-connections=200",
      "--max-allowed-packet=64M",
      "--innodb-buffer-pool-size=64M",
      "--innodb-log-file-size=32M",
      "--performance-schema=OFF",
      "--key-buffer-size=1M",
      "--aria-pagecache-buffer-size=8M",
      `--innodb-flush-log-at-trx-commit=${fleeting ? 2 : 1}`,
      ...(fleeting ? withoutDisk : []),
    ],
    { env: environment(server), stdout: "ignore", stderr: "ignore" },
  );
  let ended = false;
  void running.gone.then(() => (ended = true));
  const ready = await until(async () => ended || (await greets(socket)), 60_000);
  if (ended || !ready) {
    await running.stop();
    short.remove();
    throw new Plain(
      `The database did not start. The end of ${log}:\n${existsSync(log) ? lastLines(readFileSync(log, "utf8"), 15) : "(nothing was written)"}`,
    );
  }
  const stop = async () => {
    await running.stop(20_000);
    short.remove();
  };
  writeFileSync(path.join(home, "run", "socket"), socket);
  return { url: address(socket), stop, gone: running.gone };
}

/** The address of a server that another process runs on `home`, if it answers. */
export async function runningServer(home) {
  const note = path.join(home, "run", "socket");
  if (!existsSync(note)) return undefined;
  const socket = readFileSync(note, "utf8");
  return (await greets(socket)) ? address(socket) : undefined;
}

/** A table is no file of its own and has no statistics kept: databases of 52 tables come and go a few hundred times in a run. */
const withoutDisk = [
  "--loose-innodb-flush-method=nosync",
  "--loose-debug-no-sync",
  "--loose-innodb-doublewrite=0",
  "--loose-innodb-file-per-table=0",
  "--loose-innodb-stats-persistent=0",
];

const address = (socket) => `mysql://root@localhost/${database}?socketPath=${socket}`;

const pidFile = (home) => path.join(home, "run", "server.pid");

const common = (server, data, user) => [
  "--no-defaults",
  ...(user ? [`--user=${user.name}`] : []),
  `--datadir=${data}`,
  ...(server.relocated
    ? [
        `--basedir=${path.dirname(path.dirname(server.share))}`,
        `--plugin-dir=${path.join(server.share, "../../lib/mysql/plugin")}`,
      ]
    : []),
  `--lc-messages-dir=${server.share}`,
  `--character-sets-dir=${path.join(server.share, "charsets")}`,
];

const environment = (server) =>
  server.libraries ? { ...process.env, LD_LIBRARY_PATH: server.libraries } : process.env;

/** Made beside and renamed when whole: a first start that was interrupted leaves no half database. */
async function bootstrap(server, home, user) {
  const half = path.join(home, "data.half");
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half);
  own(half, user);
  const files = ["system_tables", "performance_tables", "system_tables_data", "sys_schema"].flatMap((name) =>
    ["mysql", "mariadb"]
      .map((vendor) => path.join(server.share, `${vendor}_${name}.sql`))
      .filter((file) => existsSync(file)),
  );
  // One statement a line. The null makes root@localhost a plain account without a password: the socket's folder is the lock.
  const input = `create database if not exists mysql;\nuse mysql;\nSET @auth_root_socket=NULL;\n${files.map((file) => readFileSync(file, "utf8")).join("\n")}`;
  await must(
    server.program,
    [
      ...common(server, half, user),
      "--bootstrap",
      "--log-warnings=0",
      "--enforce-storage-engine=",
      "--max-allowed-packet=8M",
      "--innodb-log-file-size=32M",
    ],
    {
      input,
      env: environment(server),
      what: "Making the database folder",
    },
  );
  renameSync(half, path.join(home, "data"));
}

function initFile(home) {
  const file = path.join(home, "run", "init.sql");
  writeFileSync(file, `CREATE DATABASE IF NOT EXISTS ${database} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;\n`, {
    mode: 0o644,
  });
  return file;
}

/**
 * Started by root, the server runs as nobody special. Where root's own folder is closed to others (/root is),
 * an unprivileged server could not reach its data, so there it stays root; it listens on no port either way.
 */
function serverUser(home) {
  if (!isRoot()) return undefined;
  const entry = ["mysql", "nobody"].map((name) => account(name)).find((found) => found !== undefined);
  return entry && reachable(home) ? entry : { name: "root", uid: 0, gid: 0 };
}

function account(name) {
  const line = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((row) => row.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(":") ?? [];
  return uid && gid ? { name, uid: Number(uid), gid: Number(gid) } : undefined;
}

function reachable(dir) {
  for (let at = path.dirname(dir); ; at = path.dirname(at)) {
    if (!(statSync(at).mode & 0o001)) return false;
    if (at === path.dirname(at)) return true;
  }
}

function own(file, user) {
  if (user) chownSync(file, user.uid, user.gid);
  chmodSync(file, 0o700);
}

/** A Unix socket's path may have 107 bytes; a deep checkout gets a short way in through a link. */
function shortPath(run) {
  if (Buffer.byteLength(path.join(run, "s.sock")) <= 100) return { dir: run, remove: () => undefined };
  const nook = mkdtempSync(path.join(tmpdir(), `wmh-${process.pid}-`));
  chmodSync(nook, 0o711);
  symlinkSync(run, path.join(nook, "r"));
  return { dir: path.join(nook, "r"), remove: () => rmSync(nook, { recursive: true, force: true }) };
}

/** A server speaks first, so a greeting proves more than a socket file that a crash left behind. */
export function greets(socket) {
  return new Promise((resolve) => {
    const wire = net.connect(socket);
    const answer = (yes) => {
      wire.destroy();
      resolve(yes);
    };
    wire.setTimeout(2_000, () => answer(false));
    wire.once("data", () => answer(true));
    wire.once("error", () => answer(false));
    wire.once("close", () => resolve(false));
  });
}

/** A server whose starter was killed is asked to go; its pid is trusted only if it still runs on this very folder. */
export async function evictOrphan(home) {
  const file = pidFile(home);
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, "utf8"));
  const ours = () => commandOf(pid).includes(`--pid-file=${file}`);
  if (pid > 1 && ours()) {
    process.kill(pid, "SIGTERM");
    if (!(await until(() => !ours(), 20_000)))
      throw new Plain(`A database of an earlier start (process ${pid}) does not stop. End it, then start again.`);
  }
  rmSync(file, { force: true });
}

/** Takes away what test runs left behind whose process is gone. */
export async function sweep(parent, prefix) {
  for (const name of readdirSync(parent)) {
    const pid = name.startsWith(prefix) ? Number(name.slice(prefix.length).split("-")[0]) : 0;
    const dir = path.join(parent, name);
    if (!pid || commandOf(pid) || statSync(dir).uid !== process.getuid?.()) continue;
    await evictOrphan(dir);
    rmSync(dir, { recursive: true, force: true });
  }
}
