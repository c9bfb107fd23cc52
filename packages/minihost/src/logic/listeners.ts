import type { Callable } from "../types.ts";
import { isCallable } from "../values.ts";

/** Events whose registration replaces the one before, as their documentation says: only the last listener is told. */
const LAST_WINS = new Set(["NeedPrivacyAuthorization"]);

/** Callbacks that a bundle registered with `on…`, by event. */
export class Listeners {
  #byEvent = new Map<string, Set<Callable>>();

  on(event: string, callback: unknown): void {
    if (!isCallable(callback)) return;
    const known = LAST_WINS.has(event) ? undefined : this.#byEvent.get(event);
    this.#byEvent.set(event, (known ?? new Set()).add(callback));
  }
  /** Without a callback all of the event's are removed, as on both platforms. */
  off(event: string, callback?: unknown): void {
    if (isCallable(callback)) this.#byEvent.get(event)?.delete(callback);
    else this.#byEvent.delete(event);
  }
  of(event: string): Callable[] {
    return [...(this.#byEvent.get(event) ?? [])];
  }
}
