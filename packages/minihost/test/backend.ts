import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";

export interface Seen {
  method: string;
  path: string;
  authorization: string;
  contentType: string;
  body: string;
}

/** A tiny real HTTP server that the sample talks to. */
export interface Backend {
  origin: string;
  seen: Seen[];
  close(): Promise<void>;
}

const ITEMS = [
  { id: 1, title: "Tea & cake", price: 12.5 },
  { id: 2, title: "绿茶", price: 8 },
  { id: 3, title: "<b>bold</b>", price: 3 },
];
/** One pixel. */
const PHOTO = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const ORDER = {
  tradeNO: "T1",
  pay: { timeStamp: "1", nonceStr: "n", package: "prepay_id=1", signType: "RSA", paySign: "x" },
};

export async function startBackend(): Promise<Backend> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const one = look(request, Buffer.concat(parts).toString("utf8"));
      seen.push(one);
      answer(one, response);
    });
  });
  const port = await listen(server);
  return {
    origin: `http://127.0.0.1:${port}`,
    seen,
    close: () => new Promise((done) => server.close(() => done()) && server.closeAllConnections()),
  };
}

function look(request: IncomingMessage, body: string): Seen {
  const { authorization = "", "content-type": contentType = "" } = request.headers;
  return { method: request.method ?? "", path: request.url ?? "", authorization, contentType, body };
}

function answer({ path, authorization, contentType, body }: Seen, response: ServerResponse): void {
  const url = new URL(path, "http://sample");
  const json = (status: number, value: unknown) => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(value));
  };
  const token = authorization.replace("Bearer ", "");
  switch (url.pathname) {
    case "/items": {
      const query = url.searchParams.get("q") ?? "";
      if (query === "boom") return json(500, { error: "boom" });
      return json(200, { items: ITEMS.filter((item) => item.title.includes(query)) });
    }
    case "/login": {
      const { platform, code } = JSON.parse(body);
      return json(200, { token: `tok-${platform}-${code}` });
    }
    case "/me":
      return token.startsWith("tok-") ? json(200, { name: token.slice(4) }) : json(401, {});
    case "/orders":
      return json(200, ORDER);
    case "/upload": {
      const whole =
        contentType.startsWith("multipart/form-data") && body.includes('name="photo"') && body.includes("说明");
      return json(whole ? 201 : 400, { whole });
    }
    case "/paper.pdf":
      response.writeHead(200, { "content-type": "application/pdf" });
      response.end("%PDF-1.4");
      return;
    case "/photo.png":
      response.writeHead(200, { "content-type": "image/png" });
      response.end(PHOTO);
      return;
    case "/text.png":
      response.writeHead(200, { "content-type": "image/png" });
      response.end("no picture");
      return;
    default:
      response.writeHead(404, { "content-type": "text/html" });
      response.end("<h1>404</h1>");
  }
}

function listen(server: Server): Promise<number> {
  return new Promise((done, failed) => {
    server.on("error", failed);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      if (address && typeof address === "object") done(address.port);
    });
  });
}
