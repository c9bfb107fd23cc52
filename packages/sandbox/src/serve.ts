import { setTimeout as wait } from "node:timers/promises";
import Fastify, { type FastifyInstance, type FastifyRequest } from "fastify";
import { createFaults, type Fault, type Faults } from "./faults.ts";
import { escape, page } from "./page.ts";

/** A running system of the outside world. */
export type Started<C> = {
  url: string;
  /** The environment that points the real adapter at it. */
  env: Record<string, string>;
  /** Also over HTTP: `POST /__control/<name>` with the JSON array of arguments, answered with the JSON of the result. */
  control: C & FaultControl;
  close(): Promise<void>;
};

export type FaultControl = {
  fault(fault: Fault): void;
  clearFaults(): void;
  /** The last requests, control not counted: `GET /path?query`. */
  requests(): string[];
};

type Control = { [name: string]: (...args: never[]) => unknown };

export type System<C extends Control> = {
  /** 0 or nothing: any free port. */
  port?: number | undefined;
  /** What faults and `on` call a request; its path and query unless told otherwise. */
  nameOf?: (request: FastifyRequest) => string;
  build: (app: FastifyInstance, faults: Faults, url: () => string) => C | Promise<C>;
  env: (url: string) => Record<string, string>;
  /** What a person reads who opens it in a browser; a system with a page of its own at `/` has none. */
  about?: { title: string; what: string };
};

/** Starts a system on 127.0.0.1 with the faults that are the same for all. */
export async function serve<C extends Control>(system: System<C>): Promise<Started<C>> {
  const app = Fastify({ forceCloseConnections: true, bodyLimit: 1 << 20 });
  const faults = createFaults();
  const nameOf = system.nameOf ?? ((request: FastifyRequest) => request.url);
  const seen: string[] = [];
  let url = "";

  app.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "string" }, (_request, body, done) => {
    done(null, Object.fromEntries(new URLSearchParams(String(body))));
  });
  app.addHook("onRequest", async (request) => {
    if (!request.url.startsWith("/__control/")) seen.push(`${request.method} ${request.url}`);
    if (seen.length > 5_000) seen.splice(0, 1_000); // a demo may run for weeks
  });
  app.addHook("preHandler", async (request, reply) => {
    if (request.url.startsWith("/__control/")) return;
    const name = nameOf(request);
    const delay = faults.take(name, ["delay"]);
    if (delay) await wait(delay.ms ?? 1_000);
    if (faults.take(name, ["drop"])) {
      reply.hijack();
      request.raw.socket.destroy();
    } else if (faults.take(name, ["5xx"])) {
      await reply
        .code(503)
        .type("text/html")
        .send("<html><body><h1>503 Service Temporarily Unavailable</h1></body></html>");
    } else if (faults.take(name, ["malformed"])) {
      await reply.type("application/json").send('{"errcode":0,"<rss><channel><title>');
    }
  });
  // The work is done by now; only the answer gets lost.
  app.addHook("onSend", async (request) => {
    if (!request.url.startsWith("/__control/") && faults.take(nameOf(request), ["lost"])) request.raw.socket.destroy();
  });

  const { about } = system;
  if (about) {
    app.get("/", async (_request, reply) =>
      reply.type("text/html; charset=utf-8").header("cache-control", "no-store").send(aboutPage(about, seen)),
    );
  }
  const own = await system.build(app, faults, () => url);
  const control: C & FaultControl = {
    ...own,
    fault: (fault) => faults.add(fault),
    clearFaults: () => faults.clear(),
    requests: () => [...seen],
  };
  const callable = new Map(Object.entries(control as Control));
  app.post<{ Params: { name: string } }>("/__control/:name", async (request, reply) => {
    // A page in a browser can send forms and plain text anywhere, but not JSON to another origin.
    if (!/^application\/json\b/.test(request.headers["content-type"] ?? ""))
      return reply.code(415).send({ error: "JSON only" });
    const act = callable.get(request.params.name);
    if (!act) return reply.code(404).send({ error: `no such control, there are: ${[...callable.keys()].join(", ")}` });
    const args: never[] = Array.isArray(request.body) ? (request.body as never[]) : [];
    return reply.type("application/json").send(JSON.stringify((await act(...args)) ?? null));
  });

  url = (await app.listen({ host: "127.0.0.1", port: system.port ?? 0 })).replace(/\/$/, "");
  return { url, env: system.env(url), control, close: async () => void (await app.close()) };
}

/** Addresses without what was asked: codes, secrets and numbers stay out of it. The page's own openings do not count. */
function aboutPage({ title, what }: { title: string; what: string }, seen: readonly string[]): string {
  const calls = seen.filter((line) => !/^GET \/($|\?|favicon)/.test(line)).map((line) => line.replace(/\?.*$/, ""));
  const last = calls
    .slice(-20)
    .toReversed()
    .map((line) => `<div class="card">${escape(line)}</div>`);
  const none = '<div class="card">还没有收到请求。</div>';
  return page(title, `<p>${escape(what)}</p><h2>最近收到的请求</h2>${last.join("") || none}`, 3);
}

/** A query or form field as a string; repeated or missing ones are empty. */
export const field = (fields: unknown, name: string): string => {
  const value = fields !== null && typeof fields === "object" ? new Map(Object.entries(fields)).get(name) : undefined;
  return typeof value === "string" ? value : "";
};
