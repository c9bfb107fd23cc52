/**
 * Answers that were seen, kept for reading without a network. Bounded: least recently used ones go first.
 * Alipay refuses more than 200 KB a key, so a larger answer is not kept at all.
 */
export type Store = { get(key: string): unknown; set(key: string, value: unknown): boolean; remove(key: string): void };
export type Kept = { data: unknown; at: number };
export type Cache = {
  read(name: string): Kept | null;
  write(name: string, data: unknown, at: number): void;
  clear(): void;
  bytes(): number;
};

export const cacheLimits = { total: 2 * 1024 * 1024, one: 150 * 1024, version: 1 } as const;

type Line = { k: string; n: number };
type Index = { version: number; lines: Line[] };

const indexKey = "kept";

/** Bytes of a text in UTF-8, without an encoder (phones have none). */
export function bytesOf(text: string): number {
  let bytes = 0;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code < 0x80) bytes += 1;
    else if (code < 0x800) bytes += 2;
    else if (code >= 0xd800 && code < 0xdc00) {
      bytes += 4;
      i += 1;
    } else bytes += 3;
  }
  return bytes;
}

function isIndex(value: unknown): value is Index {
  return typeof value === "object" && value !== null && "lines" in value && Array.isArray(value.lines);
}

function isKept(value: unknown): value is Kept {
  return typeof value === "object" && value !== null && "data" in value && "at" in value;
}

export function makeCache(store: Store, limits: { total: number; one: number; version: number } = cacheLimits): Cache {
  const keyOf = (name: string) => `kept:${name}`;
  let lines = load();

  function load(): Line[] {
    const found = store.get(indexKey);
    if (!isIndex(found)) return [];
    if (found.version === limits.version) return found.lines;
    for (const line of found.lines) store.remove(keyOf(line.k));
    store.remove(indexKey);
    return [];
  }
  const save = () => store.set(indexKey, { version: limits.version, lines });
  const total = () => lines.reduce((sum, line) => sum + line.n, 0);
  const drop = (name: string) => {
    lines = lines.filter((line) => line.k !== name);
    store.remove(keyOf(name));
  };
  const makeRoom = (bytes: number) => {
    while (lines.length > 0 && total() + bytes > limits.total) drop(lines[0]?.k ?? "");
  };

  return {
    read(name) {
      const line = lines.find((each) => each.k === name);
      if (!line) return null;
      const text = store.get(keyOf(name));
      const kept: unknown = typeof text === "string" ? parse(text) : null;
      if (!isKept(kept)) {
        drop(name);
        save();
        return null;
      }
      lines = [...lines.filter((each) => each !== line), line];
      return kept;
    },
    write(name, data, at) {
      const text = JSON.stringify({ data, at });
      const bytes = bytesOf(text);
      drop(name);
      if (bytes <= limits.one) {
        makeRoom(bytes);
        // A full store may refuse: make room once more, then give up quietly.
        if (store.set(keyOf(name), text)) lines.push({ k: name, n: bytes });
        else if (lines.length > 0) {
          drop(lines[0]?.k ?? "");
          if (store.set(keyOf(name), text)) lines.push({ k: name, n: bytes });
        }
      }
      save();
    },
    clear() {
      for (const line of lines) store.remove(keyOf(line.k));
      lines = [];
      store.remove(indexKey);
    },
    bytes: total,
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    console.warn("storage: a kept answer is damaged and was dropped", error);
    return null;
  }
}
