import type { Bag, Callable } from "./types.ts";

export const isBag = (value: unknown): value is Bag =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The value when it is an object, an empty one otherwise. */
export const bag = (value: unknown): Bag => (isBag(value) ? value : {});

export const isCallable = (value: unknown): value is Callable => typeof value === "function";

/** A deep copy of what JSON can carry: what crosses between the two threads of a phone. */
export function copy(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

/** Calls `target[name]` when it is a function. */
export function callIfThere(target: Bag | undefined, name: string, ...args: unknown[]): unknown {
  const method = target?.[name];
  return isCallable(method) ? method.apply(target, args) : undefined;
}

/** "a.b[0].c" → ["a", "b", 0, "c"]: the path syntax of setData. */
export function dataPath(path: string): Array<string | number> {
  const keys: Array<string | number> = [];
  for (const [key, index] of path.matchAll(/[^.[\]]+|\[(\d+)\]/g)) keys.push(index === undefined ? key : Number(index));
  return keys;
}

/** Writes at a data path, making the objects and lists on the way. */
export function writePath(target: Bag, path: string, value: unknown): void {
  const keys = dataPath(path);
  let place: Record<string | number, unknown> = target;
  keys.forEach((key, i) => {
    if (i === keys.length - 1) {
      place[key] = value;
      return;
    }
    let next = place[key];
    if (typeof next !== "object" || next === null) {
      next = typeof keys[i + 1] === "number" ? [] : {};
      place[key] = next;
    }
    place = next as Record<string | number, unknown>;
  });
}

/** The sentence in an error of any realm. */
export function messageOf(error: unknown): string {
  if (typeof error !== "object" || error === null) return String(error);
  const { message, errMsg, errorMessage } = error as Bag;
  return String(message ?? errMsg ?? errorMessage ?? error);
}

/** Stack when there is one: what a developer wants to read. */
export function describe(error: unknown): string {
  if (typeof error !== "object" || error === null) return String(error);
  const { stack } = error as Bag;
  if (typeof stack === "string" && stack !== "") return stack;
  const text = JSON.stringify(error);
  return text === "{}" || text === undefined ? messageOf(error) : text;
}
