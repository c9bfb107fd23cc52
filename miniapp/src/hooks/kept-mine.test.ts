import { expect, test } from "vitest";
import { bytesOf } from "../platform/cache.ts";
import { makeKeptMine, mostBytes } from "./kept-mine.ts";

function shelf(start: unknown = null) {
  let kept: unknown = start;
  return {
    kept: () => kept,
    get: () => kept,
    set: (lines: unknown) => {
      kept = JSON.parse(JSON.stringify(lines));
    },
    remove: () => {
      kept = null;
    },
  };
}
const feed = (village: string) => `circle.feed?{"village":"${village}"}`;
const post = (id: number) => `circle.get?{"id":"${id}"}`;

test("the newest answers are kept, a few of each kind, and opening posts never takes the feed away", () => {
  const kept = makeKeptMine(shelf());
  kept.write(feed("a"), { items: ["a"] }, 1);
  for (let id = 0; id < 20; id++) kept.write(post(id), { id }, 2 + id);
  expect(kept.read(feed("a"))).toMatchObject({ data: { items: ["a"] }, at: 1 });
  expect(kept.read(post(19))).toMatchObject({ data: { id: 19 }, at: 21 });
  expect(Array.from({ length: 20 }, (_, id) => kept.read(post(id))).filter(Boolean)).toHaveLength(8);
  for (const village of ["b", "c", "d"]) kept.write(feed(village), {}, 50);
  expect(kept.read(feed("a"))).toBeNull();
  kept.write(post(19), { id: "anew" }, 60);
  expect(kept.read(post(19))).toMatchObject({ data: { id: "anew" }, at: 60 });
});

test("all of it is smaller than a key of a phone may be; what is too large alone is not kept, and the others stay", () => {
  const store = shelf();
  const kept = makeKeptMine(store);
  for (let id = 0; id < 8; id++) kept.write(post(id), { text: "村".repeat(10_000) }, id);
  expect(bytesOf(JSON.stringify(store.kept()))).toBeLessThanOrEqual(mostBytes + 100);
  expect(kept.bytes()).toBeGreaterThan(mostBytes / 2);
  expect([kept.read(post(7)), kept.read(post(0))].map((one) => one !== null)).toEqual([true, false]);
  kept.write(post(9), { text: "村".repeat(100_000) }, 9);
  expect([kept.read(post(9)), kept.read(post(7))].map((one) => one !== null)).toEqual([false, true]);
});

test("an address that ends is not kept, wherever it stands; one of everybody's pictures is", () => {
  const store = shelf();
  const kept = makeKeptMine(store);
  const photo = { url: "/m/1.jpg?until=1&sig=x", small: "/m/1-320.jpg?until=1&sig=x", width: 8, height: 6 };
  const open = { url: "/m/2.jpg", small: "/m/2-320.jpg", width: 8, height: 6 };
  kept.write(feed("a"), { items: [{ photos: [photo, open], answer: { text: "见图?", photos: [photo] } }] }, 1);
  expect(JSON.stringify(store.kept())).not.toContain("sig");
  const gone = { ...photo, url: "", small: "" };
  expect(kept.read(feed("a"))?.data).toEqual({
    items: [{ photos: [gone, open], answer: { text: "见图?", photos: [gone] } }],
  });
});

test("nothing else is kept, what is dropped is gone, and what an earlier app left is no reason to fail", () => {
  const store = shelf("not a list");
  const kept = makeKeptMine(store);
  kept.write("account.me?{}", { name: "王" }, 1);
  expect(JSON.stringify(store.kept())).not.toContain("王");
  kept.write(post(1), { id: 1 }, 1);
  kept.write(post(2), { id: 2 }, 1);
  kept.drop(post(1));
  expect([kept.read(post(1)), kept.read(post(2))].map((one) => one !== null)).toEqual([false, true]);
  kept.clear();
  expect([store.kept(), kept.bytes()]).toEqual([null, 0]);
});
