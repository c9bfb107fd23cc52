import { fileURLToPath } from "node:url";
import { type Browser, chromium } from "playwright-core";
import { type Bench, interleave, type Scenario } from "../../server/bench/harness.ts";
import { openCounty } from "../../server/test/notices-county.ts";
import { startWorld } from "../../server/test/world.ts";
import { plainBuild, servePlain } from "./plain-site.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const flags = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking";

/** Slow 3G as browsers' tools mean it: 500 kbit/s of which four fifths arrive, and two seconds until any answer begins. */
const slow3g = { offline: false, latency: 2000, downloadThroughput: 50_000, uploadThroughput: 50_000 };
const slowCpu = { rate: 4 };

/**
 * Milliseconds from the tap until the title of the newest notice is painted on the home page, with nothing kept: ours,
 * drawn by the server, against the same app as Taro builds it by default, before the same API.
 */
async function run({ databaseUrl, chromium: found }: Bench): Promise<{ ours: number; limit: number }> {
  const folder = await plainBuild(root);
  const db = await openCounty(databaseUrl, 400, false);
  const [named] = await db.rows<{ name: string }>("SELECT DATABASE() AS name", []);
  await db.close();
  const own = new URL(databaseUrl);
  own.pathname = `/${named?.name ?? ""}`;
  const world = await startWorld({ databaseUrl: own.href, files: root });
  const plain = await servePlain(folder, world.url);
  const { executablePath, env } = await found();
  const browser = await chromium.launch({ executablePath, env, args: [...flags.split(" "), "--disable-sync"] });
  try {
    const { items } = await world.anybody("web").notices.list.query({ limit: 5 });
    const title = items[0]?.title;
    if (title === undefined) throw new Error("there is no notice to wait for");
    return await interleave(
      () => untilPainted(browser, world.url, title),
      () => untilPainted(browser, plain.url, title),
      5,
    );
  } finally {
    await browser.close();
    await plain.close();
    await world.close();
  }
}

async function untilPainted(browser: Browser, url: string, title: string): Promise<number> {
  // Without a worker and with nothing kept: the first visit.
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, serviceWorkers: "block" });
  try {
    const page = await context.newPage();
    const tools = await context.newCDPSession(page);
    await tools.send("Network.enable");
    await tools.send("Network.emulateNetworkConditions", slow3g);
    await tools.send("Emulation.setCPUThrottlingRate", slowCpu);
    await page.addInitScript({ content: watcher(title) });
    await page.goto(url, { waitUntil: "commit", timeout: 60_000 });
    const painted = await page.waitForFunction(() => Reflect.get(window, "painted"), null, { timeout: 60_000 });
    return Number(await painted.jsonValue());
  } finally {
    await context.close();
  }
}

/**
 * A script for the page: notes when a visible element shows the title, after the frame that painted it. It is a text,
 * because what compiles this file puts helpers into functions that the page does not have.
 */
const watcher = (title: string): string => `
  const words = ${JSON.stringify(title)};
  const path = "//body//*[not(self::script)][text()[contains(., '" + words + "')]]";
  const shown = () => {
    const found = document.evaluate(path, document, null, XPathResult.FIRST_ORDERED_NODE_TYPE, null).singleNodeValue;
    return found !== null && found.getClientRects().length > 0;
  };
  const look = () => {
    if (document.body !== null && shown()) setTimeout(() => { window.painted = performance.now(); });
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);`;

const unit = "ms to the first notice on slow 3G with a CPU slowed four times (ratio: smaller is better, at most 0.25)";
export const scenarios: Scenario[] = [{ scenario: "h5", unit, run }];
