/** Idempotency keys: one act has one key, however often it is sent; other content is another act. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export type Keeper = {
  /** The key under which this content is sent. */
  keyFor: (content: unknown) => string;
  /** The act was answered: the same content later is a new act. */
  settled: () => void;
};

export type Held = { content: string; key: string };
/** Where the key is kept with the words it stands for, so that they are the same act after the page was loaded anew. */
export type Shelved = { get: () => Held | null; set: (held: Held | null) => void };

export function keeper(make: () => string = newKey, shelf?: Shelved): Keeper {
  let held: Held | null = null;
  return {
    keyFor(content) {
      const text = JSON.stringify(content);
      const before = [held, shelf?.get() ?? null].find((one) => one?.content === text);
      held = before ?? { content: text, key: make() };
      shelf?.set(held);
      return held.key;
    },
    settled() {
      held = null;
      shelf?.set(null);
    },
  };
}

const files = new WeakMap<File, string>();
/** A file that is sent again after a lost answer is stored once. */
export function fileKey(file: File): string {
  const key = files.get(file) ?? newKey();
  files.set(file, key);
  return key;
}
