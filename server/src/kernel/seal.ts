import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from "node:crypto";
import type { Config } from "./config.ts";

/**
 * Encryption at rest: SM4-CTR, then HMAC-SM3 over everything (node:crypto has no SM4-GCM). `aad` names the place of the
 * value (`person.phone.<row id>`), so a sealed text that is copied into another row or column does not open there.
 */
export type Seal = {
  /** `k1.<base64url of iv, ciphertext, mac>` under the current key. */
  seal(plain: string, aad: string): string;
  /** Throws when the text, its place or its key is not right. */
  open(sealed: string, aad: string): string;
  /** Made with an older key than the current one? */
  needsReseal(sealed: string): boolean;
  /** HMAC-SM3 in hex, for finding a sealed value: the same value gives the same index within one `purpose` only. */
  blindIndex(value: string, purpose: string): string;
};

type Keys = { id: string; cipher: Buffer; mac: Buffer };
const ivBytes = 16;
const macBytes = 32;

/** A key of its own for each use, by HKDF-SM3. */
export const subKey = (key: Uint8Array, use: string, bytes: number): Buffer =>
  Buffer.from(hkdfSync("sm3", key, "weimenhu", use, bytes));

export const hmacSm3 = (key: Uint8Array, ...parts: (string | Uint8Array)[]): Buffer => {
  const hmac = createHmac("sm3", key);
  // Each part with its length: ("a","bc") must differ from ("ab","c").
  for (const part of parts) {
    const bytes = typeof part === "string" ? Buffer.from(part) : part;
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    hmac.update(length).update(bytes);
  }
  return hmac.digest();
};

export function sealer(config: Pick<Config, "SEAL_KEYS" | "INDEX_KEY">): Seal {
  const keys: Keys[] = config.SEAL_KEYS.map(({ id, key }) => ({
    id,
    cipher: subKey(key, "seal sm4-ctr", 16),
    mac: subKey(key, "seal hmac-sm3", 32),
  }));
  const current = keys[0];
  if (!current) throw new Error("no key to seal with");
  const indexKey = subKey(config.INDEX_KEY, "blind index", 32);
  return {
    seal: (plain, aad) => sealWith(current, plain, aad),
    open: (sealed, aad) => {
      const id = sealed.slice(0, sealed.indexOf("."));
      const key = keys.find((candidate) => candidate.id === id);
      if (!key) throw new Error("sealed with a key that is not configured");
      return openWith(key, sealed.slice(id.length + 1), aad);
    },
    needsReseal: (sealed) => !sealed.startsWith(`${current.id}.`),
    blindIndex: (value, purpose) => hmacSm3(indexKey, purpose, value).toString("hex"),
  };
}

function sealWith(key: Keys, plain: string, aad: string): string {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv("sm4-ctr", key.cipher, iv);
  const text = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
  const mac = hmacSm3(key.mac, key.id, aad, iv, text);
  return `${key.id}.${Buffer.concat([iv, text, mac]).toString("base64url")}`;
}

function openWith(key: Keys, encoded: string, aad: string): string {
  const bytes = Buffer.from(encoded, "base64url");
  const iv = bytes.subarray(0, ivBytes);
  const text = bytes.subarray(ivBytes, -macBytes);
  const mac = bytes.subarray(-macBytes);
  const whole = bytes.length >= ivBytes + macBytes && bytes.toString("base64url") === encoded;
  if (!whole || !timingSafeEqual(mac, hmacSm3(key.mac, key.id, aad, iv, text))) {
    throw new Error("a sealed value was changed, cut or moved");
  }
  const decipher = createDecipheriv("sm4-ctr", key.cipher, iv);
  return Buffer.concat([decipher.update(text), decipher.final()]).toString("utf8");
}
