import { expect, test } from "vitest";
import { bytesOf, makeCache, partsOf, type Store } from "./cache.ts";

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
const limits = { total: 400, one: 300, key: 150, version: 1 };
const words = (n: number) => "x".repeat(n);

test("the least recently used answer goes first when room is needed", () => {
  const cache = makeCache(memory(), limits);
  for (const name of ["a", "b", "c"]) cache.write(name, words(100), 1);
  expect(cache.read("a")?.data).toBe(words(100));
  cache.write("d", words(100), 2);
  expect([cache.read("a"), cache.read("b"), cache.read("d")].map((kept) => kept !== null)).toEqual([true, false, true]);
  expect(cache.bytes()).toBeLessThanOrEqual(limits.total);
});

test("an answer above the limit of one key lies in several, whole again after a restart, and leaves none behind", () => {
  const store = memory();
  const cache = makeCache(store, limits);
  const long = "清溪镇😀".repeat(18);
  cache.write("a", long, 1);
  expect([...store.map.values()].filter((value) => typeof value === "string" && bytesOf(value) > limits.key)).toEqual(
    [],
  );
  expect(makeCache(store, limits).read("a")).toEqual({ data: long, at: 1 });
  cache.write("a", "short", 2);
  expect([...store.map.keys()].sort()).toEqual(["kept", "kept:a"]);
  cache.write("a", long, 3);
  store.map.delete("kept:a#1");
  expect(cache.read("a")).toBeNull();
  cache.write("a", long, 4);
  cache.clear();
  expect([...store.map.keys()]).toEqual([]);
});

test("a store that is full in the middle of a long answer keeps no half of it", () => {
  const store = memory((key) => key.endsWith("#1"));
  const cache = makeCache(store, limits);
  cache.write("a", words(250), 1);
  expect(cache.read("a")).toBeNull();
  expect([...store.map.keys()]).toEqual(["kept"]);
});

test("an answer above the limit of one answer is not kept, and its old copy is gone", () => {
  const cache = makeCache(memory(), limits);
  cache.write("a", "small", 1);
  cache.write("a", words(350), 2);
  expect(cache.read("a")).toBeNull();
});

test("parts of a text are no longer than asked, and whole together", () => {
  const text = "a清é😀".repeat(50);
  const parts = partsOf(text, 7);
  expect(parts.join("")).toBe(text);
  expect(
    parts.filter((part) => bytesOf(part) > 7 || new TextDecoder().decode(new TextEncoder().encode(part)) !== part),
  ).toEqual([]);
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
