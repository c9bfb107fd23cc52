import { TRPCClientError } from "@trpc/client";
import { type Stored, stored } from "@weimenhu/contract/media";
import { vi } from "vitest";
import { apiClient } from "./client.ts";
import type { Resident } from "./residents.ts";
import { startServerProcess } from "./server-process.ts";
import { freePort } from "./world.ts";

/**
 * A server that is killed at each of these steps of its phones, in whatever it does then, and started again at the same address
 * on the same data.
 */
export async function openMortal(env: Record<string, string>, deaths: readonly number[]) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const start = () => startServerProcess({ ...env, PORT: String(port), PUBLIC_URL: url });
  const said: string[] = [];
  let server = await start();
  let steps = 0;
  let died = 0;
  let dying = Promise.resolve();
  const kill = async () => {
    await server.kill();
    said.push(...server.said);
  };

  function step(): void {
    if (++steps !== deaths[died]) return;
    died++;
    dying = dying.then(kill).then(async () => {
      server = await start();
    });
  }
  const alive = () => vi.waitFor(async () => (await fetch(`${url}/healthz`)).text(), { timeout: 30_000, interval: 20 });

  /** Null when no answer came; by then there is a server again. */
  async function once<T>(ask: () => Promise<T>): Promise<T | null> {
    try {
      step();
      const answer = await ask();
      step();
      return answer;
    } catch (fault) {
      if (!isLost(fault)) throw fault;
      await alive();
      return null;
    }
  }

  return {
    /** What it logged in all its lives: faults only. */
    said,
    died: () => died,
    phone: (somebody: Resident) => phoneOf(url, somebody, once),
    /** Ends its last life as all before. */
    async end(): Promise<void> {
      await dying;
      await kill();
    },
  };
}

/** The connection broke, or the server had no breath: whether it was done nobody knows. */
function isLost(fault: unknown): boolean {
  const cause = fault instanceof TRPCClientError ? (fault.cause ?? fault) : fault;
  const word = fault instanceof TRPCClientError ? fault.data?.refusal?.word : undefined;
  return word === "BUSY" || (cause instanceof Error && /^(BUSY|fetch failed|terminated)$/.test(cause.message));
}

type Once = <T>(ask: () => Promise<T>) => Promise<T | null>;
export type Phone = ReturnType<typeof phoneOf>;

function phoneOf(url: string, { token }: Resident, once: Once) {
  const { circle } = apiClient(url, "weapp", () => token);

  /** Says the same again until there is an answer, as the queue on a phone does. */
  async function insist<T>(ask: () => Promise<T>): Promise<T> {
    for (;;) {
      const answer = await once(ask);
      if (answer !== null) return answer;
    }
  }
  async function send(key: string, bytes: Uint8Array): Promise<Stored> {
    const form = new FormData();
    form.append("key", key);
    form.append("file", new Blob([Uint8Array.from(bytes)]), "照片.jpg");
    const headers = { "x-client": "weapp/1.0.0", authorization: `Bearer ${token}` };
    const answer = await fetch(`${url}/media`, { method: "POST", headers, body: form });
    const said = await answer.json();
    if (!answer.ok) throw new Error(said.error?.data.refusal.word);
    return stored.parse(said);
  }
  type Circle = typeof circle;
  return {
    /** Null when no answer came. */
    tryUpload: async (key: string, bytes: Uint8Array) => (await once(() => send(key, bytes)))?.id ?? null,
    upload: async (key: string, bytes: Uint8Array) => (await insist(() => send(key, bytes))).id,
    post: (input: Parameters<Circle["post"]["mutate"]>[0]) => insist(() => circle.post.mutate(input)),
    feed: (input: Parameters<Circle["feed"]["query"]>[0]) => insist(() => circle.feed.query(input)),
    like: (id: string) => insist(() => circle.like.mutate({ id, on: true })),
    comment: (input: Parameters<Circle["comment"]["mutate"]>[0]) => insist(() => circle.comment.mutate(input)),
  };
}
