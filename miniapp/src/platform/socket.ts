import { livePath } from "@weimenhu/contract/live-wire";
import { addressOf } from "./env.ts";
import { watchNetwork } from "./network.ts";

type Wire = { send: (text: string) => void; close: () => void };
type Events = { open: () => void; text: (text: string) => void; closed: (code: number) => void };

/** Of `wx` and `my` alike, but for what a message and a sending look like. */
type Task = {
  onOpen(tell: () => void): void;
  onClose(tell: (why?: { code?: number }) => void): void;
  onError(tell: () => void): void;
  onMessage(tell: (message: { data: string | { data?: string } }) => void): void;
  send(message: { data: string; isBuffer?: false; fail(): void }): void;
  close(options: { code: number }): void;
};
type Connect = { url: string; multiple?: true; success(): void; fail(): void };
type Sockets = { connectSocket(options: Connect): Task | undefined };
declare const wx: Sockets;
declare const my: Sockets;

/** Opens the WebSocket of our own server. `closed` comes once, whatever ended it; a connection that cannot be had is closed too. */
export function openSocket(events: Events): Wire {
  let over = false;
  const end = (code: number) => {
    if (over) return;
    over = true;
    events.closed(code);
  };
  if (PLATFORM === "h5") {
    const socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}${livePath}`);
    socket.onopen = events.open;
    socket.onmessage = ({ data }) => events.text(String(data));
    socket.onclose = ({ code }) => end(code);
    // Closed while it opens, a browser prints a fault.
    const close = () => {
      if (socket.readyState === WebSocket.CONNECTING) socket.onopen = () => socket.close();
      else socket.close();
    };
    return { send: (text) => socket.send(text), close };
  } else {
    const url = addressOf(livePath).replace(/^http/, "ws");
    const given = { url, success: () => undefined, fail: () => end(0) };
    // Alipay's older libraries know one socket for the whole app and hand out none; there the pages ask now and then.
    const task = PLATFORM === "alipay" ? my.connectSocket({ ...given, multiple: true }) : wx.connectSocket(given);
    if (!task?.onOpen) {
      setTimeout(() => end(0), 0);
      return { send: () => undefined, close: () => undefined };
    }
    task.onOpen(events.open);
    task.onMessage(({ data }) => events.text(typeof data === "string" ? data : String(data.data)));
    task.onClose((why) => end(why?.code ?? 0));
    task.onError(() => end(0));
    return {
      send: (data) => task.send({ data, fail: () => end(0), ...(PLATFORM === "alipay" ? { isBuffer: false } : {}) }),
      close: () => task.close({ code: 1000 }),
    };
  }
}

/** Tells now, and at each change, whether it is worth keeping a connection: there is a network, and the app is in sight. */
export function watchReach(tell: (reachable: boolean) => void): void {
  let online = true;
  const told = () => tell(online && (PLATFORM !== "h5" || document.visibilityState !== "hidden"));
  watchNetwork((state) => {
    online = state;
    told();
  });
  if (PLATFORM === "h5") document.addEventListener("visibilitychange", told);
}
