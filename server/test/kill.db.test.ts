import { createHash, randomInt } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { dayMs, dayOf, startOf } from "@weimenhu/domain/base/workday";
import { startAlipay } from "@weimenhu/sandbox";
import { afterAll, beforeAll, expect, onTestFailed, onTestFinished, test } from "vitest";
import { manualClock } from "../src/kernel/clock.ts";
import { loadConfig } from "../src/kernel/config.ts";
import { type Db, openDb } from "../src/kernel/db.ts";
import { openLog } from "../src/kernel/log.ts";
import { outboxState } from "../src/kernel/outbox.ts";
import { testConfig } from "../src/kernel/testing.ts";
import { serve } from "../src/main.ts";
import { type Api, apiClient } from "./client.ts";
import { freshDatabase } from "./database/index.ts";
import { photo } from "./media-kit.ts";
import { openMortal, type Phone } from "./mortal.ts";
import { official, openVillage, type Resident, village, villager } from "./residents.ts";
import { chance } from "./seed/random.ts";
import { processEnv } from "./server-process.ts";
import { patient } from "./world.ts";

const posts = 200;
const atOnce = 10;
const deaths = 10;
/** Steps from one death to the next: on the average, since each falls anywhere in its share of them. */
const share = 110;
/** A failure is played again with the seed that it printed, as far as two processes can be. */
const seed = randomInt(2 ** 31);

let home: Awaited<ReturnType<typeof freshDatabase>>;
let db: Db;
let alipay: Awaited<ReturnType<typeof startAlipay>>;
const dir = mkdtempSync(path.join(tmpdir(), "weimenhu-kill-"));
beforeAll(async () => {
  home = await freshDatabase();
  db = openDb(testConfig({ DATABASE_URL: home.url }));
  alipay = await startAlipay();
  await openVillage(db);
});
afterAll(async () => {
  await alipay.close();
  await db.close();
  await home.drop();
  rmSync(dir, { recursive: true, force: true });
});

/** No two pictures have the same measures, so that each can be told by them. They are taken with the phone turned. */
const sizeOf = (n: number, at: number, taken: number) => ({
  width: 16 + (n % 20) * 3 + at,
  height: 16 + Math.floor(n / 20) + 10 * taken,
});
function picture(n: number, at: number, taken = 0): Promise<Uint8Array> {
  const { width, height } = sizeOf(n, at, taken);
  return photo(height, width);
}
const photosIn = (n: number): number[] => (n % 4 === 0 ? [0, 1] : [0]);
const wordsOf = (n: number) => `第 ${n} 条`;
const numbers = Array.from({ length: posts }, (_, n) => n);

const rows = <Row>(sql: string, params: string[] = []) => db.rows<Row>(sql, params);
const count = async (from: string) => Number((await rows<{ n: number }>(`SELECT COUNT(*) AS n FROM ${from}`))[0]?.n);

type Made = { id: string; photos: { width: number; height: number }[] };

/** The phones of a village: each post has the number of its turn, each act a key of its own. */
function villageLife(phones: readonly Phone[]) {
  const made = new Map<string, Made>();
  const comments = new Set<string>();
  const phone = (n: number): Phone => {
    const one = phones[n % phones.length];
    if (!one) throw new Error("a village needs phones");
    return one;
  };

  /** Sends it until there is an answer. Every other author takes another picture when they had none, and forgets the first. */
  async function upload(n: number, at: number): Promise<{ id: string; size: Made["photos"][number] }> {
    for (let taken = 0; ; taken++) {
      const [key, bytes] = [`photo-of-post-${n}-${at}-${taken}`, await picture(n, at, taken)];
      const id = n % 2 === 0 ? await phone(n).upload(key, bytes) : await phone(n).tryUpload(key, bytes);
      if (id !== null) return { id, size: sizeOf(n, at, taken) };
    }
  }

  async function post(n: number): Promise<void> {
    const author = phone(n);
    const photos: Awaited<ReturnType<typeof upload>>[] = [];
    for (const at of photosIn(n)) photos.push(await upload(n, at));
    // Pictures that no post will show: one that was thought better of, and one that the phone sent already.
    if (n % 10 === 3) await author.upload(`photo-of-nothing-${n}`, await picture(n, 2));
    if (n % 10 === 7) await author.upload(`photo-sent-anew-${n}`, await picture(n, 0));
    const { id } = await author.post({
      key: `the-words-of-post-${n}`,
      village,
      kind: n % 2 === 0 ? "help" : "chat",
      text: wordsOf(n),
      photos: photos.map((one) => one.id),
    });
    made.set(wordsOf(n), { id, photos: photos.map(({ size }) => size) });
    if (n % 5 === 0) await answer(n);
  }
  /** To what stands in the feed at this moment. */
  async function answer(n: number): Promise<void> {
    const reader = phone(n + 1);
    for (const { id, by } of (await reader.feed({ village, limit: 3 })).items) {
      if (by.mine) continue;
      await reader.like(id);
      const key = `comment-${n}-${id}`;
      await reader.comment({ id, key, text: "我也看到了" });
      comments.add(key);
    }
  }
  return { made, comments, post };
}

/** Two days later, another process has taken over what the dead ones left, and has swept. */
async function afterwards(env: Record<string, string>) {
  const clock = manualClock(Date.now());
  const log = openLog("silent");
  const config = loadConfig(processEnv({ ...env, PORT: "0" }));
  const running = await serve(config, { clock, log, quiet: true, pressure: patient });
  const incoming = path.join(dir, "media", "incoming");
  const long = new Date(Date.now() - 2 * dayMs);
  for (const name of readdirSync(incoming)) utimesSync(path.join(incoming, name), long, long);
  // Until the leases of the dead have run out, and what was put off has come again.
  for (let minute = 0; minute < 3; minute++) {
    clock.advance(60_000);
    await running.settle();
  }
  // Noon, when messages wait for no morning.
  clock.set(startOf(dayOf(clock.now())) + 2.5 * dayMs);
  await running.settle();
  const close = async () => {
    for (const step of running.steps) await step.run();
  };
  return { url: `http://127.0.0.1:${running.port}`, close };
}

type Feed = Awaited<ReturnType<Api["circle"]["feed"]["query"]>>;
async function wholeFeed(url: string, { token }: Resident): Promise<Feed["items"]> {
  const { circle } = apiClient(url, "weapp", () => token);
  const found: Feed["items"] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await circle.feed.query({ village, limit: 50, ...(cursor ? { cursor } : {}) });
    found.push(...page.items);
    if (!page.next) return found;
    cursor = page.next;
  }
}

/** What a browser gets for it: the whole file is there when its bytes are those of its name. */
async function readable(url: string, photo: { url: string; small: string }): Promise<boolean> {
  const [large, small] = await Promise.all([fetch(url + photo.url), fetch(url + photo.small)]);
  const digest = createHash("sha256")
    .update(Buffer.from(await large.arrayBuffer()))
    .digest("hex");
  return small.status === 200 && (await small.arrayBuffer()).byteLength > 0 && photo.url.includes(digest);
}

/** Posts and cases whose counters, states and messages are not those of the rows behind them. */
const wrongCounters = () =>
  rows(
    `SELECT p.text AS what FROM post p LEFT JOIN case_file f ON f.subject = CONCAT('post:', p.id)
     WHERE p.likes <> (SELECT COUNT(*) FROM post_like l WHERE l.post = p.id)
        OR p.comments <> (SELECT COUNT(*) FROM post_comment c WHERE c.post = p.id AND c.check_state = 'passed')
        OR p.comments <> (SELECT COALESCE(SUM(m.count), 0) FROM message m WHERE m.about = p.id AND m.kind = 'commented')
        OR (SELECT COUNT(*) FROM message m WHERE m.about = p.id AND m.kind = 'passed') <> 1
        OR p.state <> COALESCE(f.state, '') OR (f.id IS NOT NULL) <> (p.kind = 'help')
     UNION SELECT f.subject FROM case_file f
     WHERE f.steps <> (SELECT COUNT(*) FROM case_step s WHERE s.case_id = f.id)
        OR (SELECT COUNT(*) FROM message m WHERE m.about = f.id AND m.kind = 'raised') <> 1`,
  );

test("of 200 posts with photos through a server that is killed ten times in the middle of them none is lost, doubled or half", async () => {
  const drawn = chance(seed);
  const points = Array.from({ length: deaths }, (_, at) => at * share + 1 + drawn.below(share));
  await official(db, { role: "secretary", region: village });
  const people = await Promise.all(Array.from({ length: 8 }, () => villager(db)));
  const env = { ...alipay.env, DATABASE_URL: home.url, DATA_DIR: dir };
  const server = await openMortal(env, points);
  onTestFinished(server.end);
  onTestFailed(() => console.log(`seed ${seed}`, server.said));
  const { made, comments, post } = villageLife(people.map(server.phone));
  const turns = numbers.values();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const n of turns) await post(n);
    }),
  );
  await server.end();
  expect([server.died(), server.said]).toEqual([deaths, []]);

  const { url, close } = await afterwards(env);
  const [reader] = people;
  const shown = reader ? await wholeFeed(url, reader) : [];
  expect(shown.map(({ text }) => text).toSorted()).toEqual(numbers.map(wordsOf).toSorted());
  for (const { text, id, photos } of shown) {
    expect({ id, photos }).toMatchObject(made.get(text) ?? {});
    expect(await Promise.all(photos.map((one) => readable(url, one)))).toEqual(photos.map(() => true));
  }
  await close();

  expect(await wrongCounters()).toEqual([]);
  expect([await count("post"), await count("post_comment")]).toEqual([posts, comments.size]);
  expect(await outboxState(db)).toMatchObject({ waiting: 0, dead: 0 });
  const kept = await rows<{ digest: string }>("SELECT digest FROM media JOIN media_use ON media_use.media = media.id");
  expect(kept).toHaveLength(numbers.flatMap(photosIn).length);
  expect(await count("media")).toBe(kept.length);
  const files = kept.flatMap(({ digest }) => ["", "-800", "-320"].map((size) => `${digest}${size}.jpg`));
  const found = readdirSync(path.join(dir, "media"), { recursive: true, withFileTypes: true });
  expect(found.flatMap((entry) => (entry.isFile() ? [entry.name] : [])).toSorted()).toEqual(files.toSorted());
}, 180_000);
