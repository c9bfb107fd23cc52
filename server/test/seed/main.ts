/**
 * Fills an empty database with the demo county: three months of life, through the public API of a whole world of its own whose
 * clock stands in the past. Done once; a run that was broken off is started over by emptying the database.
 */
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { startWorld } from "../world.ts";
import { liveThreeMonths } from "./live.ts";
import { demoPeople } from "./people.ts";
import { seedState } from "./state.ts";

const { DATABASE_URL, DATA_DIR, PORTAL_FEED } = process.env;
if (!DATABASE_URL || !DATA_DIR) throw new Error("DATABASE_URL and DATA_DIR must be given");

const state = await seedState(DATABASE_URL);
if (state === "done") {
  console.log("the demo county is there");
} else {
  if (state === "begun") throw new Error("an earlier seeding was broken off: empty the database and start again");
  const now = Date.now();
  const world = await startWorld({ databaseUrl: DATABASE_URL, start: now - 90 * 86_400_000, env: process.env });
  try {
    const lived = await liveThreeMonths(world, { now, feed: PORTAL_FEED ?? null });
    const people = demoPeople.map((person) => ({
      name: person.name,
      role: person.what,
      phone: person.phone,
      how: person.grants.length > 0 ? "工作台：手机号 + 短信验证码 + 动态口令（都在示例手机上）" : "网页：手机号 + 短信验证码（在示例手机上）",
      totp: lived.secrets.get(person.phone) ?? null,
    }));
    mkdirSync(DATA_DIR, { recursive: true });
    const file = path.join(DATA_DIR, "demo.json");
    writeFileSync(`${file}.new`, JSON.stringify(people, null, 2), { mode: 0o600 });
    renameSync(`${file}.new`, file);
    await lived.done();
    console.log(lived.summary);
  } finally {
    await world.close();
  }
}
