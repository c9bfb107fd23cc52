import http from "node:http";
import net, { type AddressInfo } from "node:net";

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
  const tunnels = new Set<net.Socket>();
  server.on("upgrade", ({ method, url, headers }, socket, head) => {
    const { hostname, port } = new URL(target);
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}`);
    const onward = net.connect(Number(port), hostname, () => {
      onward.write(`${[`${method} ${url} HTTP/1.1`, ...lines].join("\r\n")}\r\n\r\n`);
      onward.write(head);
      onward.pipe(socket).pipe(onward);
    });
    tunnels.add(onward);
    onward.on("error", () => socket.destroy()).on("close", () => socket.destroy());
    socket.on("error", () => onward.destroy()).on("close", () => onward.destroy());
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
        for (const one of tunnels) one.destroy();
      }),
  };
}
