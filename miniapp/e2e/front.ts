import http from "node:http";
import type { AddressInfo } from "node:net";

/** A gateway before a server, as a county has one: it passes everything on until it is told to answer by itself. */
export async function startFront(target: string) {
  let fault: { status: number; retryAfter?: string } | null = null;
  const server = http.createServer((request, response) => {
    if (fault) {
      // A gateway's own page, not the product's words.
      const headers = { "content-type": "text/html", ...(fault.retryAfter ? { "retry-after": fault.retryAfter } : {}) };
      request.resume();
      response.writeHead(fault.status, headers).end(`<html><h1>${fault.status}</h1></html>`);
      return;
    }
    const { method, headers, url = "/" } = request;
    const onward = http.request(new URL(url, target), { method: method ?? "GET", headers }, (answer) => {
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
    fail: (status: number, retryAfter?: string) => {
      fault = { status, ...(retryAfter ? { retryAfter } : {}) };
    },
    heal: () => {
      fault = null;
    },
    close: () =>
      new Promise<void>((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
