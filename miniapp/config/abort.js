/** AbortController for phones without one: what tRPC and axios use of it. */
export class AbortSignal {
  constructor() {
    this.aborted = false;
    this.reason = undefined;
    this.onabort = null;
    this.listeners = new Set();
  }
  addEventListener(_type, listener) {
    this.listeners.add(listener);
  }
  removeEventListener(_type, listener) {
    this.listeners.delete(listener);
  }
  throwIfAborted() {
    if (this.aborted) throw this.reason;
  }
  fire(reason) {
    if (this.aborted) return;
    this.aborted = true;
    this.reason = reason ?? Object.assign(new Error("AbortError"), { name: "AbortError" });
    this.onabort?.();
    for (const listener of [...this.listeners]) listener();
    this.listeners.clear();
  }
}

export class AbortController {
  constructor() {
    this.signal = new AbortSignal();
  }
  abort(reason) {
    this.signal.fire(reason);
  }
}
