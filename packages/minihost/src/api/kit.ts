import { GATED, requirePrivacy } from "../logic/privacy.ts";
import type { Phone } from "../phone.ts";
import type { Bag, Callable } from "../types.ts";
import { bag, isCallable, messageOf } from "../values.ts";

/** A failure with the platform's own fields: `errno` on WeChat, `error` on Alipay. */
export class Refused extends Error {
  readonly extra: Bag;
  constructor(message: string, extra: Bag = {}) {
    super(message);
    this.extra = extra;
  }
}

/** Builds platform functions that behave alike: recorded, mockable, answering with objects of the realm. */
export class Kit {
  readonly phone: Phone;

  constructor(phone: Phone) {
    this.phone = phone;
  }

  get wechat(): boolean {
    return this.phone.platform === "weapp";
  }

  /** An API with success / fail / complete, or a promise without them. Its answer never comes in the same tick. */
  later(name: string, work: (options: Bag) => unknown = () => ({})): Callable {
    this.phone.mockable.add(name);
    return (given: unknown) => {
      const options = bag(given);
      this.phone.record(name, options);
      const asked = [options.success, options.fail, options.complete].some(isCallable);
      const promise = new this.phone.realm.Promise<unknown>((resolve, reject) => {
        const end = this.phone.activity.begin();
        setTimeout(() => void this.#finish(name, work, options, resolve, reject).then(end), 0);
      });
      if (!asked) return promise;
      // The callbacks were told; the promise is nobody's.
      promise.catch(() => undefined);
      return undefined;
    };
  }

  /** An API that WeChat performs only straight from a tap, not after a wait. */
  fromTap(name: string, work: (options: Bag) => unknown): Callable {
    this.phone.mockable.add(name);
    return (given: unknown) => {
      const { tapping } = this.phone;
      const run = this.later(name, (options) => {
        if (!tapping) throw new Refused("can only be invoked by user TAP gesture.");
        return work(options);
      });
      return run(given);
    };
  }

  /** Several that only note that they were called. */
  noted(...names: string[]): Record<string, Callable> {
    return Object.fromEntries(names.map((name) => [name, this.later(name)]));
  }

  /** An API that answers at once. A throw reaches the bundle as an error of its realm. */
  now(name: string, work: Callable): Callable {
    this.phone.mockable.add(name);
    return (...args) => {
      const mock = this.phone.mocks.get(name);
      try {
        return this.phone.realm.adopt((mock ?? work)(...args));
      } catch (error) {
        throw this.phone.realm.error(`${name}:fail ${messageOf(error)}`);
      }
    };
  }

  /** `onX` and `offX`. */
  listen(...events: string[]): Record<string, Callable> {
    const { listeners } = this.phone;
    const pairs = events.flatMap(
      (event): Array<[string, Callable]> => [
        [`on${event}`, (callback) => listeners.on(event, callback)],
        [`off${event}`, (callback) => listeners.off(event, callback)],
      ],
    );
    return Object.fromEntries(pairs);
  }

  /** The platform's object for a failure. */
  failure(name: string, error: unknown): Bag {
    const message = messageOf(error);
    // Each platform numbers failures in a field of its own; a mock may give any field.
    const { errno, error: number, ...extra } = error instanceof Refused ? error.extra : {};
    const given = error instanceof Error ? {} : bag(error);
    if (!this.wechat) return { error: number ?? 3, errorMessage: message, ...extra, ...given };
    return { errMsg: `${name}:fail ${message}`, ...(errno === undefined ? {} : { errno }), ...extra, ...given };
  }

  /** The platform's object for a success. */
  success(name: string, answer: unknown): Bag {
    return this.wechat ? { errMsg: `${name}:ok`, ...bag(answer) } : { ...bag(answer) };
  }

  /** Tells callbacks; used by the functions that also hand out a task. */
  tell(options: Bag, outcome: "success" | "fail", detail: Bag): unknown {
    const adopted = this.phone.realm.adopt(detail);
    for (const name of [outcome, "complete"]) {
      const callback = options[name];
      if (isCallable(callback)) this.phone.guard(() => callback(adopted));
    }
    return adopted;
  }

  async #finish(
    name: string,
    work: (options: Bag) => unknown,
    options: Bag,
    resolve: Callable,
    reject: Callable,
  ): Promise<void> {
    try {
      if (this.wechat && GATED.has(name)) await requirePrivacy(this.phone, name);
      const answer = await (this.phone.mocks.get(name) ?? work)(options);
      resolve(this.tell(options, "success", this.success(name, answer)));
    } catch (error) {
      reject(this.tell(options, "fail", this.failure(name, error)));
    }
  }
}

/** The option as text; refuses anything else, as the platforms do. */
export function needText(options: Bag, name: string): string {
  const value = options[name];
  if (typeof value !== "string" || value === "") {
    throw new Refused(`parameter error: parameter.${name} should be String instead of ${typeof value}`, { error: 2 });
  }
  return value;
}

export const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
