import http from "node:http";
import type { AddressInfo } from "node:net";

/** A gateway before a server, as a county has one: it passes everything on until it is told to answer by itself. */
export async function startFront(target: string) {
  let fault: { status: number; retryAfter?: string; only: string } | null = null;
  let lost: string | null = null;
  const server = http.createServer((request, response) => {
    if (fault && request.url?.includes(fault.only)) {
      // A gateway's own page, not the product's words.
      const headers = { "content-type": "text/html", ...(fault.retryAfter ? { "retry-after": fault.retryAfter } : {}) };
      request.resume();
      response.writeHead(fault.status, headers).end(`<html><h1>${fault.status}</h1></html>`);
      return;
    }
    const { method, headers, url = "/" } = request;
    const onward = http.request(new URL(url, target), { method: method ?? "GET", headers }, (answer) => {
      if (lost !== null && url.includes(lost)) {
        lost = null;
        answer.resume().on("end", () => response.destroy());
        return;
      }
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on("error", () => response.destroy());
    request.pipe(onward);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    /** `only`: what the addresses have that it answers itself; without it all. */
    fail: (status: number, retryAfter?: string, only = "") => {
      fault = { status, only, ...(retryAfter ? { retryAfter } : {}) };
    },
    /** The server does its work on the next address that has these words; its answer is lost. */
    lose: (only: string) => {
      lost = only;
    },
    heal: () => {
      fault = null;
      lost = null;
    },
    close: () =>
      new Promise<void>((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
