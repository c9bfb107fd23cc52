import { componentsOf } from "../compile/bundle.ts";
import type { Phone } from "../phone.ts";
import type { Bag, Callable } from "../types.ts";
import { bag, callIfThere, copy, isBag, isCallable } from "../values.ts";
import { setData } from "./data.ts";

/** A page that exists, in front or covered. */
export interface Page {
  id: number;
  route: string;
  query: Record<string, string>;
  config: Bag;
  title: string;
  instance: Bag;
  /** Whether the person sees it now: `onShow` was told and `onHide` not. */
  shown: boolean;
  opened: boolean;
}

/** Makes the page object that a bundle's `Page({...})` describes, with the methods that the platform adds. */
export function makePage(
  phone: Phone,
  id: number,
  route: string,
  query: Record<string, string>,
  definition: Bag,
): Page {
  const config: Bag = { ...bag(phone.bundle.app.window), ...phone.bundle.configs[route] };
  const instance: Bag = { ...definition };
  instance.data = phone.realm.adopt(copy(definition.data ?? {}));
  instance.route = route;
  instance.__route__ = route;
  instance.is = route;
  instance.options = phone.realm.adopt(query);
  instance.$viewId = id;
  instance.$id = id;
  instance.__wxWebviewId__ = id;
  const write = (data: unknown, callback: unknown) =>
    setData(phone, { page: id, route, component: 0, instance }, data, callback);
  instance.setData = write;
  instance.$spliceData = (changes: unknown, callback: unknown) => write(spliced(instance, changes), callback);
  instance.$batchedUpdates = (work: unknown) => (isCallable(work) ? work() : undefined);
  instance.selectComponent = () => null;
  instance.createSelectorQuery = () =>
    callIfThere(bag(phone.realm.globals.wx ?? phone.realm.globals.my), "createSelectorQuery");
  const title = String(config.navigationBarTitleText ?? config.defaultTitle ?? "");
  return { id, route, query, config, title, instance, shown: false, opened: false };
}

/** Draws the page in the view. Methods named on… are lifecycles, never handlers of a template. */
export async function drawPage(phone: Phone, page: Page): Promise<void> {
  const methods = Object.entries(page.instance)
    .filter(([name, value]) => isCallable(value) && !/^on[A-Z]/.test(name))
    .map(([name]) => name);
  await phone.view.call("openPage", {
    id: page.id,
    path: page.route,
    using: componentsOf(page.route, phone.bundle.configs[page.route] ?? {}),
    data: page.instance.data,
    methods,
  });
}

/** Finds a lifecycle; Alipay also keeps some below `events`. */
export function lifecycle(page: Page, name: string): Callable | undefined {
  const own = page.instance[name];
  if (isCallable(own)) return own;
  const event = bag(page.instance.events)[name];
  return isCallable(event) ? event : undefined;
}

export function callLifecycle(phone: Phone, page: Page, name: string, argument?: unknown): unknown {
  phone.activity.touch();
  const method = lifecycle(page, name);
  return method ? phone.guard(() => method.call(page.instance, phone.realm.adopt(argument))) : undefined;
}

/** Alipay's `$spliceData`: per path the arguments of `splice`. */
function spliced(instance: Bag, changes: unknown): Bag {
  const result: Bag = {};
  for (const [path, args] of Object.entries(bag(changes))) {
    let at: unknown = instance.data;
    for (const key of path.split(".")) at = isBag(at) ? at[key] : undefined;
    const list: unknown[] = Array.isArray(at) ? [...at] : [];
    if (Array.isArray(args)) list.splice(Number(args[0]), Number(args[1]), ...args.slice(2));
    result[path] = list;
  }
  return result;
}
