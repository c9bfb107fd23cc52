import { EventEmitter } from "node:events";
import { expect, test, vi } from "vitest";
import type { WebSocket } from "ws";
import { LiveHub } from "./live-hub.ts";
import { LiveSocket } from "./live-socket.ts";

/** What a connection of `ws` is to us, with a reader as slow as the test wants. */
function connection() {
  const socket = Object.assign(new EventEmitter(), {
    OPEN: 1 as const,
    readyState: 1,
    bufferedAmount: 0,
    send: vi.fn<(text: string) => void>(),
    ping: vi.fn<() => void>(),
    close: vi.fn<(code: number) => void>(),
    terminate: vi.fn<() => void>(),
  });
  const hub = new LiveHub({ rows: async () => [] });
  const one = new LiveSocket(socket as EventEmitter as WebSocket, {
    hub,
    scopes: {},
    resolveCaller: async () => null,
    cookie: () => null,
    tooOld: (client) => client.startsWith("weapp/0."),
    turn: (work) => work(),
    onFault: () => undefined,
    onNews: () => undefined,
  });
  return { socket, one };
}

test("a reader who lets 64 KB lie unread is cut off, and nothing more is laid on the pile", () => {
  const { socket, one } = connection();
  one.beat();
  expect(socket.send).toHaveBeenCalledWith("{}");
  socket.emit("pong");
  socket.bufferedAmount = 64 * 1024 + 1;
  one.beat();
  expect(socket.send).toHaveBeenCalledTimes(1);
  expect(socket.terminate).toHaveBeenCalledTimes(1);
});

test("who does not answer one sign of life is cut off at the next", () => {
  const { socket, one } = connection();
  one.beat();
  expect(socket.terminate).not.toHaveBeenCalled();
  one.beat();
  expect(socket.terminate).toHaveBeenCalledTimes(1);
});

test("a client that is too old to be served is sent away", () => {
  const { socket } = connection();
  socket.emit("message", Buffer.from(JSON.stringify({ client: "weapp/0.9.0", scopes: [] })), false);
  expect(socket.close).toHaveBeenCalledWith(1008);
});
