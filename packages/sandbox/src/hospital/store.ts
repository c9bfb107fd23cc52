import { closeSync, openSync, readFileSync, truncateSync, writeSync } from "node:fs";
import { type Kind, kinds, type OfKind, type Resource } from "./resources.ts";

export type Keep = {
  get<K extends Kind>(kind: K, id: string): OfKind<K> | undefined;
  all<K extends Kind>(kind: K): OfKind<K>[];
  /** What is there without anybody's doing: not written down, and never over what is there. */
  found(resources: readonly Resource[]): void;
  /** One change, whole or not at all: the versions of all that is in it go up, and it is on the disk before this returns. */
  change(resources: readonly Resource[]): void;
  /** Epoch milliseconds at which the clock stands, or null: it goes. */
  setClock(at: number | null): void;
  now(): number;
  close(): void;
};

type Line = { resources: Resource[] } | { clock: number | null };

/**
 * The hospital's memory. With a journal every change is appended to that file before it is answered, so a process that is
 * killed has forgotten nothing when it starts again; a last line that was cut in the middle was not answered and does not count.
 */
export function openStore(journal: string | undefined, clock: () => number): Keep {
  const kept = new Map<Kind, Map<string, Resource>>(kinds.map((kind) => [kind, new Map()]));
  const shelf = (kind: Kind) => kept.get(kind) ?? new Map<string, Resource>();
  let stands: number | null = null;
  let last = 0;

  const take = (line: Line): void => {
    if ("clock" in line) stands = line.clock;
    else
      for (const resource of line.resources) {
        shelf(resource.resourceType).set(resource.id, resource);
        last = Math.max(last, Date.parse(resource.meta.lastUpdated));
      }
  };

  const file = journal === undefined ? undefined : openSync(journal, "a+", 0o600);
  if (file !== undefined && journal !== undefined) {
    const text = readFileSync(journal);
    const whole = text.lastIndexOf(10) + 1;
    for (const line of text.subarray(0, whole).toString("utf8").split("\n")) if (line) take(JSON.parse(line) as Line);
    truncateSync(journal, whole);
  }
  const write = (line: Line): void => {
    if (file === undefined) return;
    const bytes = Buffer.from(`${JSON.stringify(line)}\n`);
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
  };
  const now = (): number => stands ?? clock();

  return {
    // A shelf holds nothing but its kind.
    get: <K extends Kind>(kind: K, id: string) => shelf(kind).get(id) as OfKind<K> | undefined,
    all: <K extends Kind>(kind: K) => [...shelf(kind).values()] as OfKind<K>[],
    found(resources) {
      for (const resource of resources) {
        const on = shelf(resource.resourceType);
        if (!on.has(resource.id)) on.set(resource.id, resource);
      }
    },
    change(resources) {
      last = Math.max(last, now());
      const lastUpdated = new Date(last).toISOString();
      const next = resources.map((resource) => {
        const before = shelf(resource.resourceType).get(resource.id);
        const versionId = String(Number(before?.meta.versionId ?? 0) + 1);
        return { ...resource, meta: { versionId, lastUpdated } };
      });
      write({ resources: next });
      take({ resources: next });
    },
    setClock(at) {
      write({ clock: at });
      take({ clock: at });
    },
    now,
    close: () => void (file === undefined ? undefined : closeSync(file)),
  };
}
