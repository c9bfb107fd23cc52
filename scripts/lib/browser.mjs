/** Chromium and a Chinese font, found or fetched. */
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { aptInstall, isDebian, isRoot, libraryPath, unpack } from "./debian.mjs";
import { root, toolsDir, writeWhole } from "./paths.mjs";
import { capture, lastLines, which } from "./proc.mjs";
import { Plain } from "./say.mjs";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const mac = [
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/**
 * Answers the environment that a browser test needs: CHROMIUM, and FONTCONFIG_FILE for a font of our own.
 * WEIMENHU_BROWSER=rootless skips what is installed, to try the unpacked one on a machine that has it.
 * @returns {Promise<Record<string, string>>}
 */
export async function findBrowser() {
  const rootless = process.env.WEIMENHU_BROWSER === "rootless";
  const chromium = (rootless ? undefined : (process.env.CHROMIUM ?? present())) ?? (await fetchChromium(rootless));
  const font = rootless || !(await hasChineseFont()) ? await fetchFont(rootless) : {};
  const env = { CHROMIUM: chromium, ...font };
  await tryOut(env);
  return env;
}

const present = () =>
  names.map((name) => which(name)).find((file) => file !== undefined) ?? mac.find((file) => existsSync(file));

async function fetchChromium(rootless) {
  if (!isDebian()) throw new Plain(`No Chromium was found. ${howTo}`);
  if (/^ID=ubuntu$/m.test(readFileSync("/etc/os-release", "utf8"))) return fetchShell();
  if (isRoot() && !rootless) {
    await aptInstall(["chromium"]);
    const now = present();
    if (now) return now;
    throw new Plain(`The package "chromium" brought no browser. ${howTo}`);
  }
  const tree = await unpack("chromium", ["chromium", "chromium-common"]);
  const program = path.join(tree, "usr/lib/chromium/chromium");
  if (!existsSync(program)) throw new Plain(`The package "chromium" holds no browser. ${howTo}`);
  const start = path.join(toolsDir, "chromium", "chromium");
  writeWhole(start, `#!/bin/sh\nLD_LIBRARY_PATH='${libraryPath(tree)}' exec '${program}' "$@"\n`, 0o755);
  chmodSync(start, 0o755);
  return start;
}

/** Ubuntu's package only points to a snap, which runs in no container; there the test library's own download serves. */
async function fetchShell() {
  const home = path.join(toolsDir, "playwright");
  const words = ["install", ...(isRoot() ? ["--with-deps"] : []), "chromium-headless-shell"];
  const got = await capture(process.execPath, [path.join(root, "node_modules/playwright-core/cli.js"), ...words], {
    env: { ...process.env, PLAYWRIGHT_BROWSERS_PATH: home },
  });
  const files = existsSync(home) ? readdirSync(home, { recursive: true }) : [];
  const shell = files.find((file) => /\/(headless_shell|chrome-headless-shell)$/.test(file));
  if (!shell) throw new Plain(`No browser could be fetched:\n${lastLines(got.out, 8)}\n${howTo}`);
  return path.join(home, shell);
}

const howTo =
  "Install Chromium or Google Chrome (macOS: brew install --cask chromium; Fedora: dnf install chromium), or name one in CHROMIUM=/path/to/it.";

async function hasChineseFont() {
  if (process.platform === "darwin") return true;
  const list = await capture("fc-list", [":lang=zh", "file"]);
  if (list.code === 0) return list.out.trim() !== "";
  return existsSync("/usr/share/fonts") && holdsFont("/usr/share/fonts");
}

function holdsFont(dir) {
  return readdirSync(dir).some((name) => {
    const file = path.join(dir, name);
    return statSync(file).isDirectory() ? holdsFont(file) : /CJK|wqy|SourceHan|DroidSansFallback/i.test(name);
  });
}

async function fetchFont(rootless) {
  if (!isDebian())
    throw new Plain(
      "No font with Chinese characters was found. Install Noto Sans CJK (Fedora: dnf install google-noto-sans-cjk-fonts; Alpine: apk add font-noto-cjk).",
    );
  if (isRoot() && !rootless) {
    await aptInstall(["fonts-noto-cjk"]);
    return {};
  }
  const tree = await unpack("fonts", ["fonts-noto-cjk"]);
  const conf = path.join(toolsDir, "fonts", "fonts.conf");
  const cache = path.join(toolsDir, "fonts", "cache");
  mkdirSync(cache, { recursive: true });
  writeWhole(
    conf,
    `<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>\n  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>\n  <dir>${path.join(tree, "usr/share/fonts")}</dir>\n  <cachedir>${cache}</cachedir>\n</fontconfig>\n`,
  );
  return { FONTCONFIG_FILE: conf };
}

/** A browser that is there but does not run (a snap's stub, a missing library) must not wait for the tests to say so. */
async function tryOut(env) {
  const page = "data:text/html,<title>ok</title>";
  const flags = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ];
  const { code, out } = await capture(env.CHROMIUM, [...flags, "--dump-dom", page], {
    env: { ...process.env, ...env },
    timeout: 60_000,
  });
  if (code !== 0 || !out.includes("<title>ok</title>"))
    throw new Plain(`${env.CHROMIUM} does not run:\n${lastLines(out, 8)}\n${howTo}`);
}
