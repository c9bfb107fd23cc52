import type { Callable } from "../types.ts";
import { isCallable } from "../values.ts";
import type { Activity } from "./activity.ts";

/** A timer this short counts as work in progress: a test waits for it. */
const SOON = 100;

interface Timer {
  handle: ReturnType<typeof setTimeout>;
  once: boolean;
  work: () => void;
  /** Tells that it is no longer work in progress. */
  end: () => void;
}
interface TimerHooks {
  activity: Activity;
  guard(work: () => unknown): unknown;
}

/** The timers of a bundle. While the app is suspended none of them runs; what was due by then runs when it wakes. */
export class Timers {
  readonly #hooks: TimerHooks;
  readonly #timers = new Map<number, Timer>();
  readonly #due = new Set<number>();
  #last = 0;
  #asleep = false;
  #over = false;

  constructor(hooks: TimerHooks) {
    this.#hooks = hooks;
  }

  /** What stands in the bundle's global scope. */
  get functions(): Record<string, Callable> {
    const clear = (id: unknown) => this.#clear(Number(id));
    return {
      setTimeout: (work, delay, ...args) => this.#set(true, work, Number(delay) || 0, args),
      setInterval: (work, delay, ...args) => this.#set(false, work, Math.max(Number(delay) || 0, 4), args),
      clearTimeout: clear,
      clearInterval: clear,
    };
  }

  sleep(): void {
    this.#asleep = true;
  }
  wake(): void {
    this.#asleep = false;
    const due = [...this.#due];
    this.#due.clear();
    for (const id of due) this.#fire(id);
  }
  /** The app was ended: nothing of it runs any more. */
  end(): void {
    this.#over = true;
    for (const id of [...this.#timers.keys()]) this.#clear(id);
  }

  #set(once: boolean, work: unknown, wait: number, args: unknown[]): number {
    const id = ++this.#last;
    if (this.#over) return id;
    const counts = once && wait <= SOON;
    const handle = once ? setTimeout(() => this.#fire(id), wait) : setInterval(() => this.#fire(id), wait);
    if (!counts) handle.unref();
    const run = () => (isCallable(work) ? work(...args) : undefined);
    this.#timers.set(id, { handle, once, work: run, end: counts ? this.#hooks.activity.begin() : () => {} });
    return id;
  }

  #fire(id: number): void {
    const timer = this.#timers.get(id);
    if (!timer) return;
    if (this.#asleep) {
      this.#due.add(id);
      timer.end();
      return;
    }
    if (timer.once) this.#timers.delete(id);
    this.#hooks.activity.touch();
    this.#hooks.guard(timer.work);
    timer.end();
  }

  #clear(id: number): void {
    const timer = this.#timers.get(id);
    if (!timer) return;
    this.#timers.delete(id);
    this.#due.delete(id);
    clearTimeout(timer.handle);
    timer.end();
  }
}
