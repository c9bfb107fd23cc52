import { createCipheriv, createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { sealer } from "./seal.ts";

const key = (fill: number) => Buffer.alloc(32, fill);
const indexKey = key(9);
const one = sealer({ SEAL_KEYS: [{ id: "k1", key: key(1) }], INDEX_KEY: indexKey });
const both = sealer({
  SEAL_KEYS: [
    { id: "k2", key: key(2) },
    { id: "k1", key: key(1) },
  ],
  INDEX_KEY: indexKey,
});

test("SM3 and SM4 of this machine give the vectors of their standards", () => {
  expect(createHash("sm3").update("abc").digest("hex")).toBe(
    "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
  );
  const bytes = Buffer.from("0123456789abcdeffedcba9876543210", "hex");
  const cipher = createCipheriv("sm4-ecb", bytes, null).setAutoPadding(false);
  expect(cipher.update(bytes).toString("hex")).toBe("681edf34d206965e86b3e94f536e4246");
});

test("what was sealed opens again in its place, and the text does not show it", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string(), (plain, aad) => {
      expect(one.open(one.seal(plain, aad), aad)).toBe(plain);
    }),
  );
  expect(one.seal("19900000001", "person.phone.1")).not.toBe(one.seal("19900000001", "person.phone.1"));
});

test("a sealed value does not open in another row, nor after any change of a character", () => {
  const sealed = one.seal("19900000001", "person.phone.1");
  expect(() => one.open(sealed, "person.phone.2")).toThrow("changed, cut or moved");
  for (let at = 0; at < sealed.length; at++) {
    const other = sealed[at] === "A" ? "B" : "A";
    expect(() => one.open(sealed.slice(0, at) + other + sealed.slice(at + 1), "person.phone.1"), `at ${at}`).toThrow(
      /changed, cut or moved|not configured/,
    );
    expect(() => one.open(sealed.slice(0, at), "person.phone.1")).toThrow(/changed, cut or moved|not configured/);
  }
});

test("after a rotation old values still open and say that they want the new key", () => {
  const old = one.seal("x", "a");
  expect(both.open(old, "a")).toBe("x");
  expect(both.needsReseal(old)).toBe(true);
  expect(both.needsReseal(both.seal("x", "a"))).toBe(false);
  expect(() => one.open(both.seal("x", "a"), "a")).toThrow("not configured");
});

test("a blind index is stable, depends on its purpose and its key, and does not run values together", () => {
  expect(one.blindIndex("19900000001", "phone")).toBe(both.blindIndex("19900000001", "phone"));
  expect(one.blindIndex("19900000001", "phone")).toMatch(/^[0-9a-f]{64}$/);
  expect(one.blindIndex("bc", "a")).not.toBe(one.blindIndex("c", "ab"));
  const otherKey = sealer({ SEAL_KEYS: [{ id: "k1", key: key(1) }], INDEX_KEY: key(8) });
  expect(otherKey.blindIndex("x", "a")).not.toBe(one.blindIndex("x", "a"));
});
