import type { LiveNews } from "@weimenhu/contract/live";
import { WebSocket } from "ws";

/** A phone's or a browser's side of `/live`. */
export type LiveClient = {
  socket: WebSocket;
  heard: LiveNews[];
  /** The newest version that was told of a scope. */
  at(scope: string): number | undefined;
  say(what: unknown): void;
  closed: Promise<number>;
};

export async function liveClient(port: number, headers: Record<string, string> = {}): Promise<LiveClient> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/live`, { headers });
  const heard: LiveNews[] = [];
  socket.on("message", (data: Buffer) => heard.push(JSON.parse(data.toString("utf8")) as LiveNews));
  const closed = new Promise<number>((resolve) => socket.once("close", resolve));
  await new Promise<void>((resolve, reject) => {
    socket.once("open", resolve);
    socket.once("error", reject);
  });
  socket.on("error", () => undefined);
  return {
    socket,
    heard,
    closed,
    at: (scope) => heard.map((news) => news.at?.[scope]?.[0]).findLast((version) => version !== undefined),
    say: (what) => socket.send(typeof what === "string" ? what : JSON.stringify(what)),
  };
}
