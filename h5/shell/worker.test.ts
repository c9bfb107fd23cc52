import { readFileSync } from "node:fs";
import path from "node:path";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";

const source = readFileSync(path.join(import.meta.dirname, "worker.js"), "utf8");
const origin = "https://village.example";

/** The worker with a memory of its own and a server that answers as it is told. */
function start() {
  const kept = new Map<string, Response>();
  const asked: string[] = [];
  let server: () => Response = () => new Response("bytes");
  const urlOf = (request: Request | string) => (typeof request === "string" ? request : request.url);
  const cache = {
    match: async (request: Request) => kept.get(urlOf(request))?.clone(),
    put: async (request: Request, answer: Response) => void kept.set(urlOf(request), answer),
    delete: async (request: Request) => kept.delete(urlOf(request)),
    keys: async () => [...kept.keys()],
  };
  const listeners = new Map<string, (event: object) => void>();
  runInNewContext(source.replace('"__FILES__"', "[]"), {
    self: { addEventListener: (name: string, run: (event: object) => void) => listeners.set(name, run) },
    caches: { open: async () => cache, match: cache.match },
    location: { origin },
    fetch: async (request: Request) => {
      asked.push(new URL(request.url).pathname);
      return server();
    },
    ...{ URL, Response, setTimeout },
  });
  /** What the page is given, once all that runs behind it has ended; null when the worker stays out of it. */
  const get = async (name: string) => {
    const behind: Promise<unknown>[] = [];
    const answers: Promise<Response>[] = [];
    listeners.get("fetch")?.({
      request: new Request(`${origin}/m/${name}`),
      respondWith: (answer: Promise<Response>) => answers.push(answer),
      waitUntil: (work: Promise<unknown>) => behind.push(work),
    });
    const [answer] = answers;
    if (!answer) return null;
    const { status } = await answer.catch(() => Response.error());
    await Promise.all(behind);
    return status;
  };
  return { get, kept, asked, answer: (next: () => Response) => (server = next) };
}

test("a picture is kept for reading offline, and one that was withdrawn is forgotten at the next look", async () => {
  const worker = start();
  expect(await worker.get("a.jpg")).toBe(200);
  worker.answer(() => {
    throw new TypeError("offline");
  });
  expect(await worker.get("a.jpg")).toBe(200);
  worker.answer(() => new Response("", { status: 404 }));
  expect(await worker.get("a.jpg")).toBe(200);
  expect(worker.kept.size).toBe(0);
  expect(await worker.get("a.jpg")).toBe(404);
  expect(worker.asked).toHaveLength(4);
});

test("a fault of the server takes nothing away", async () => {
  const worker = start();
  await worker.get("a.png");
  worker.answer(() => new Response("", { status: 503 }));
  expect(await worker.get("a.png")).toBe(200);
  expect(worker.kept.size).toBe(1);
});

test("files to be saved are left to the browser, which can go on with a broken download", async () => {
  const worker = start();
  expect(await worker.get("a.pdf?as=x")).toBe(null);
  expect([worker.asked, worker.kept.size]).toEqual([[], 0]);
});

test("pictures that are not for everybody, known by their signed addresses, are never kept", async () => {
  const worker = start();
  expect(await worker.get("a.jpg?until=1790000000000&sig=x")).toBe(null);
  expect([worker.asked, worker.kept.size]).toEqual([[], 0]);
});
