import { bytesOf, type Kept } from "../platform/cache.ts";
import type { AskName } from "../wire.ts";

/**
 * Answers that are for one person, kept for reading without a network: the first page of a feed, the posts opened last, and
 * the tickets to be shown at a counter.
 * They are copies, so that anything may be thrown away: what is over the bounds, what is of an earlier version of the app.
 */
const most = { "circle.feed": 3, "circle.get": 8, "appointments.get": 5 } as const satisfies Partial<
  Record<AskName, number>
>;
export type OwnAsk = keyof typeof most;

/** All of it lies in one key: Alipay refuses more than 200 KB. */
export const mostBytes = 150 * 1024;

type Line = Kept & { name: string };
export type Shelf = { get(): unknown; set(lines: readonly Line[]): void; remove(): void };
export type KeptMine = {
  read(name: string): Kept | null;
  write(name: string, data: unknown, at: number): void;
  drop(name: string): void;
  clear(): void;
  bytes(): number;
};

const isAsk = (kind: string): kind is OwnAsk => kind in most;
const kindOf = (name: string): OwnAsk | null => {
  const [kind = ""] = name.split("?");
  return isAsk(kind) ? kind : null;
};

const isLine = (line: unknown): line is Line =>
  typeof line === "object" &&
  line !== null &&
  "name" in line &&
  typeof line.name === "string" &&
  "data" in line &&
  "at" in line;

const bytesIn = (value: unknown): number => bytesOf(JSON.stringify(value));

/** Addresses that end are not kept: what they open is not for everybody. */
const withoutAddresses = (data: unknown): unknown =>
  JSON.parse(
    JSON.stringify(data, (name, value: unknown) =>
      (name === "url" || name === "small") && typeof value === "string" && value.includes("?") ? "" : value,
    ),
  );

/** The newest first, until the bounds. */
function bounded(lines: readonly Line[]): Line[] {
  const left: Record<OwnAsk, number> = { ...most };
  let bytes = 0;
  return lines.filter((line) => {
    const kind = kindOf(line.name);
    const size = bytesIn(line);
    if (kind === null || left[kind] === 0 || bytes + size > mostBytes) return false;
    left[kind] -= 1;
    bytes += size;
    return true;
  });
}

export function makeKeptMine(shelf: Shelf): KeptMine {
  const lines = (): Line[] => {
    const kept = shelf.get();
    return Array.isArray(kept) ? kept.filter(isLine) : [];
  };
  const others = (name: string) => lines().filter((line) => line.name !== name);
  return {
    read: (name) => lines().find((line) => line.name === name) ?? null,
    write: (name, data, at) => shelf.set(bounded([{ name, data: withoutAddresses(data), at }, ...others(name)])),
    drop: (name) => shelf.set(others(name)),
    clear: () => shelf.remove(),
    bytes: () => {
      const all = lines();
      return all.length === 0 ? 0 : bytesIn(all);
    },
  };
}
