import type { Readable } from "node:stream";
import { OutsideFault } from "../fault.ts";
import { healthOf } from "../parse.ts";
import type { StreamAnswer } from "../ports.ts";
import type { Storage } from "./port.ts";
import { encodePath, type S3Call, type S3Settings, s3Client } from "./s3.client.ts";

export type { S3Settings } from "./s3.client.ts";

const SYSTEM = "s3";
const mostAnswer = 4 << 20;
/** Their side asks to come again; everything else that is no 2xx is ours to mend. */
const later: ReadonlySet<string> = new Set(["RequestTimeout", "OperationAborted", "InternalError", "SlowDown"]);
const broken: ReadonlySet<string> = new Set(["IncompleteBody", "BadDigest", "XAmzContentSHA256Mismatch"]);

/** Any store that speaks S3 (Signature Version 4). Files lie under `m/`, those that are being taken away under `aside/`. */
export function s3Storage(settings: S3Settings): Storage {
  const call = s3Client(settings);
  const done = async (ask: S3Call): Promise<StreamAnswer> => {
    const answer = await call(ask);
    if (answer.status >= 300) throw await faultOf(answer);
    return answer;
  };
  const act = async (ask: S3Call): Promise<string> => textOf(await done(ask));

  /** The length, or undefined. An answer to HEAD has no body, so nothing more is known of a 404. */
  const size = async (key: string): Promise<number | undefined> => {
    const answer = await call({ method: "HEAD", key });
    if (answer.status !== 404 && answer.status !== 200) throw await faultOf(answer);
    answer.body.resume();
    return answer.status === 404 ? undefined : lengthOf(answer);
  };
  const copy = async (from: string, to: string): Promise<void> => {
    const source = encodePath(`/${settings.bucket}/${from}`);
    const answer = await act({ method: "PUT", key: to, headers: { "x-amz-copy-source": source } });
    // A copy that fails half way answers 200 with an error inside.
    const code = codeIn(answer);
    if (code) throw new OutsideFault(SYSTEM, "bad-answer", { detail: code });
  };
  const remove = async (key: string): Promise<void> => void (await act({ method: "DELETE", key }));
  const move = async (from: string, to: string): Promise<boolean> => {
    if ((await size(from)) === undefined) return false;
    await copy(from, to);
    await remove(from);
    return true;
  };

  async function* list(prefix: string): AsyncIterable<string> {
    let token = "";
    do {
      const page = await act({
        method: "GET",
        key: "",
        query: { "list-type": "2", prefix, ...(token ? { "continuation-token": token } : {}) },
      });
      for (const [, key = ""] of page.matchAll(/<Key>([^<]*)<\/Key>/g)) yield unescaped(key).slice(prefix.length);
      const more = /<IsTruncated>\s*true\s*</.test(page);
      token = more ? unescaped(/<NextContinuationToken>([^<]*)</.exec(page)?.[1] ?? "") : "";
    } while (token);
  }

  return {
    async put(name, source) {
      if ((await size(`m/${name}`)) === source.bytes) return;
      await act({ method: "PUT", key: `m/${name}`, body: source });
    },
    has: async (name) => (await size(`m/${name}`)) !== undefined,
    async find(name) {
      const key = `m/${name}`;
      const bytes = await size(key);
      if (bytes === undefined) return undefined;
      const stream = async (part?: { from: number; to: number }): Promise<Readable> => {
        const headers: Record<string, string> = part ? { range: `bytes=${part.from}-${part.to}` } : {};
        const answer = await done({ method: "GET", key, headers });
        const wanted = part ? part.to - part.from + 1 : bytes;
        if (lengthOf(answer) === wanted) return answer.body;
        answer.body.destroy();
        throw new OutsideFault(SYSTEM, "bad-answer", { detail: "another length than was said", status: answer.status });
      };
      return { bytes, stream };
    },
    setAside: (name) => move(`m/${name}`, `aside/${name}`),
    bringBack: async (name) => void (await move(`aside/${name}`, `m/${name}`)),
    dropAside: (name) => remove(`aside/${name}`),
    names: () => list("m/"),
    aside: () => list("aside/"),
    check: () =>
      healthOf(() => act({ method: "GET", key: "", query: { "list-type": "2", prefix: "m/", "max-keys": "1" } })),
  };
}

function lengthOf(answer: StreamAnswer): number {
  const length = Number(answer.headers["content-length"]);
  if (Number.isInteger(length) && length >= 0) return length;
  answer.body.destroy();
  throw new OutsideFault(SYSTEM, "bad-answer", { detail: "no length", status: answer.status });
}

async function textOf({ body, status }: StreamAnswer): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostAnswer) throw new OutsideFault(SYSTEM, "too-large", { status });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

const codeIn = (xml: string): string => /<Error>[^]*?<Code>([A-Za-z0-9]{1,60})<\/Code>/.exec(xml)?.[1] ?? "";

async function faultOf(answer: StreamAnswer): Promise<OutsideFault> {
  const { status } = answer;
  const code = codeIn(await textOf(answer));
  const facts = { status, detail: code || `status ${status}` };
  if (later.has(code)) return new OutsideFault(SYSTEM, "busy", facts);
  if (broken.has(code)) return new OutsideFault(SYSTEM, "bad-answer", facts);
  return new OutsideFault(SYSTEM, "config", facts);
}

const unescaped = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => entities[name] ?? "");
const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
