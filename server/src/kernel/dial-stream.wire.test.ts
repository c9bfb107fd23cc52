import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { OutsideFault } from "@weimenhu/connectors/fault";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeStreamDial, type StreamSettings } from "./dial-stream.ts";

let server: Server;
let base: string;
let asked: string[] = [];
beforeAll(async () => {
  server = createServer((request, reply) => answer(request, reply));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

function answer(request: IncomingMessage, reply: ServerResponse): void {
  asked.push(`${request.method} ${request.url}`);
  if (request.url === "/hangs-up") request.once("data", () => request.socket.destroy());
  else if (request.url === "/no") reply.writeHead(403).end("no");
  else if (request.url === "/503") reply.writeHead(503).end();
  else if (request.url === "/silent") reply.writeHead(200, { "content-length": 10 }).write("half");
  else
    buffer(request).then(
      (body) => reply.end(String(body.length)),
      () => reply.destroy(),
    );
}

const dial = (more: Partial<StreamSettings> = {}) =>
  makeStreamDial({ system: "store", insideTx: () => false, sleep: async () => undefined, timeoutMs: 2_000, ...more });
const faultOf = async (call: Promise<unknown>): Promise<OutsideFault> => {
  const ended: unknown = await call.then(
    () => new Error("it was answered"),
    (thrown: unknown) => thrown,
  );
  expect(ended).toBeInstanceOf(OutsideFault);
  return ended as OutsideFault;
};
/** Much more than a connection's buffers hold; `opened` is every reading of it. */
function large() {
  const opened: Readable[] = [];
  const open = () => {
    const body = Readable.from(
      (function* () {
        for (let n = 0; n < 400; n++) yield Buffer.alloc(50_000, "x");
      })(),
    );
    opened.push(body);
    return body;
  };
  return { bytes: 20_000_000, open, opened };
}

test("a body is sent whole, and the answer comes as it is read", async () => {
  const body = large();
  const { status, body: said } = await dial()({ url: `${base}/put`, method: "PUT", body });
  expect([status, String(await buffer(said))]).toEqual([200, "20000000"]);
});

test.each(["/hangs-up", "/no"])(
  "what was opened to be sent is closed, also when the other side wants no more of it (%s)",
  async (path) => {
    const body = large();
    await dial()({ url: `${base}${path}`, method: "PUT", body }).then(
      (got) => void got.body.resume(),
      (fault: unknown) => {
        if (!(fault instanceof OutsideFault)) throw fault;
      },
    );
    expect(body.opened.length).toBeGreaterThan(0);
    await expect.poll(() => body.opened.filter((one) => !one.destroyed).length).toBe(0);
  },
);

test("nobody there, or the wrong kind of address, is a fault that surely did nothing", async () => {
  const away = await faultOf(dial()({ url: "http://127.0.0.1:1/x", method: "GET" }));
  expect([away.kind, away.unknown]).toEqual(["down", false]);
  expect((await faultOf(dial()({ url: "file:///etc/passwd", method: "GET" }))).kind).toBe("refused-address");
});

test("a 5xx is asked for again, twice; then the circuit opens for a while", async () => {
  asked = [];
  const tried = dial({ breaker: { failures: 3, halfOpenAfterMs: 60_000 } });
  expect((await faultOf(tried({ url: `${base}/503`, method: "GET" }))).kind).toBe("down");
  expect(asked).toEqual(["GET /503", "GET /503", "GET /503"]);
  expect((await faultOf(tried({ url: `${base}/503`, method: "GET" }))).kind).toBe("circuit-open");
  expect(asked).toHaveLength(3);
});

test("an answer that falls silent in the middle ends in a fault for whoever reads it", async () => {
  const { body } = await dial({ silenceMs: 50 })({ url: `${base}/silent`, method: "GET" });
  expect((await faultOf(buffer(body))).kind).toBe("timeout");
});

test("who puts an answer away unread frees the connection", async () => {
  const { body } = await dial()({ url: `${base}/silent`, method: "GET" });
  body.destroy();
  const open = () => new Promise<number>((resolve) => server.getConnections((_, count) => resolve(count)));
  await expect.poll(open).toBeLessThan(3);
});
