import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import type { Storage } from "@weimenhu/connectors/ports";
import fc from "fast-check";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Kit, key, noticesKit } from "../../../test/notices-kit.ts";
import { stores } from "../../../test/stores.ts";
import { newId } from "../../kernel/id.ts";
import { inTx } from "../../kernel/tx.ts";
import { claimMedia, letGo, openFiles, showOnly, storePicture, sweep } from "./index.ts";
import { filesOf } from "./view.ts";

const dir = mkdtempSync(path.join(tmpdir(), "weimenhu-sweep-"));
const person = newId();
let kit: Kit;
let pictures: Uint8Array[];
beforeAll(async () => {
  kit = await noticesKit();
  const plain = (n: number) => sharp({ create: { width: 9 + n, height: 9, channels: 3, background: "#a1b2c3" } });
  pictures = await Promise.all([0, 1, 2, 3].map((n) => plain(n).png().toBuffer()));
});
afterAll(async () => {
  await kit.close();
  rmSync(dir, { recursive: true, force: true });
});

class Died extends Error {}
/** A little more than one. */
const day = 25 * 3_600_000;
const all = async (names: AsyncIterable<string>) => {
  const found: string[] = [];
  for await (const name of names) found.push(name);
  return found.toSorted();
};

/** The process dies at this call of the store (counted from 0), before it or after it was done; `hook` runs in its place. */
function dying(storage: Storage, at: number, when: "before" | "after", hook?: () => Promise<unknown>): Storage {
  let calls = -1;
  const step = async <T>(act: () => Promise<T>): Promise<T> => {
    calls++;
    const now = calls === at;
    if (calls > at && !hook) throw new Died();
    if (now && when === "before") await (hook ?? died)();
    const done = await act();
    if (now && when === "after") await (hook ?? died)();
    return done;
  };
  return {
    ...storage,
    put: (name, source) => step(() => storage.put(name, source)),
    has: (name) => step(() => storage.has(name)),
    setAside: (name) => step(() => storage.setAside(name)),
    bringBack: (name) => step(() => storage.bringBack(name)),
    dropAside: (name) => step(() => storage.dropAside(name)),
  };
}
const died = async () => {
  throw new Died();
};
const unlessDied = (fault: unknown) => {
  if (!(fault instanceof Died)) throw fault;
};

describe.each(stores)("with %s", (_, open) => {
  let storage: Storage;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ storage, close } = await open());
  });
  afterAll(() => close());

  const house = async (on: Storage) => ({
    db: kit.db,
    clock: kit.clock,
    files: await openFiles({ dir, storage: on }),
  });
  const upload = async (picture: number, on = storage) =>
    storePicture(await house(on), { by: person, key: key(), name: "a", bytes: pictures[picture] ?? new Uint8Array() });
  const use = (id: string) =>
    inTx(kit.db, (tx) => claimMedia(tx, { owner: `post:${id}`, person, ids: [id], digests: [] }));
  const swept = async (on = storage) => sweep(await house(on));

  /** Every file belongs to a row, every row has its files, and nothing hangs in between. */
  async function isWhole() {
    const rows = await kit.db.rows<{ digest: string; kind: string }>("SELECT DISTINCT digest, kind FROM media");
    const wanted = rows.flatMap(filesOf).toSorted();
    expect(await all(storage.names())).toEqual(wanted);
    expect(await all(storage.aside())).toEqual([]);
  }
  const unused = async () =>
    (await kit.db.rows("SELECT m.id FROM media m LEFT JOIN media_use u ON u.media = m.id WHERE u.media IS NULL"))
      .length;
  const empty = async () => {
    await kit.db.rows("DELETE FROM media_use");
    await kit.db.rows("DELETE FROM media");
    await swept();
  };

  const step = fc.oneof(
    fc.record({
      act: fc.constant("upload" as const),
      picture: fc.nat({ max: 2 }),
      at: fc.integer({ min: 0, max: 8 }),
      when: fc.constantFrom("before" as const, "after" as const),
      used: fc.boolean(),
    }),
    fc.record({
      act: fc.constant("sweep" as const),
      at: fc.integer({ min: 0, max: 8 }),
      when: fc.constantFrom("before" as const, "after" as const),
      beside: fc.boolean(),
    }),
    fc.record({ act: fc.constant("day" as const) }),
  );

  test("wherever processes die while they bring files in or sweep, the next sweep leaves all that is used and nothing else", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
        await empty();
        const used: string[] = [];
        for (const one of steps) {
          if (one.act === "day") kit.clock.advance(day);
          else if (one.act === "sweep")
            await Promise.all([
              swept(dying(storage, one.at, one.when)).catch(unlessDied),
              one.beside ? upload(0).then(async ({ id }) => void ((await use(id)) && used.push(id))) : null,
            ]);
          else
            await upload(one.picture, dying(storage, one.at, one.when))
              .then(async ({ id }) => void (one.used && (await use(id)) && used.push(id)))
              .catch(unlessDied);
        }
        kit.clock.advance(day);
        await swept();
        await isWhole();
        expect(await unused()).toBe(0);
        const [kept] = await kit.db.rows<{ n: number }>("SELECT COUNT(*) AS n FROM media");
        expect(Number(kept?.n)).toBe(used.length);
        expect(await swept()).toEqual({ rows: 0, files: 0 });
      }),
      { numRuns: 25 },
    );
  });

  test.each([0, 1] as const)(
    "the same picture that comes in while the sweep takes it away is there afterwards (at its call %i)",
    async (at) => {
      for (const when of ["before", "after"] as const) {
        await empty();
        const old = await upload(1);
        kit.clock.advance(day);
        let fresh = "";
        const hook = async () => {
          fresh = (await upload(1)).id;
          await use(fresh);
        };
        await swept(dying(storage, at, when, hook));
        expect(fresh).not.toBe("");
        await isWhole();
        expect((await storage.find(`${old.url.slice(3)}`))?.bytes).toBe(old.bytes);
      }
    },
  );

  test("one that was on its way in when the sweep took its files writes them anew", async () => {
    await empty();
    await upload(2);
    kit.clock.advance(day);
    // It has found its files there; before its row is written, the sweep takes them.
    const { id } = await upload(
      2,
      dying(storage, 2, "after", () => swept()),
    );
    await use(id);
    await isWhole();
  });

  test("photos that a post let go are swept; what it only withdrew, what it still shows and what another uses stay", async () => {
    await empty();
    const [gone, withdrawn, shown, also] = await Promise.all([upload(0), upload(1), upload(2), upload(3)]);
    const at = kit.clock.now();
    const owns = [
      { owner: "post:1", ids: [gone.id, also.id] },
      { owner: "post:2", ids: [withdrawn.id] },
      { owner: "post:3", ids: [shown.id] },
      { owner: "case:1", ids: [also.id] },
    ];
    await inTx(kit.db, async (tx) => {
      for (const { owner, ids } of owns) await claimMedia(tx, { owner, person, ids, digests: [] });
      for (const owner of ["post:1", "post:2"]) await showOnly(tx, { owner, ids: [], digests: [], at });
    });
    const there = () => Promise.all([gone, withdrawn, shown, also].map(({ url }) => storage.has(url.slice(3))));
    kit.clock.advance(200 * day);
    await swept();
    expect(await there()).toEqual([true, true, true, true]);
    await inTx(kit.db, (tx) => letGo(tx, ["post:1"]));
    await swept();
    expect(await there()).toEqual([false, true, true, true]);
    await inTx(kit.db, (tx) => letGo(tx, ["case:1", "post:3"], [also.id]));
    await swept();
    expect(await there()).toEqual([false, true, true, false]);
    await isWhole();
  });

  test("what somebody else has laid into the store is not touched", async () => {
    await empty();
    const bytes = Buffer.from("a note of the county's technician");
    await storage.put("README.txt", { bytes: bytes.length, open: () => Readable.from([bytes]) });
    await swept();
    expect(await storage.has("README.txt")).toBe(true);
    await storage.setAside("README.txt");
    await storage.dropAside("README.txt");
  });
});

test("what a killed process has left on its way in goes after a day, and what is coming in stays", async () => {
  const files = await openFiles({ dir, storage: (await stores[0]?.[1]())?.storage as Storage });
  const [old, fresh] = [files.incoming(), files.incoming()];
  writeFileSync(old, "half");
  writeFileSync(fresh, "half");
  utimesSync(old, 1_000_000, 1_000_000);
  expect(await sweep({ db: kit.db, clock: kit.clock, files })).toMatchObject({ files: 1 });
  expect(await files.sweepIncoming(Number.MAX_SAFE_INTEGER)).toBe(1);
});
