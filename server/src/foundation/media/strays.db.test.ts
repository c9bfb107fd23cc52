import { writeFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type MediaKit, mediaKit, pdf, photo } from "../../../test/media-kit.ts";
import { systemClock } from "../../kernel/clock.ts";
import { sweep } from "./index.ts";

let media: MediaKit;
beforeAll(async () => {
  media = await mediaKit();
});
afterAll(() => media.close());

const hourMs = 3_600_000;
/** The sweep as it would be so many hours from now: files carry the time of the machine. */
const sweepIn = (hours: number) =>
  sweep({
    db: media.kit.db,
    folder: media.folder,
    clock: { now: () => systemClock.now() + hours * hourMs },
  });

test("what a process that died left of an upload is gone after some hours, and not while it may still come in", async () => {
  await writeFile(media.folder.incoming(), "half of a fi");
  await sweepIn(5);
  expect(media.incoming()).toHaveLength(1);
  await sweepIn(7);
  expect(media.incoming()).toEqual([]);
});

test("files whose row was never written are gone after a day, and what a row stands for stays", async () => {
  const { stored } = await media.send(await photo(60, 40), "a.jpg");
  await media.kit.db.pool.query("INSERT INTO media_use (owner, media) VALUES ('notice:a', ?)", [stored.id]);
  const kept = media.files();
  const name = `${"ab".repeat(32)}`;
  await media.folder.put(`${name}.pdf`, pdf);
  await media.folder.put(`${name}-800.jpg`, pdf);
  await sweepIn(23);
  expect(media.files()).toHaveLength(kept.length + 2);
  await sweepIn(25);
  expect(media.files()).toEqual(kept);
  expect(media.incoming()).toEqual([]);
});
