import { callerOf, router } from "../src/kernel/rpc.ts";
import { type Circle, circleOf, closeCircle, openCircle, readerOf } from "../test/circle-county.ts";
import { contextFor } from "../test/room.ts";
import { type Bench, interleave, median, milliseconds, type Scenario } from "./harness.ts";

const small = 10_000;
const large = 1_000_000;
const calls = 200;

/**
 * Median milliseconds of the first page of a village's feed, one call at a time and never a kept page, so less is better.
 * Ours: among 1,000,000 posts. The limit: the same village's page among 10,000. The ratio is to stay below 1.2.
 */
async function growth({ databaseUrl }: Bench): Promise<{ ours: number; limit: number }> {
  const few = await openCircle(databaseUrl, small, 20);
  const many = await openCircle(databaseUrl, large, 20);
  try {
    return await interleave(pages(many, 1), pages(few, 1), 9);
  } finally {
    await closeCircle(few);
    await closeCircle(many);
  }
}

/**
 * As above: ours is 20 followed villages in one, the limit one village. The ratio is to stay below 3, also where these twenty
 * have long been quiet while the others write.
 */
async function merged({ databaseUrl }: Bench, quiet = false): Promise<{ ours: number; limit: number }> {
  const circle = await openCircle(databaseUrl, 100_000, 200);
  try {
    if (quiet) await dropNewest(circle, 20);
    return await interleave(pages(circle, 20), pages(circle, 1), 9);
  } finally {
    await closeCircle(circle);
  }
}

/** The newest third of what these villages wrote was never written. */
async function dropNewest({ db, villages }: Circle, count: number): Promise<void> {
  const quiet = villages.slice(0, count);
  const marks = quiet.map(() => "?").join(",");
  const [found] = await db.rows<{ n: number }>(`SELECT COUNT(*) AS n FROM post WHERE village IN (${marks})`, quiet);
  await db.rows(
    `DELETE FROM post WHERE village IN (${marks}) ORDER BY id DESC LIMIT ${Math.floor((found?.n ?? 0) / 3)}`,
    quiet,
  );
}

let turn = 0;

function pages({ db, villages }: Circle, count: number) {
  const api = router({ circle: circleOf() });
  const caller = readerOf(villages.slice(0, count));
  const ctx = contextFor(db, caller);
  const page = async () => {
    // A place above all posts, another one each time: the same page, and no kept one.
    const cursor = `7${(turn++).toString().padStart(25, "0")}`;
    const input = count === 1 ? { village: villages[0] ?? "" } : { which: "followed" as const };
    const { items } = await callerOf(api)(ctx).circle.feed({ ...input, cursor, limit: 20 });
    if (items.length !== 20) throw new Error(`${items.length} posts on a page`);
  };
  return async (): Promise<number> => {
    const took: number[] = [];
    for (let n = 0; n < calls; n++) took.push(await milliseconds(page));
    return median(took);
  };
}

export const scenarios: Scenario[] = [
  { scenario: "feed-growth", unit: "ms, median; at most 1.2 x", run: growth },
  { scenario: "feed-merged", unit: "ms, median; at most 3 x", run: (bench) => merged(bench) },
  { scenario: "feed-merged-quiet", unit: "ms, median; at most 3 x", run: (bench) => merged(bench, true) },
];
