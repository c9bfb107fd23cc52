export type NetworkType = "wifi" | "4g" | "3g" | "2g" | "none";

/** Tells how one exchange ends before, or after, it reached the server. */
export type Fate = "go" | "offline" | "drop" | "lose-answer";

/**
 * The phone's network, in the hands of the test. Setting `offline` or `type` tells the bundle (`onNetworkStatusChange`).
 *
 * `latencyMs` delays every exchange by real time; `hold` keeps exchanges waiting, without any clock, until `release()`.
 * While an exchange is delayed or held the host counts as idle, so the loading state can be looked at.
 * `dropNext` exchanges never reach the server; of `loseAnswers` exchanges the server does its work and the answer is lost:
 * that is the case that makes people pay twice. WebSockets are held and delayed likewise, break when the network changes
 * or goes, and are not counted by `held`, `dropNext` and `loseAnswers`; `MiniHost.dropSockets()` breaks them alone.
 */
export class Network {
  latencyMs = 0;
  dropNext = 0;
  loseAnswers = 0;
  /** All, or those whose address has these words. */
  hold: boolean | string = false;
  /** Set by the host while a WeChat app has been in the background for more than five seconds. */
  interrupted = false;
  #type: NetworkType = "wifi";
  #lastOnline: NetworkType = "wifi";
  #waiting: Array<() => void> = [];
  #sockets: Array<() => void> = [];
  #changed: (type: NetworkType) => void;

  constructor(changed: (type: NetworkType) => void) {
    this.#changed = changed;
  }

  get type(): NetworkType {
    return this.#type;
  }
  set type(next: NetworkType) {
    if (next === this.#type) return;
    this.#type = next;
    if (next !== "none") this.#lastOnline = next;
    this.#changed(next);
  }
  get offline(): boolean {
    return this.#type === "none";
  }
  set offline(off: boolean) {
    this.type = off ? "none" : this.#lastOnline;
  }

  /** Lets everything go that was held, and holds nothing more. */
  release(): void {
    this.hold = false;
    for (const go of [...this.#waiting.splice(0), ...this.#sockets.splice(0)]) go();
  }

  /** The fate of the next exchange; counts down `dropNext` and `loseAnswers`. */
  next(): Fate {
    if (this.offline) return "offline";
    if (this.dropNext > 0) {
      this.dropNext--;
      return "drop";
    }
    if (this.loseAnswers > 0) {
      this.loseAnswers--;
      return "lose-answer";
    }
    return "go";
  }

  /** How many exchanges are held now. */
  get held(): number {
    return this.#waiting.length;
  }

  /** Is there anything artificial to wait for? */
  get slow(): boolean {
    return this.hold !== false || this.latencyMs > 0;
  }

  /** Resolves when the exchange with this address may start. */
  async pass(url: string): Promise<void> {
    if (this.latencyMs > 0) await new Promise((go) => setTimeout(go, this.latencyMs));
    const held = typeof this.hold === "string" ? url.includes(this.hold) : this.hold;
    if (held) await new Promise<void>((go) => this.#waiting.push(go));
  }

  /** The same for what a WebSocket sends or hears: it does not count as a held exchange. */
  async passSocket(): Promise<void> {
    if (this.latencyMs > 0) await new Promise((go) => setTimeout(go, this.latencyMs));
    if (this.hold === true) await new Promise<void>((go) => this.#sockets.push(go));
  }
}
