import type { Platform } from "./types.ts";

/** Bytes, as the vendors document them: WeChat 1 MB a key and 10 MB in all, Alipay 200 KB a key and 10 MB in all. */
const LIMITS = {
  weapp: { key: 1024 * 1024, total: 10 * 1024 * 1024 },
  alipay: { key: 200 * 1024, total: 10 * 1024 * 1024 },
} as const;

/** What a phone keeps between two starts. Give one host's storage to the next host to start the same phone again. */
export class Storage {
  #cells = new Map<string, string>();

  /** `initial` values are stored as the app would have stored them. */
  constructor(initial: Record<string, unknown> = {}) {
    for (const [key, value] of Object.entries(initial)) this.#cells.set(key, JSON.stringify(value));
  }

  has(key: string): boolean {
    return this.#cells.has(key);
  }
  get(key: string): unknown {
    const cell = this.#cells.get(key);
    return cell === undefined ? undefined : JSON.parse(cell);
  }
  set(key: string, value: unknown): void {
    this.#cells.set(key, JSON.stringify(value === undefined ? "" : value));
  }
  delete(key: string): void {
    this.#cells.delete(key);
  }
  clear(): void {
    this.#cells.clear();
  }
  keys(): string[] {
    return [...this.#cells.keys()];
  }
  /** Everything, as plain values. */
  all(): Record<string, unknown> {
    return Object.fromEntries(this.keys().map((key) => [key, this.get(key)]));
  }
  /** Size in UTF-8 bytes of JSON. */
  bytes(): number {
    let sum = 0;
    for (const [key, cell] of this.#cells) sum += Buffer.byteLength(key) + Buffer.byteLength(cell);
    return sum;
  }

  /** Stores as the platform does, with its limits; answers why not, or "". */
  put(platform: Platform, key: string, value: unknown): string {
    const limit = LIMITS[platform];
    const cell = JSON.stringify(value === undefined ? "" : value);
    if (Buffer.byteLength(cell) > limit.key) return "entry size limit reached";
    const before = this.#cells.get(key);
    const grown =
      Buffer.byteLength(cell) - (before === undefined ? -Buffer.byteLength(key) : Buffer.byteLength(before));
    if (this.bytes() + grown > limit.total) return "exceed storage max size 10Mb";
    this.#cells.set(key, cell);
    return "";
  }
}
