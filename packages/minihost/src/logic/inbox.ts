import type { ViewMessage } from "../client/protocol.ts";
import type { Phone } from "../phone.ts";
import type { Bag, Callable } from "../types.ts";
import { bag, isCallable } from "../values.ts";
import type { Application } from "./application.ts";
import { setData } from "./data.ts";
import { answerOpenType } from "./open-type.ts";
import { callLifecycle } from "./page.ts";
import type { Stack } from "./stack.ts";

type Message<K extends ViewMessage["kind"]> = Extract<ViewMessage, { kind: K }>;

/** Takes what the view says to the bundle's code. */
export class Inbox {
  readonly #phone: Phone;
  readonly #stack: Stack;
  readonly #application: Application;
  readonly #instances = new Map<number, Bag>();

  constructor(phone: Phone, stack: Stack, application: Application) {
    this.#phone = phone;
    this.#stack = stack;
    this.#application = application;
  }

  take(message: ViewMessage): void {
    this.#phone.activity.touch();
    switch (message.kind) {
      case "error":
        return this.#phone.fail(`[view] ${message.message}`);
      case "warning":
        return this.#phone.log({ level: "warn", text: `[view] ${message.message}` });
      case "attached":
        return this.#attached(message);
      case "detached":
        return this.#detached(message);
      case "event":
        return this.#event(message);
      case "open-type":
        return answerOpenType(this.#phone, this.#stack, message);
      case "picture":
        return this.#noPicture(message.url);
      case "scroll":
        return this.#pageEvent(message.page, "onPageScroll", { scrollTop: message.top });
      case "bottom":
        return this.#pageEvent(message.page, "onReachBottom");
    }
  }

  /** What could not be fetched was told then; a file of the person's own may be no picture at all. */
  #noPicture(url: string): void {
    const { missing, files } = this.#phone;
    if (!missing.has(url) && !files.get(url)) this.#phone.fail(`picture ${url}: it cannot be drawn`);
  }

  #pageEvent(id: number, name: string, detail?: Bag): void {
    const page = this.#stack.find(id);
    if (page?.shown) callLifecycle(this.#phone, page, name, detail);
  }

  #attached({ page, component, path, data }: Message<"attached">): void {
    const definition = this.#application.components.get(path) ?? {};
    const held = this.#phone.realm.adopt(data);
    const instance: Bag = { data: held, properties: held, props: held, is: path, getPageId: () => `p${page}` };
    const route = this.#stack.find(page)?.route ?? "";
    instance.setData = (change: unknown, callback: unknown) =>
      setData(this.#phone, { page, route, component, instance }, change, callback);
    Object.assign(instance, bag(definition.methods));
    this.#instances.set(component, instance);
    this.#lifetime(definition, instance, ["attached"], ["attached", "didMount", "onInit"]);
  }

  #detached({ component, path }: Message<"detached">): void {
    const instance = this.#instances.get(component);
    this.#instances.delete(component);
    const definition = this.#application.components.get(path) ?? {};
    if (instance) this.#lifetime(definition, instance, ["detached"], ["detached", "didUnmount"]);
  }

  #lifetime(definition: Bag, instance: Bag, modern: string[], old: string[]): void {
    const lifetimes = bag(definition.lifetimes);
    const candidates: unknown[] = [...modern.map((name) => lifetimes[name]), ...old.map((name) => definition[name])];
    const found = candidates.find((candidate): candidate is Callable => isCallable(candidate));
    this.#phone.guard(() => found?.call(instance));
  }

  #event({ page, component, handler, event }: Message<"event">): void {
    const open = this.#stack.find(page);
    const instance = component === 0 ? open?.instance : this.#instances.get(component);
    // The page may have been closed while the finger was still down.
    if (!instance) return;
    const method = instance[handler];
    if (!isCallable(method)) return this.#phone.fail(`there is no handler "${handler}" on ${open?.route}`);
    this.#phone.tapping = event.type === "tap";
    this.#phone.guard(() => method.call(instance, this.#phone.realm.adopt(event)));
    this.#phone.tapping = false;
  }
}
