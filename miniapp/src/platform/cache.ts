/**
 * Answers that were seen, kept for reading without a network. Bounded: least recently used ones go first.
 * Alipay refuses more than 200 KB a key (WeChat 1 MB), so a larger answer lies in several.
 */
export type Store = { get(key: string): unknown; set(key: string, value: unknown): boolean; remove(key: string): void };
export type Kept = { data: unknown; at: number };
export type Cache = {
  read(name: string): Kept | null;
  write(name: string, data: unknown, at: number): void;
  clear(): void;
  bytes(): number;
};

/** In bytes: all answers, one answer, one key. The longest notice that is legal is shorter than `one`. */
export type Limits = { total: number; one: number; key: number; version: number };
export const cacheLimits: Limits = { total: 4 * 1024 * 1024, one: 2 * 1024 * 1024, key: 150 * 1024, version: 1 };

/** An answer's name, its bytes, and in how many keys it lies when not in one. */
type Line = { k: string; n: number; p?: number };
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

/** Parts of at most so many bytes, never between the halves of one letter. */
export function partsOf(text: string, bytes: number): string[] {
  const parts: string[] = [];
  let from = 0;
  let size = 0;
  for (let i = 0; i < text.length; ) {
    const letter = String.fromCodePoint(text.codePointAt(i) ?? 0);
    const more = bytesOf(letter);
    if (size + more > bytes && i > from) {
      parts.push(text.slice(from, i));
      from = i;
      size = 0;
    }
    size += more;
    i += letter.length;
  }
  return [...parts, text.slice(from)];
}

function isIndex(value: unknown): value is Index {
  return typeof value === "object" && value !== null && "lines" in value && Array.isArray(value.lines);
}

function isKept(value: unknown): value is Kept {
  return typeof value === "object" && value !== null && "data" in value && "at" in value;
}

export function makeCache(store: Store, limits: Limits = cacheLimits): Cache {
  const keyOf = (name: string, at = 0) => (at === 0 ? `kept:${name}` : `kept:${name}#${at}`);
  const keysOf = ({ k, p = 1 }: Line) => Array.from({ length: p }, (_, at) => keyOf(k, at));
  const removeAll = (line: Line) => {
    for (const key of keysOf(line)) store.remove(key);
  };
  let lines = load();

  function load(): Line[] {
    const found = store.get(indexKey);
    if (!isIndex(found)) return [];
    if (found.version === limits.version) return found.lines;
    for (const line of found.lines) removeAll(line);
    store.remove(indexKey);
    return [];
  }
  const save = () => store.set(indexKey, { version: limits.version, lines });
  const total = () => lines.reduce((sum, line) => sum + line.n, 0);
  const drop = (name: string) => {
    for (const line of lines) if (line.k === name) removeAll(line);
    lines = lines.filter((line) => line.k !== name);
  };
  const put = (line: Line, parts: string[]): boolean => {
    if (parts.every((part, at) => store.set(keyOf(line.k, at), part))) {
      lines.push(line);
      return true;
    }
    removeAll(line);
    return false;
  };
  const makeRoom = (bytes: number) => {
    while (lines.length > 0 && total() + bytes > limits.total) drop(lines[0]?.k ?? "");
  };

  return {
    read(name) {
      const line = lines.find((each) => each.k === name);
      if (!line) return null;
      const parts = keysOf(line).map((key) => store.get(key));
      const whole = parts.every((part) => typeof part === "string");
      const kept: unknown = whole ? parse(parts.join("")) : null;
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
        const parts = partsOf(text, limits.key);
        const line: Line = { k: name, n: bytes, ...(parts.length > 1 ? { p: parts.length } : {}) };
        if (!put(line, parts) && lines.length > 0) {
          drop(lines[0]?.k ?? "");
          put(line, parts);
        }
      }
      save();
    },
    clear() {
      for (const line of lines) removeAll(line);
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
