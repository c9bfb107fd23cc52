import { type Kind, midnight, type Resource } from "./resources.ts";
import type { Keep } from "./store.ts";

export type Bundle = {
  resourceType: "Bundle";
  type: "searchset";
  total: number;
  link: { relation: "self" | "next"; url: string }[];
  entry: { fullUrl: string; resource: Resource; search: { mode: "match" | "include" } }[];
};

type Match = (resource: Resource, wanted: string) => boolean;

const among = (values: readonly (string | undefined)[]) => (wanted: string) =>
  wanted.split(",").some((one) => values.includes(one));

/** `ge2026-11-23T08:00:00+08:00`; a day alone is that whole day in China. */
function inTime(at: string, wanted: string): boolean {
  const [, prefix = "eq", value = ""] = /^(eq|ge|gt|le|lt)?(.+)$/.exec(wanted) ?? [];
  const isDay = /^\d{4}-\d\d-\d\d$/.test(value);
  const from = isDay ? midnight(value) : Date.parse(value);
  const to = from + (isDay ? 86_400_000 : 1);
  const ms = Date.parse(at);
  if (Number.isNaN(from)) throw new RangeError(value);
  return { eq: ms >= from && ms < to, ge: ms >= from, gt: ms >= to, le: ms < to, lt: ms < from }[prefix] ?? false;
}

/** `system|value`, `system|` for all of a system. */
const identified: Match = (resource, wanted) => {
  if (!("identifier" in resource)) return false;
  const bar = wanted.lastIndexOf("|");
  const system = wanted.slice(0, Math.max(bar, 0));
  const value = wanted.slice(bar + 1);
  return resource.identifier.some((one) => (bar < 0 || one.system === system) && (value === "" || one.value === value));
};
const common: Readonly<Record<string, Match>> = {
  _id: (resource, wanted) => among([resource.id])(wanted),
  _lastUpdated: (resource, wanted) => inTime(resource.meta.lastUpdated, wanted),
};
const own: { [K in Kind]?: Readonly<Record<string, Match>> } = {
  HealthcareService: { active: () => true },
  PractitionerRole: {
    active: () => true,
    service: (one, wanted) =>
      one.resourceType === "PractitionerRole" && among(one.healthcareService.map((ref) => ref.reference))(wanted),
  },
  Schedule: {
    active: () => true,
    actor: (one, wanted) => one.resourceType === "Schedule" && among(one.actor.map((ref) => ref.reference))(wanted),
  },
  Slot: {
    schedule: (one, wanted) => one.resourceType === "Slot" && among([one.schedule.reference])(wanted),
    status: (one, wanted) => one.resourceType === "Slot" && among([one.status])(wanted),
    start: (one, wanted) => one.resourceType === "Slot" && inTime(one.start, wanted),
  },
  Appointment: {
    identifier: identified,
    status: (one, wanted) => one.resourceType === "Appointment" && among([one.status])(wanted),
    date: (one, wanted) => one.resourceType === "Appointment" && inTime(one.start, wanted),
  },
  Patient: { identifier: identified },
};

/** All of a kind that fit `name=value` pairs; undefined when one of the names or values is not understood. */
export function matching(keep: Keep, kind: Kind, pairs: Iterable<[string, string]>): Resource[] | undefined {
  let found: Resource[] = keep.all(kind);
  for (const [name, wanted] of pairs) {
    const fits = own[kind]?.[name] ?? common[name];
    if (!fits) return undefined;
    try {
      found = found.filter((resource) => fits(resource, wanted));
    } catch (error) {
      if (error instanceof RangeError) return undefined;
      throw error;
    }
  }
  return found;
}

const sorts: Readonly<Record<string, (resource: Resource) => string>> = {
  _lastUpdated: ({ meta }) => meta.lastUpdated,
  start: (resource) => ("start" in resource ? resource.start : ""),
  date: (resource) => ("start" in resource ? resource.start : ""),
  "": () => "",
};

const last = (reference: string): string => reference.slice(reference.indexOf("/") + 1);
/** What a page brings along, each once. */
const includes: Readonly<Record<string, (keep: Keep, resource: Resource) => Resource | undefined>> = {
  "PractitionerRole:practitioner": (keep, one) =>
    one.resourceType === "PractitionerRole" ? keep.get("Practitioner", last(one.practitioner.reference)) : undefined,
  "HealthcareService:location": (keep, one) =>
    one.resourceType === "HealthcareService" ? keep.get("Location", last(one.location[0]?.reference ?? "")) : undefined,
};

export type Search = { kind: Kind; query: URLSearchParams; base: string; most: number };

/** One page. The next one begins after the last entry of this, so what changes meanwhile pushes nothing out of sight. */
export function search(keep: Keep, { kind, query, base, most }: Search): Bundle | undefined {
  const key = sorts[query.get("_sort") ?? ""];
  const asked = [...query].filter(([name]) => !["_sort", "_count", "_after", "_include"].includes(name));
  const found = matching(keep, kind, asked);
  if (!found || !key) return undefined;
  const rank = (resource: Resource) => `${key(resource)} ${resource.id}`;
  const after = Buffer.from(query.get("_after") ?? "", "base64url").toString();
  const sorted = found.map((resource) => ({ resource, at: rank(resource) })).sort((a, b) => (a.at < b.at ? -1 : 1));
  const rest = sorted.filter(({ at }) => at > after);
  const count = Math.min(Number(query.get("_count") ?? 50) || 50, most);
  const page = rest.slice(0, count);
  const next = new URLSearchParams(query);
  next.set("_after", Buffer.from(page.at(-1)?.at ?? "").toString("base64url"));
  const link: Bundle["link"] = [{ relation: "self", url: `${base}/${kind}?${query}` }];
  if (rest.length > page.length) link.push({ relation: "next", url: `${base}/${kind}?${next}` });
  const entry = (resource: Resource, mode: "match" | "include") => ({
    fullUrl: `${base}/${resource.resourceType}/${resource.id}`,
    resource,
    search: { mode },
  });
  const beside = includes[query.get("_include") ?? ""];
  const included = beside ? new Set(page.flatMap(({ resource }) => beside(keep, resource) ?? [])) : [];
  return {
    resourceType: "Bundle",
    type: "searchset",
    total: found.length,
    link,
    entry: [
      ...page.map(({ resource }) => entry(resource, "match")),
      ...[...included].map((one) => entry(one, "include")),
    ],
  };
}
