import { PhoneSocket, type SocketEvents, type SocketOrder } from "../sockets.ts";
import type { Bag, Callable } from "../types.ts";
import { bag, isCallable } from "../values.ts";
import { type Kit, Refused, texts } from "./kit.ts";
import { headersOf } from "./request.ts";

/** WeChat keeps five at once. */
const MOST = 5;

/** `wx.connectSocket`: the task is there at once, what becomes of it is told by its listeners. */
export function wechatSockets(kit: Kit): Record<string, Callable> {
  const connectSocket = (given: unknown) => {
    const options = bag(given);
    kit.phone.record("connectSocket", options);
    const task = taskOf(kit, (data) => ({ data }));
    attempt(kit, options, task.events, () => {
      if (kit.phone.sockets.size >= MOST) throw new Refused("exceed max task count", { errno: 600009 });
      task.socket = new PhoneSocket(kit.phone, orderOf(kit, options), task.events);
    });
    return task.face;
  };
  return { connectSocket };
}

/**
 * `my.connectSocket`: with `multiple` a task as on WeChat, whose messages lie one level deeper. Without it the app has one
 * socket, which tells everybody who listens on `my`.
 */
export function alipaySockets(kit: Kit): Record<string, Callable> {
  const { phone } = kit;
  let only: PhoneSocket | null = null;
  const everybody: SocketEvents = {
    open: () => phone.tell("SocketOpen", {}),
    message: (data) => phone.tell("SocketMessage", alipayData(data)),
    error: (errorMessage) => phone.tell("SocketError", { error: 2, errorMessage }),
    close: (code, reason) => {
      only = null;
      phone.tell("SocketClose", { code, reason });
    },
  };
  const connectSocket = (given: unknown) => {
    const options = bag(given);
    phone.record("connectSocket", options);
    if (options.multiple === true) {
      const task = taskOf(kit, (data) => ({ data: alipayData(data) }));
      attempt(kit, options, task.events, () => {
        task.socket = new PhoneSocket(phone, orderOf(kit, options), task.events);
      });
      return task.face;
    }
    attempt(kit, options, everybody, () => {
      if (only) throw new Refused("WebSocket 已存在", { error: 3 });
      only = new PhoneSocket(phone, orderOf(kit, options), everybody);
    });
    return undefined;
  };
  return {
    connectSocket,
    sendSocketMessage: kit.later("sendSocketMessage", ({ data }) => sendOn(only, data)),
    closeSocket: kit.later("closeSocket", ({ code, reason }) => closed(only, code, reason)),
    ...kit.listen("SocketOpen", "SocketMessage", "SocketError", "SocketClose"),
  };
}

const alipayData = (data: string | Uint8Array): Bag => ({ data, isBuffer: typeof data !== "string" });

/** The call itself is answered in a later tick; one that was refused also tells the task's listeners. */
function attempt(kit: Kit, options: Bag, events: SocketEvents, work: () => void): void {
  const end = kit.phone.activity.begin();
  let refusal: unknown = null;
  // Before anything of the connection itself is told.
  setTimeout(() => {
    if (refusal === null) {
      kit.tell(options, "success", kit.success("connectSocket", {}));
    } else {
      const failure = kit.failure("connectSocket", refusal);
      kit.tell(options, "fail", failure);
      events.error(String(failure.errMsg ?? failure.errorMessage));
    }
    end();
  }, 0);
  try {
    work();
  } catch (error) {
    refusal = error;
  }
}

function orderOf(kit: Kit, options: Bag): SocketOrder {
  const url = String(options.url);
  if (!/^wss?:\/\//.test(url) || !URL.canParse(url)) throw new Refused("invalid url", { error: 5 });
  if (!kit.phone.mayConnect(url)) throw new Refused("url not in domain list", { errno: 600002, error: 4 });
  return { url, headers: headersOf(options.header), protocols: texts(options.protocols) };
}

function taskOf(kit: Kit, message: (data: string | Uint8Array) => Bag) {
  const heard = new Map<string, Set<Callable>>();
  const tell = (event: string, detail: Bag) => {
    const adopted = kit.phone.realm.adopt(detail);
    for (const callback of [...(heard.get(event) ?? [])]) kit.phone.guard(() => callback(adopted));
  };
  const task: { socket: PhoneSocket | null; events: SocketEvents; face: Record<string, Callable> } = {
    socket: null,
    events: {
      open: () => tell("Open", { header: {} }),
      message: (data) => tell("Message", message(data)),
      error: (text) => tell("Error", kit.wechat ? { errMsg: text } : { error: 2, errorMessage: text }),
      close: (code, reason) => tell("Close", { code, reason }),
    },
    face: {
      send: kit.later("SocketTask.send", ({ data }) => sendOn(task.socket, data)),
      close: kit.later("SocketTask.close", ({ code, reason }) => closed(task.socket, code, reason)),
    },
  };
  for (const event of ["Open", "Message", "Error", "Close"]) {
    task.face[`on${event}`] = (callback) => {
      if (isCallable(callback)) heard.set(event, (heard.get(event) ?? new Set()).add(callback));
    };
    // WeChat's tasks forget nobody.
    if (!kit.wechat) task.face[`off${event}`] = (callback) => void heard.get(event)?.delete(callback as Callable);
  }
  return task;
}

function sendOn(socket: PhoneSocket | null, data: unknown): void {
  if (!socket?.ready) throw new Refused("socket is not connected", { error: 2 });
  if (typeof data !== "string" && !(data instanceof Object)) throw new Refused("data is missing", { error: 2 });
  socket.send(typeof data === "string" ? data : new Uint8Array(data as ArrayBuffer));
}

function closed(socket: PhoneSocket | null, code: unknown, reason: unknown): void {
  if (!socket) throw new Refused("socket is not connected", { error: 2 });
  socket.close(typeof code === "number" ? code : 1000, typeof reason === "string" ? reason : "");
}
