type Held<T> = { until: number; made: Promise<T> };

/**
 * Makes things once for everybody who asks in the same moment, and keeps them for `ms` after they are made; a failure is
 * not kept. Never more than `most`: the oldest go first.
 */
export function keeper<T>(ms: number, most: number): (key: string, make: () => Promise<T>) => Promise<T> {
  const all = new Map<string, Held<T>>();
  return (key, make) => {
    const found = all.get(key);
    if (found && performance.now() < found.until) return found.made;
    const made = make();
    // While it is being made everybody waits for the one making, however long it takes.
    const held: Held<T> = { until: Number.POSITIVE_INFINITY, made };
    all.delete(key);
    all.set(key, held);
    for (const oldest of all.keys()) {
      if (all.size <= most) break;
      all.delete(oldest);
    }
    made.then(
      () => {
        held.until = performance.now() + ms;
      },
      () => {
        if (all.get(key) === held) all.delete(key);
      },
    );
    return made;
  };
}
