import { WebSocket } from "ws";
import type { Phone } from "./phone.ts";
import type { SocketRecord } from "./types.ts";
import { messageOf } from "./values.ts";

/** What a socket tells its owner; `close` comes once, and is the last. */
export interface SocketEvents {
  open(): void;
  message(data: string | Uint8Array): void;
  error(message: string): void;
  close(code: number, reason: string): void;
}
export interface SocketOrder {
  url: string;
  headers: Record<string, string>;
  protocols: string[];
}

/** Nothing more was heard: neither side said good-bye. */
const LOST = 1006;

/** One WebSocket of a phone, over its network: a real connection with everything that can happen to it there. */
export class PhoneSocket {
  readonly #phone: Phone;
  readonly #events: SocketEvents;
  readonly #record: SocketRecord;
  /** What comes and goes keeps its order, also while it is held. */
  #line: Promise<void> = Promise.resolve();
  #wire: WebSocket | null = null;
  #over = false;

  constructor(phone: Phone, order: SocketOrder, events: SocketEvents) {
    this.#phone = phone;
    this.#events = events;
    this.#record = { ...order, state: "connecting", sent: [], received: [], code: 0 };
    phone.socketRecords.push(this.#record);
    phone.sockets.add(this);
    void this.#connect(order);
  }

  get ready(): boolean {
    return this.#record.state === "open";
  }

  send(data: string | Uint8Array): void {
    this.#record.sent.push(typeof data === "string" ? data : `${data.byteLength} bytes`);
    void this.#next(() => this.#wire?.send(data));
  }

  close(code: number, reason: string): void {
    // Said to the app at once; the other side answers in its own time.
    if (this.#wire?.readyState === WebSocket.OPEN) this.#wire.close(code, reason);
    else this.#wire?.terminate();
    this.#end(code, reason);
  }

  /** The connection is gone, without a word to either side. */
  cut(message: string): void {
    this.#wire?.terminate();
    this.#fail(message);
  }

  /** Nobody is there any more to be told. */
  abandon(): void {
    this.#over = true;
    this.#wire?.terminate();
    this.#phone.sockets.delete(this);
  }

  async #connect({ url, headers, protocols }: SocketOrder): Promise<void> {
    const { network, activity } = this.#phone;
    // Not in the same tick: the app must be able to listen first.
    const begun = activity.begin();
    await new Promise((go) => setTimeout(go, 0));
    if (network.interrupted) return this.#refuse("interrupted", begun);
    if (network.offline) return this.#refuse("net::ERR_INTERNET_DISCONNECTED", begun);
    begun();
    await network.passSocket();
    if (this.#over) return;
    const end = activity.begin();
    const wire = new WebSocket(this.#phone.addressOf(url), protocols, { headers, perMessageDeflate: false });
    this.#wire = wire;
    wire.on("open", () => this.#next(() => this.#opened()).then(end));
    wire.on("message", (data, isBinary) => {
      const bytes = Buffer.isBuffer(data) ? data : Buffer.from(data as ArrayBuffer);
      void this.#next(() => this.#heard(isBinary ? bytes : bytes.toString("utf8")));
    });
    wire.on("error", (error) => this.#next(() => this.#fail(messageOf(error))).then(end));
    wire.on("close", (code, reason) => this.#next(() => this.#end(code, reason.toString("utf8"))).then(end));
  }

  #refuse(message: string, begun: () => void): void {
    this.#fail(message);
    begun();
  }

  /** In line, and not before the network lets it pass. */
  #next(work: () => void): Promise<void> {
    this.#line = this.#line.then(async () => {
      await this.#phone.network.passSocket();
      work();
    });
    return this.#line;
  }

  #opened(): void {
    if (this.#over) return;
    this.#record.state = "open";
    this.#phone.activity.touch();
    this.#events.open();
  }

  #heard(data: string | Uint8Array): void {
    if (this.#over) return;
    this.#record.received.push(typeof data === "string" ? data : `${data.byteLength} bytes`);
    this.#phone.activity.touch();
    this.#events.message(data);
  }

  #fail(message: string): void {
    if (this.#over) return;
    this.#events.error(message);
    this.#end(LOST, message);
  }

  #end(code: number, reason: string): void {
    if (this.#over) return;
    this.#over = true;
    this.#record.state = "closed";
    this.#record.code = code;
    this.#phone.sockets.delete(this);
    this.#phone.activity.touch();
    this.#events.close(code, reason);
  }
}
