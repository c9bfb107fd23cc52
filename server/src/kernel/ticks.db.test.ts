import { afterAll, beforeAll, expect, test } from "vitest";
import { freshDatabase } from "../../test/database/index.ts";
import { isoOf, manualClock } from "./clock.ts";
import { type Db, openDb } from "./db.ts";
import { openLog } from "./log.ts";
import { testConfig } from "./testing.ts";
import { nextSlot, ticks } from "./ticks.ts";

const clock = manualClock(Date.parse("2026-11-22T00:00:30Z"));
let home: Awaited<ReturnType<typeof freshDatabase>>;
let db: Db;
beforeAll(async () => {
  home = await freshDatabase();
  db = openDb(testConfig({ DATABASE_URL: home.url }), clock);
});
afterAll(async () => {
  await db.close();
  await home.drop();
});
const log = openLog("silent");

test("of two processes one runs a slot, and the other knows", async () => {
  const ran: number[] = [];
  const jobs = { nightly: { cron: "0 3 * * *", run: async (slot: number) => void ran.push(slot) } };
  const both = [ticks({ db, log, jobs }), ticks({ db, log, jobs })];
  const outcomes = await Promise.all(both.map((each) => each.runTick("nightly", 1_790_000_000_000)));
  expect(outcomes.sort()).toEqual(["elsewhere", "ran"]);
  expect(ran).toEqual([1_790_000_000_000]);
});

test("a slot that fails is written down as failed and does not run again", async () => {
  const jobs = {
    failing: {
      cron: "* * * * *",
      run: async () => {
        throw new Error("no");
      },
    },
  };
  const one = ticks({ db, log, jobs });
  expect(await one.runTick("failing", 5_000)).toBe("failed");
  expect(await one.runTick("failing", 5_000)).toBe("elsewhere");
  expect(await db.rows("SELECT state FROM tick_run WHERE job = 'failing'")).toEqual([{ state: "failed" }]);
});

test("patterns are read in China's time", () => {
  expect(isoOf(nextSlot("0 3 * * *", clock.now()))).toBe("2026-11-22T19:00:00.000Z");
});

test("after a jump of the clock each job runs its last missed slot once", async () => {
  const ran: string[] = [];
  const one = ticks({
    db,
    log,
    jobs: { minutely: { cron: "* * * * *", run: async (slot) => void ran.push(isoOf(slot)) } },
  });
  const since = clock.now();
  clock.advance(3 * 60_000);
  expect(await one.runDue(since)).toBe(1);
  expect(await one.runDue(since)).toBe(0);
  expect(ran).toEqual(["2026-11-22T00:03:00.000Z"]);
});

test("a wrong pattern stops the start", () => {
  expect(() => ticks({ db, log, jobs: { bad: { cron: "61 * * * *", run: async () => {} } } })).toThrow("CronPattern");
});

test("a started schedule runs its slot when the time comes, and a stopped one waits for it to end", async () => {
  const real = openDb(testConfig({ DATABASE_URL: home.url }));
  let ended = 0;
  let began = () => {};
  const running = new Promise<void>((resolve) => {
    began = resolve;
  });
  const one = ticks({
    db: real,
    log,
    jobs: {
      each: {
        cron: "* * * * * *",
        run: async () => {
          began();
          await real.rows("SELECT SLEEP(0.05)");
          ended++;
        },
      },
    },
  });
  one.start();
  await running;
  await one.stop();
  expect(ended).toBeGreaterThan(0);
  await real.close();
});
