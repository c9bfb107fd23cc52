import { OutsideFault } from "../fault.ts";
import { isObject, type Json, jsonOf, textOf } from "../parse.ts";
import type { Dial, DialAnswer, DialRequest } from "../ports.ts";

export const SYSTEM = "hospital";
const TYPE = "application/fhir+json";
/** One page; a hundred places are about 60 KB. */
const MAX_BYTES = 4 << 20;
/** With a hundred on each: no question of ours is answered by more. */
export const MAX_PAGES = 60;

export type FhirSettings = {
  dial: Dial;
  /** https://his.example.org/fhir */
  base: string;
  token: string;
};

/** Its content, and how it is named when one wants to change exactly this version. */
export type Versioned = { resource: Json; etag: string };
/** The hospital refused in words: `word` is its own code, else FHIR's type of issue. */
export type Refused = { refused: string; status: number };

export type FhirClient = ReturnType<typeof fhirClient>;

export const bad = (detail: string, status?: number): OutsideFault =>
  new OutsideFault(SYSTEM, "bad-answer", { detail, ...(status === undefined ? {} : { status }) });

/** Only what a code may look like gets into an error: it is text from outside. */
const code = (value: unknown): string => (/^[a-z][a-z0-9-]{1,40}$/.test(textOf(value)) ? textOf(value) : "");

function wordOf(outcome: Json): string {
  const issue = Array.isArray(outcome.issue) ? (outcome.issue as unknown[])[0] : undefined;
  if (!isObject(issue)) return "";
  const details = isObject(issue.details) ? issue.details : {};
  const coding = Array.isArray(details.coding) ? (details.coding as unknown[])[0] : undefined;
  return code(isObject(coding) ? coding.code : "") || code(issue.code);
}

/** FHIR R4 over REST: reading, searching, conditional create, and an update of exactly one version. */
export function fhirClient({ dial, base: given, token }: FhirSettings) {
  const base = given.replace(/\/+$/, "");

  async function call(request: DialRequest): Promise<{ answer: DialAnswer; resource: Json }> {
    const headers = { ...request.headers, accept: TYPE, authorization: `Bearer ${token}` };
    const answer = await dial({ ...request, headers, maxBytes: MAX_BYTES });
    const { status } = answer;
    if (status === 401 || status === 403)
      throw new OutsideFault(SYSTEM, "config", { detail: `status ${status}`, status });
    if (status === 429) throw new OutsideFault(SYSTEM, "busy", { status });
    // Says all by itself, and some send it without a word.
    if (status === 412) return { answer, resource: {} };
    if (!/^application\/(fhir\+)?json\b/i.test(answer.headers["content-type"] ?? "")) throw bad("content type", status);
    return { answer, resource: jsonOf(SYSTEM, answer) };
  }

  /** The resource asked for, or why not; everything else is no answer. */
  function read(kind: string, { answer, resource }: Awaited<ReturnType<typeof call>>): Versioned | Refused {
    const { status, headers } = answer;
    const is = textOf(resource.resourceType);
    if (status >= 400 && is === "OperationOutcome") return { refused: wordOf(resource), status };
    if (status !== 200 && status !== 201) throw bad(`status ${status}`, status);
    if (is !== kind) throw bad(`no ${kind}`, status);
    const etag = headers.etag ?? "";
    if (!/^W\/"[^"\s]{1,64}"$/.test(etag)) throw bad("no etag", status);
    return { resource, etag };
  }

  const write = (method: "POST" | "PUT", url: string, resource: Json, condition: Record<string, string>) =>
    // Whether a lost one has acted is found out by asking, not by sending it again.
    call({
      url,
      method,
      idempotent: false,
      body: JSON.stringify(resource),
      headers: { "content-type": TYPE, ...condition },
    });

  /** `undefined` after the last page. It must be the hospital's own: our token goes along. */
  function nextOf(bundle: Json): string | undefined {
    const links = Array.isArray(bundle.link) ? (bundle.link as unknown[]).filter(isObject) : [];
    const next = links.find(({ relation }) => relation === "next");
    if (!next) return undefined;
    const url = textOf(next.url);
    if (!url.startsWith(`${base}/`) && !url.startsWith(`${base}?`)) throw bad("a next page elsewhere");
    return url;
  }

  return {
    read: async (kind: string, id: string): Promise<Versioned | Refused> =>
      read(kind, await call({ url: `${base}/${kind}/${encodeURIComponent(id)}` })),

    /** Pages of a search as they come, each read when the one before has been used; ends with a fault after `MAX_PAGES`. */
    async *pages(
      kind: string,
      query: readonly (readonly [string, string])[],
    ): AsyncGenerator<{ resources: Json[]; last: boolean }> {
      let url: string | undefined =
        `${base}/${kind}?${new URLSearchParams(query.map(([name, value]) => [name, value]))}`;
      const seen = new Set<string>();
      for (let page = 0; url; page++) {
        if (page >= MAX_PAGES || seen.has(url)) throw bad(seen.has(url) ? "pages in a ring" : "too many pages");
        seen.add(url);
        const { answer, resource } = await call({ url });
        if (answer.status !== 200) throw bad(`search: ${wordOf(resource) || answer.status}`, answer.status);
        if (resource.resourceType !== "Bundle") throw bad("no Bundle", answer.status);
        const entries: unknown[] =
          resource.entry === undefined ? [] : Array.isArray(resource.entry) ? resource.entry : [null];
        const resources = entries.map((entry) => {
          if (!isObject(entry) || !isObject(entry.resource)) throw bad("a Bundle with a hole", answer.status);
          return entry.resource;
        });
        url = nextOf(resource);
        yield { resources, last: url === undefined };
      }
    },

    /** `condition` is a search: one match is the answer in place of a new one. `several`: more than one matches already. */
    async create(resource: Json, condition: string): Promise<Versioned | Refused | "several"> {
      const kind = textOf(resource.resourceType);
      const said = await write("POST", `${base}/${kind}`, resource, { "if-none-exist": condition });
      return said.answer.status === 412 ? "several" : read(kind, said);
    },

    /** `stale`: it is another version by now. */
    async update({ resource, etag }: Versioned): Promise<Versioned | Refused | "stale"> {
      const kind = textOf(resource.resourceType);
      const url = `${base}/${kind}/${encodeURIComponent(textOf(resource.id))}`;
      const said = await write("PUT", url, resource, { "if-match": etag });
      return said.answer.status === 412 ? "stale" : read(kind, said);
    },

    /** Throws unless it speaks R4 and takes our token. */
    async probe(): Promise<void> {
      const { resource } = await call({ url: `${base}/metadata` });
      if (!/^4\.0\./.test(textOf(resource.fhirVersion)))
        throw new OutsideFault(SYSTEM, "config", { detail: "not FHIR R4" });
      const { answer } = await call({ url: `${base}/HealthcareService?_count=1` });
      if (answer.status !== 200) throw bad(`status ${answer.status}`, answer.status);
    },
  };
}
