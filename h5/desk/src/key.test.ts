import { expect, test } from "vitest";
import { fileKey, type Held, keeper, newKey, type Shelved } from "./key.ts";

test("a retry of the same content has the same key, other content another one", () => {
  let n = 0;
  const keys = keeper(() => `key${++n}`);
  expect(keys.keyFor({ a: 1 })).toBe("key1");
  expect(keys.keyFor({ a: 1 })).toBe("key1");
  expect(keys.keyFor({ a: 2 })).toBe("key2");
  expect(keys.keyFor({ a: 1 })).toBe("key3");
});

test("after an answer the same content is a new act", () => {
  const keys = keeper();
  const first = keys.keyFor("x");
  keys.settled();
  expect(keys.keyFor("x")).not.toBe(first);
});

test("keys are of the form that the server takes", () => {
  expect(newKey()).toMatch(/^[A-Za-z0-9_-]{16,64}$/);
});

test("a file that is sent again is the same upload, another file of that name is not", () => {
  const file = new File(["a"], "a.png");
  expect(fileKey(file)).toBe(fileKey(file));
  expect(fileKey(new File(["a"], "a.png"))).not.toBe(fileKey(file));
});

test("where the key is kept the same content has it after the page was loaded anew, until it was answered", () => {
  let shelved: Held | null = null;
  const shelf: Shelved = {
    get: () => shelved,
    set: (held) => {
      shelved = held;
    },
  };
  const key = keeper(newKey, shelf).keyFor("x");
  expect(keeper(newKey, shelf).keyFor("x")).toBe(key);
  const other = keeper(newKey, shelf);
  expect(other.keyFor("y")).not.toBe(key);
  const before = other.keyFor("x");
  other.settled();
  expect(shelved).toBeNull();
  expect(keeper(newKey, shelf).keyFor("x")).not.toBe(before);
});
