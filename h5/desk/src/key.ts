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

export function keeper(make: () => string = newKey): Keeper {
  let held: { content: string; key: string } | null = null;
  return {
    keyFor(content) {
      const text = JSON.stringify(content);
      if (held?.content !== text) held = { content: text, key: make() };
      return held.key;
    },
    settled() {
      held = null;
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
