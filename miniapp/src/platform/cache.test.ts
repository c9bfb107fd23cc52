import { expect, test } from "vitest";
import { bytesOf, makeCache, type Store } from "./cache.ts";

function memory(refuse: (key: string) => boolean = () => false): Store & { map: Map<string, unknown> } {
  const map = new Map<string, unknown>();
  return {
    map,
    get: (key) => map.get(key) ?? null,
    set(key, value) {
      if (refuse(key)) return false;
      map.set(key, value);
      return true;
    },
    remove: (key) => void map.delete(key),
  };
}
const limits = { total: 400, one: 150, version: 1 };
const words = (n: number) => "x".repeat(n);

test("the least recently used answer goes first when room is needed", () => {
  const cache = makeCache(memory(), limits);
  for (const name of ["a", "b", "c"]) cache.write(name, words(100), 1);
  expect(cache.read("a")?.data).toBe(words(100));
  cache.write("d", words(100), 2);
  expect([cache.read("a"), cache.read("b"), cache.read("d")].map((kept) => kept !== null)).toEqual([true, false, true]);
  expect(cache.bytes()).toBeLessThanOrEqual(limits.total);
});

test("an answer above the limit of one key is not kept, and its old copy is gone", () => {
  const cache = makeCache(memory(), limits);
  cache.write("a", "small", 1);
  cache.write("a", words(200), 2);
  expect(cache.read("a")).toBeNull();
});

test("what was kept is there after a restart, and not after the version changed", () => {
  const store = memory();
  makeCache(store, limits).write("a", { n: 1 }, 7);
  expect(makeCache(store, limits).read("a")).toEqual({ data: { n: 1 }, at: 7 });
  expect(makeCache(store, { ...limits, version: 2 }).read("a")).toBeNull();
  expect([...store.map.keys()]).toEqual([]);
});

test("a phone that refuses to store costs nothing but the copy", () => {
  const cache = makeCache(
    memory((key) => key.startsWith("kept:")),
    limits,
  );
  cache.write("a", 1, 1);
  expect(cache.read("a")).toBeNull();
  expect(cache.bytes()).toBe(0);
});

test("bytes are counted as UTF-8", () => {
  for (const text of ["abc", "清溪镇", "é", "😀a"]) expect(bytesOf(text)).toBe(new TextEncoder().encode(text).length);
});
