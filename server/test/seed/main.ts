/**
 * Fills an empty database with the demo county: three months of life, lived through the public API of a world of its own whose
 * clock stands in the past. Done once; one that was broken off is started over. The server itself need not run.
 */
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { migrate } from "../../src/kernel/db.ts";
import { clockMoves, clockStays } from "../moved-clock.ts";
import { beginSeed, emptyDatabase, endSeed, seedState } from "./state.ts";

const { DATABASE_URL: databaseUrl, DATA_DIR: dataDir, SEED_SIZE, MEDIA_DIR, PORTAL_FEED } = process.env;
if (!databaseUrl || !dataDir) throw new Error("DATABASE_URL and DATA_DIR must be given");
if (process.env["DEMO"] !== "1") throw new Error("demo people are for DEMO=1 only");

async function seed(url: string, folder: string): Promise<string> {
  // Loaded only when there is something to do: a warm start asks and goes on.
  const { startWorld } = await import("../world.ts");
  const { live } = await import("./live.ts");
  const { dayMs } = await import("./random.ts");
  const { demoPeople } = await import("./people.ts");
  await migrate(url);
  await clockMoves(url);
  await beginSeed(url);
  const now = Date.now();
  const keys = Object.fromEntries(
    ["SEAL_KEYS", "INDEX_KEY", "AUDIT_KEY", "HOME_COUNTY", "COUNTY_NAME"].map((name) => [name, process.env[name]]),
  );
  const world = await startWorld({
    databaseUrl: url,
    start: now - 90 * dayMs,
    env: {
      ...keys,
      ...(PORTAL_FEED ? { PORTAL_ALLOW_HOSTS: new URL(PORTAL_FEED).host } : {}),
      MEDIA_DIR: MEDIA_DIR || path.join(folder, "media"),
    },
  });
  try {
    const lived = await live(world, { now, size: Number(SEED_SIZE || 1), feed: PORTAL_FEED || null });
    const people = demoPeople.map((person) => ({
      name: person.name,
      role: person.what,
      phone: person.phone,
      how: person.grants.some((grant) => grant.role !== "agent")
        ? "工作台或网页：手机号 + 短信验证码 + 动态口令，都在示例手机上看"
        : "网页：手机号 + 短信验证码，在示例手机上看",
      totp: lived.secrets.get(person.phone) ?? null,
    }));
    mkdirSync(folder, { recursive: true });
    const file = path.join(folder, "demo.json");
    writeFileSync(`${file}.new`, JSON.stringify(people, null, 2), { mode: 0o600 });
    renameSync(`${file}.new`, file);
    await clockStays(url);
    await endSeed(url);
    return lived.summary;
  } finally {
    await world.close();
  }
}

const state = await seedState(databaseUrl);
if (state === "begun") {
  await emptyDatabase(databaseUrl);
  await migrate(databaseUrl);
}
if (state === "done") console.log("there already");
else if (state === "strange") console.log("left alone: this database has people of its own");
else console.log(await seed(databaseUrl, dataDir));
