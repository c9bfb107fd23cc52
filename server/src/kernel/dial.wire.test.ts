import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import { gzipSync } from "node:zlib";
import { OutsideFault } from "@weimenhu/connectors/fault";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type DialSettings, makeDial } from "./dial.ts";

let server: Server;
let base: string;
let port: number;
let hits: string[];
let serve: RequestListener;

beforeEach(async () => {
  hits = [];
  serve = (_request, response) => response.end("hello");
  server = createServer((request, response) => {
    hits.push(`${request.method} ${request.url}`);
    serve(request, response);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  port = (server.address() as AddressInfo).port;
  base = `http://127.0.0.1:${port}`;
});
afterEach(async () => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

const dial = (more: Partial<DialSettings> = {}) =>
  makeDial({ system: "elsewhere", insideTx: () => false, sleep: async () => undefined, ...more });
const text = (body: Uint8Array) => Buffer.from(body).toString();
const fault = async (call: Promise<unknown>): Promise<OutsideFault> => {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(OutsideFault);
  return error as OutsideFault;
};

describe("an answer", () => {
  test("carries status, lower-case headers, unpacked body and the address that answered", async () => {
    serve = (request, response) =>
      response
        .writeHead(418, { "X-Thing": "one", "content-encoding": "gzip" })
        .end(gzipSync(`you said ${request.headers["x-say"]}`));
    const answer = await dial()({ url: `${base}/a?b=1`, headers: { "x-say": "hi" } });
    expect(answer.status).toBe(418);
    expect(answer.headers["x-thing"]).toBe("one");
    expect(text(answer.body)).toBe("you said hi");
    expect(answer.url).toBe(`${base}/a?b=1`);
  });

  test("a posted body arrives byte by byte as given, whatever its type", async () => {
    const bodies: string[] = [];
    serve = (request, response) => {
      request.setEncoding("utf8").on("data", (chunk: string) => bodies.push(chunk));
      request.on("end", () => response.end());
    };
    const body = ' {"a" : 1}\n';
    await dial()({ url: base, method: "POST", body, headers: { "content-type": "application/json" } });
    expect(bodies).toEqual([body]);
  });

  test("proxies of the environment are not used", async () => {
    for (const name of ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY"]) vi.stubEnv(name, "http://127.0.0.1:1");
    expect(text((await dial()({ url: base })).body)).toBe("hello");
  });
});

describe("time-outs and repeats", () => {
  test("an answer that does not come is a time-out of unknown outcome", async () => {
    serve = () => undefined;
    const error = await fault(dial({ retries: 0 })({ url: base, timeoutMs: 50 }));
    expect([error.kind, error.unknown]).toEqual(["timeout", true]);
  });

  test("an answer that starts and then stalls is a time-out too", async () => {
    serve = (_request, response) => void response.writeHead(200, { "content-length": 10 }).write("abc");
    expect((await fault(dial({ retries: 0 })({ url: base, timeoutMs: 100 }))).kind).toBe("timeout");
  });

  test("a GET is repeated after a cut connection and a 5xx, with jittered waits", async () => {
    const waits: number[] = [];
    serve = (request, response) => {
      if (hits.length === 1) request.socket.destroy();
      else if (hits.length === 2) response.writeHead(503).end();
      else response.end("third");
    };
    const sleep = async (ms: number) => void waits.push(ms);
    expect(text((await dial({ sleep, random: () => 0.5 })({ url: base })).body)).toBe("third");
    expect(waits).toEqual([100, 200]);
  });

  test("repeats are bounded", async () => {
    serve = (_request, response) => response.writeHead(500).end();
    const error = await fault(dial({ retries: 2 })({ url: base }));
    expect([error.kind, error.status, hits.length]).toEqual(["down", 500, 3]);
  });

  test.each([{ method: "POST" as const }, { method: "GET" as const, idempotent: false }])(
    "%o is sent once only",
    async (how) => {
      serve = (request) => request.socket.destroy();
      const error = await fault(dial()({ url: base, ...how }));
      expect([error.kind, error.unknown, hits.length]).toEqual(["down", true, 1]);
    },
  );

  test("a 4xx is an answer and is not repeated", async () => {
    serve = (_request, response) => response.writeHead(404).end();
    expect((await dial()({ url: base })).status).toBe(404);
    expect(hits).toHaveLength(1);
  });

  test("nothing listens: down, and known to have had no effect", async () => {
    await new Promise((done) => server.close(done));
    const error = await fault(dial({ retries: 0 })({ url: base, method: "POST" }));
    expect([error.kind, error.detail, error.unknown]).toEqual(["down", "ECONNREFUSED", false]);
    server.listen(port, "127.0.0.1");
  });

  test("a repeat that could not be sent does not hide that the first attempt may have acted", async () => {
    serve = (request) => {
      server.close();
      request.socket.destroy();
    };
    const error = await fault(dial()({ url: base, method: "POST", idempotent: true }));
    expect([hits.length, error.unknown]).toEqual([1, true]);
    server.listen(port, "127.0.0.1");
  });
});

describe("the circuit breaker", () => {
  test("stops asking a host that keeps failing, tries it again later, and closes when it answers", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    serve = (_request, response) => response.writeHead(500).end();
    const call = dial({ retries: 0, breaker: { failures: 3, halfOpenAfterMs: 1_000 } });
    for (let i = 0; i < 3; i++) expect((await fault(call({ url: base }))).kind).toBe("down");
    const error = await fault(call({ url: base }));
    expect([error.kind, error.unknown, hits.length]).toEqual(["circuit-open", false, 3]);
    vi.setSystemTime(Date.now() + 1_001);
    serve = (_request, response) => response.end("well");
    expect(text((await call({ url: base })).body)).toBe("well");
    expect((await call({ url: base })).status).toBe(200);
  });

  test("one failing host does not silence another of the same system", async () => {
    serve = (_request, response) => response.end();
    const call = dial({ retries: 0, breaker: { failures: 1, halfOpenAfterMs: 60_000 } });
    expect((await fault(call({ url: "http://127.0.0.1:1/" }))).kind).toBe("down");
    expect((await fault(call({ url: "http://127.0.0.1:1/" }))).kind).toBe("circuit-open");
    expect((await call({ url: base })).status).toBe(200);
  });
});

describe("size", () => {
  test("a long answer is cut off while it streams", async () => {
    let written = 0;
    serve = (_request, response) => {
      const more = () => {
        if (response.destroyed) return;
        written += 65_536;
        if (response.write(Buffer.alloc(65_536))) setImmediate(more);
        else response.once("drain", more);
      };
      more();
    };
    expect((await fault(dial()({ url: base, maxBytes: 100_000 }))).kind).toBe("too-large");
    expect(written).toBeLessThan(20_000_000);
  });

  test("an announced length over the limit is not read at all", async () => {
    serve = (_request, response) => void response.writeHead(200, { "content-length": 5_000_000 }).flushHeaders();
    expect((await fault(dial()({ url: base }))).kind).toBe("too-large");
  });

  test("a bomb is small on the wire and refused while it unpacks", async () => {
    const bomb = gzipSync(Buffer.alloc(200 << 20));
    expect(bomb.length).toBeLessThan(1 << 20);
    serve = (_request, response) => response.writeHead(200, { "content-encoding": "gzip" }).end(bomb);
    const before = process.memoryUsage().arrayBuffers;
    expect((await fault(dial()({ url: base }))).kind).toBe("too-large");
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20 << 20);
  });

  test("a packing that was not asked for, or that is broken, is a bad answer", async () => {
    serve = (_request, response) => response.writeHead(200, { "content-encoding": "gzip, gzip" }).end("x");
    expect((await fault(dial({ retries: 0 })({ url: base }))).kind).toBe("bad-answer");
    serve = (_request, response) => response.writeHead(200, { "content-encoding": "gzip" }).end("not gzip at all");
    expect((await fault(dial({ retries: 0 })({ url: base }))).kind).toBe("bad-answer");
  });
});

describe("redirects", () => {
  test("are an answer unless asked for", async () => {
    serve = (_request, response) => response.writeHead(302, { location: "/b" }).end();
    expect((await dial()({ url: base })).status).toBe(302);
  });

  test("are followed as far as asked, and the last address is told", async () => {
    serve = (request, response) => {
      const n = Number(request.url?.slice(1));
      if (n < 5) response.writeHead(301, { location: `/${n + 1}` }).end();
      else response.end("there");
    };
    const answer = await dial()({ url: `${base}/0`, maxRedirects: 5 });
    expect([answer.url, text(answer.body)]).toEqual([`${base}/5`, "there"]);
    expect((await fault(dial()({ url: `${base}/0`, maxRedirects: 4 }))).kind).toBe("redirects");
  });

  test("a loop and a redirect to nowhere end at once", async () => {
    serve = (request, response) => response.writeHead(302, { location: request.url === "/a" ? "/b" : "/a" }).end();
    expect((await fault(dial()({ url: `${base}/a`, maxRedirects: 20 }))).detail).toBe("loop");
    expect(hits).toHaveLength(2);
    serve = (_request, response) => response.writeHead(302).end();
    expect((await fault(dial()({ url: `${base}/c`, maxRedirects: 5 }))).detail).toBe("no target");
  });

  test("lose the credentials when they leave the origin", async () => {
    let seen: unknown;
    serve = (request, response) => {
      if (request.headers.host?.startsWith("127"))
        response.writeHead(302, { location: `http://localhost:${port}/there` }).end();
      else {
        seen = [request.headers.authorization, request.headers["x-own"]];
        response.end();
      }
    };
    await dial()({ url: base, maxRedirects: 1, headers: { Authorization: "secret", "x-own": "kept" } });
    expect(seen).toEqual([undefined, "kept"]);
  });
});

describe("public only", () => {
  const publicOnly = true;
  const resolve: DialSettings["resolve"] = (_host, _options, done) => done(null, [{ address: "127.0.0.1", family: 4 }]);

  test("a name that answers with an internal address at connect time is refused and nothing is sent", async () => {
    const error = await fault(dial({ resolve })({ url: `http://rebind.example:${port}/`, publicOnly }));
    expect([error.kind, error.unknown, hits.length]).toEqual(["refused-address", false, 0]);
    // The same name is called when nobody asks for public addresses: the guard, not the network, refused it.
    expect((await dial({ resolve })({ url: `http://localhost:${port}/` })).status).toBe(200);
  });

  test.each(["127.0.0.1", "localhost", "localhost.", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]"])(
    "%s is refused",
    async (host) => {
      expect((await fault(dial()({ url: `http://${host}:${port}/`, publicOnly }))).kind).toBe("refused-address");
      expect(hits).toHaveLength(0);
    },
  );

  test("a redirect to an internal address is refused on its hop", async () => {
    serve = (_request, response) =>
      response.writeHead(302, { location: "http://169.254.169.254/latest/meta-data/" }).end();
    const error = await fault(dial({ allowHosts: [`127.0.0.1:${port}`] })({ url: base, publicOnly, maxRedirects: 5 }));
    expect([error.kind, hits.length]).toEqual(["refused-address", 1]);
    expect(error.unknown).toBe(false);
  });

  test("a listed host is called, the same host on another port is not", async () => {
    expect((await dial({ allowHosts: [`127.0.0.1:${port}`] })({ url: base, publicOnly })).status).toBe(200);
    expect((await fault(dial({ allowHosts: [`127.0.0.1:${port + 1}`] })({ url: base, publicOnly }))).kind).toBe(
      "refused-address",
    );
  });

  test("other schemes, user names and unreadable addresses are refused without the flag", async () => {
    for (const url of ["file:///etc/passwd", `http://me:you@127.0.0.1:${port}/`, "nonsense", ""])
      expect((await fault(dial()({ url }))).kind).toBe("refused-address");
    expect(hits).toHaveLength(0);
  });
});

test("a call inside a transaction is a bug that is thrown before anything is sent", async () => {
  await expect(dial({ insideTx: () => true })({ url: base })).rejects.toThrow("inside a transaction");
  expect(hits).toHaveLength(0);
});

test("no secret reaches the error, its stack, its JSON or its inspection", async () => {
  serve = (request) => request.socket.destroy();
  const url = `${base}/token?appid=wx1&secret=S3CRET&access_token=S3CRET&code=S3CRET&sign=S3CRET&novel=S3CRET#S3CRET`;
  const faults = [
    await fault(dial({ retries: 0 })({ url, method: "POST", body: "S3CRET", headers: { authorization: "S3CRET" } })),
    await fault(dial()({ url: "http://me:S3CRET@127.0.0.1/" })),
  ];
  for (const error of faults) {
    const seen = [
      error.message,
      error.stack,
      JSON.stringify(error),
      inspect(error, { depth: 9, showHidden: true }),
    ].join();
    expect(seen).toContain("127.0.0.1");
    expect(seen).not.toContain("S3CRET");
  }
});

test("every call is told once to the meter, with its outcome", async () => {
  const told: string[] = [];
  const call = dial({ onCall: (system, outcome, ms) => told.push(`${system} ${outcome} ${ms >= 0}`), retries: 1 });
  await call({ url: base });
  serve = (_request, response) => response.writeHead(500).end();
  await fault(call({ url: base }));
  expect(told).toEqual(["elsewhere ok true", "elsewhere down true"]);
});
