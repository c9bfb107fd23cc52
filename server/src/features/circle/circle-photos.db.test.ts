import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { localStorage } from "@weimenhu/connectors/adapters";
import type { Caller } from "@weimenhu/domain/permissions";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CircleKit, cast, circleKit, key, neighbour, village, villagerOf } from "../../../test/circle-kit.ts";
import { addresses, mediaRoutes, openFiles } from "../../foundation/media/index.ts";
import { createHttp } from "../../kernel/http.ts";
import { openLog } from "../../kernel/log.ts";
import { needConsentSomewhere } from "./index.ts";

const kit = await circleKit();
const { author, other, follower, secretary } = cast();
let app: FastifyInstance;
let sender: Caller | null = null;
let put: (name: string) => Promise<void>;
const dir = mkdtempSync(path.join(tmpdir(), "weimenhu-circle-photos-"));
beforeAll(async () => {
  const storage = await localStorage(dir);
  const files = await openFiles({ dir, storage });
  put = (name) => storage.put(name, { bytes: name.length, open: () => Readable.from([Buffer.from(name)]) });
  app = await createHttp({ config: { TRUST_PROXY: "" }, log: openLog("silent") });
  const db = { ...kit.db, clock: kit.clock };
  await mediaRoutes(app, {
    db,
    files,
    addresses: addresses(kit.config),
    context: async () => kit.ctx(sender),
    needConsent: (ctx) => needConsentSomewhere(kit.deps, ctx),
  });
});
afterAll(async () => {
  await app.close();
  await kit.close();
  rmSync(dir, { recursive: true, force: true });
});

const bare = (url: string) => url.split("?")[0] ?? "";
const status = async (url: string) => (await app.inject({ url })).statusCode;
const both = async (url: string) => {
  kit.clock.advance(1_000);
  return [await status(bare(url)), await status(url)];
};

/** A photo that the author has sent, with its file. */
async function photo(): Promise<string> {
  const id = await kit.upload(author);
  const [row] = await kit.db.rows<{ digest: string }>("SELECT digest FROM media WHERE id = ?", [id]);
  await put(`${row?.digest}.jpg`);
  await put(`${row?.digest}-320.jpg`);
  return id;
}
const posted = async (more: Parameters<CircleKit["post"]>[1] = {}) =>
  kit.post(author, { photos: [await photo()], ...more });
const urlIn = (post: { photos: { url: string }[] }) => post.photos[0]?.url ?? "";
const held = { text: "高利贷" };

test("photos of a post for the whole village lie open under their names, in its feed too", async () => {
  const post = await posted();
  const url = urlIn(post);
  expect([bare(url), await both(url)]).toEqual([url, [200, 200]]);
  const page = await kit.as(follower).circle.feed({ village, which: "village" });
  expect(page.items.find(({ id }) => id === post.id)?.photos).toEqual(post.photos);
});

describe("photos of a post that is not for everybody are there by signed addresses only", () => {
  test.each(["villagers", "cadres"] as const)("for %s", async (audience) => {
    const url = urlIn(await posted({ audience }));
    expect(await both(url)).toEqual([404, 200]);
  });

  test("whose author hides", async () => {
    const url = urlIn(await posted({ kind: "complaint", hideMe: true }));
    expect(await both(url)).toEqual([404, 200]);
  });

  test("which waits for somebody to look, until it is let through; taken out of sight, they are closed again", async () => {
    const post = await posted(held);
    expect([post.check, await both(urlIn(post))]).toEqual(["held", [404, 200]]);
    await kit.as(secretary).circle.decide({ id: post.id, pass: true });
    const shown = urlIn(await kit.as(follower).circle.get({ id: post.id }));
    expect([bare(shown), await both(shown)]).toEqual([shown, [200, 200]]);
    await kit.as(secretary).circle.decide({ id: post.id, pass: false, reason: "广告" });
    expect(await both(shown)).toEqual([404, 404]);
    expect(await both(urlIn(await kit.as(author).circle.get({ id: post.id })))).toEqual([404, 200]);
    const waiting = await kit.as(secretary).circle.queue({});
    expect(waiting.items.map(({ id }) => id)).not.toContain(post.id);
  });

  test("which an edit gives words to look at", async () => {
    const post = await posted();
    const ids = await kit.db.rows<{ id: string }>("SELECT media AS id FROM media_use WHERE owner = ?", [
      `post:${post.id}`,
    ]);
    const edit = { id: post.id, key: key(), photos: ids.map(({ id }) => id), ...held };
    const edited = await kit.as(author).circle.edit(edit);
    expect([edited.check, await both(urlIn(post)), await both(urlIn(edited))]).toEqual([
      "held",
      [404, 404],
      [404, 200],
    ]);
  });
});

test("an address on a page that is kept in memory is good for longer than the page", async () => {
  const post = await posted({ audience: "villagers" });
  const ask = async () => {
    const page = await kit.as(other).circle.feed({ village, which: "village" });
    return urlIn(page.items.find(({ id }) => id === post.id) ?? { photos: [] });
  };
  const first = await ask();
  kit.clock.advance(19_000);
  expect(await ask()).toBe(first);
  kit.clock.advance(9 * 60_000);
  expect(await status(first)).toBe(200);
});

test.each(["village", "villagers"] as const)(
  "photos of a deleted post (%s) are gone within a second",
  async (audience) => {
    const post = await posted({ audience });
    const url = urlIn(post);
    expect(await status(url)).toBe(200);
    await kit.as(author).circle.remove({ id: post.id });
    expect(await both(url)).toEqual([404, 404]);
  },
);

test("a photo that an edit leaves out is gone within a second, and the others stay", async () => {
  const [one, two] = [await photo(), await photo()];
  const post = await kit.post(author, { photos: [one, two] });
  await kit.as(author).circle.edit({ id: post.id, key: key(), text: "换一张", photos: [two] });
  expect(await Promise.all(post.photos.map(({ url }) => both(url)))).toEqual([
    [404, 404],
    [200, 200],
  ]);
});

test("a child sends no photo before a guardian has agreed in one of the villages it belongs to", async () => {
  const child = villagerOf();
  await kit.hasPhone(child, "19900000778");
  const sent = async (by: Caller) => {
    sender = by;
    const answer = await app.inject({ method: "POST", url: "/media", payload: { a: 1 } });
    sender = null;
    return answer.json().error.data.refusal.word as unknown;
  };
  // Whoever may send is told next that this is no file.
  for (const who of [author, child, secretary]) expect(await sent(who)).toBe("MALFORMED");
  kit.ages.set(child.personId, 13);
  const both = { ...child, villager: [neighbour, village] };
  for (const who of [child, both]) expect(await sent(who)).toBe("GUARDIAN_FIRST");
  await kit.as(secretary).circle.guardian({ village, phone: "19900000778", paper: "第 4 号", on: true });
  for (const who of [child, both]) expect(await sent(who)).toBe("MALFORMED");
});
