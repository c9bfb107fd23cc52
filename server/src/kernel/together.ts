import { AsyncResource } from "node:async_hooks";

type Waiting<In, Out> = { item: In; resolve: (out: Out | Promise<Out>) => void; reject: (fault: unknown) => void };

/**
 * Makes one call of many: what comes in one turn of the loop, or while a call is under way, goes along with the next, so that
 * whoever comes alone waits for nobody, and a crowd costs one statement instead of many. `run` answers in the order of its
 * items (a promise stands for an item that must be done by itself) or fails for all of them. `lanes`: so many calls may be
 * under way at once; with one alone, all wait for a call that itself waits for its turn at the database.
 */
export function together<In, Out>(
  run: (items: readonly In[]) => Promise<readonly (Out | Promise<Out>)[]>,
  most: number,
  lanes = 1,
): (item: In) => Promise<Out> {
  // Of nobody's call and in nobody's transaction: what goes on here is for all.
  const nobody = new AsyncResource("together");
  const waiting: Waiting<In, Out>[] = [];
  let busy = 0;
  const settled = async (batch: readonly Waiting<In, Out>[]): Promise<() => void> => {
    try {
      const outs = await run(batch.map(({ item }) => item));
      return () =>
        batch.forEach(({ resolve, reject }, n) => {
          const out = outs[n];
          if (out === undefined) reject(new Error("there is no answer for this item"));
          else resolve(out);
        });
    } catch (fault) {
      return () => {
        for (const { reject } of batch) reject(fault);
      };
    }
  };
  const all = async () => {
    while (waiting.length > 0) {
      const tell = await settled(waiting.splice(0, most));
      // The next call goes out first: what is done with the answers of this one is done while the other end works.
      if (waiting.length > 0) setImmediate(tell);
      else tell();
    }
    busy--;
  };
  return (item) =>
    new Promise<Out>((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (busy >= lanes) return;
      busy++;
      setImmediate(() => void nobody.runInAsyncScope(all));
    });
}

/** One of its kind for each database: what waits for one must not go along to another. */
export function perDb<Key extends object, T>(make: (of: Key) => T): (of: Key) => T {
  const made = new WeakMap<Key, T>();
  return (of) => {
    const before = made.get(of);
    if (before !== undefined) return before;
    const now = make(of);
    made.set(of, now);
    return now;
  };
}
