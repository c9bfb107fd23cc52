import type { ComponentSketch } from "../client/protocol.ts";
import { componentsOf } from "../compile/bundle.ts";
import type { Phone } from "../phone.ts";
import type { Bag } from "../types.ts";
import { bag, callIfThere, copy, isBag, isCallable } from "../values.ts";
import type { Stack } from "./stack.ts";

/** Loads a bundle's JavaScript: app, every page, every component. A throw in any of them is seen, opened or not. */
export class Application {
  readonly #phone: Phone;
  readonly #stack: Stack;
  readonly components = new Map<string, Bag>();
  #definition: Bag | undefined;

  constructor(phone: Phone, stack: Stack) {
    this.#phone = phone;
    this.#stack = stack;
    Object.assign(phone.realm.globals, {
      App: (definition: unknown) => {
        this.#definition = bag(definition);
      },
      Page: (definition: unknown) => this.#stack.define(this.#inModule("Page"), bag(definition)),
      Component: (definition: unknown) => void this.components.set(this.#inModule("Component"), bag(definition)),
      Behavior: (definition: unknown) => definition,
      getApp: () => phone.app,
      getCurrentPages: () => {
        const list = phone.realm.adopt([]);
        if (Array.isArray(list)) for (const page of stack.pages) list.push(page.instance);
        return list;
      },
    });
  }

  /** Runs the modules, makes the app object, and starts the view with everything that it needs to know. */
  async load(): Promise<void> {
    const { realm, bundle } = this.#phone;
    realm.require("app.js");
    if (!this.#definition) throw new Error("app.js did not call App()");
    const app: Bag = { ...this.#definition };
    for (const [name, value] of Object.entries(app)) if (isCallable(value)) app[name] = value.bind(app);
    this.#phone.app = app;
    for (const route of bundle.routes) realm.require(route);
    const sketches: Record<string, ComponentSketch> = {};
    this.#loadComponents("app", bundle.app, sketches);
    for (const route of bundle.routes) this.#loadComponents(route, bundle.configs[route] ?? {}, sketches);
    const { templates, styles, platform } = bundle;
    await this.#phone.view.call("init", { platform, templates, styles, components: sketches });
  }

  launch(): void {
    const { app, realm, launchOptions } = this.#phone;
    this.#phone.guard(() => callIfThere(app, "onLaunch", realm.adopt(launchOptions)));
    this.show();
  }
  show(): void {
    const { app, realm, enterOptions } = this.#phone;
    this.#phone.guard(() => callIfThere(app, "onShow", realm.adopt(enterOptions)));
    this.#phone.tell("AppShow", enterOptions);
  }
  hide(): void {
    this.#phone.guard(() => callIfThere(this.#phone.app, "onHide"));
    this.#phone.tell("AppHide");
  }

  #inModule(what: string): string {
    const { loading } = this.#phone.realm;
    if (loading === "") throw this.#phone.realm.error(`${what}() was called outside a module`);
    return loading;
  }

  #loadComponents(base: string, config: Bag, sketches: Record<string, ComponentSketch>): void {
    for (const path of Object.values(componentsOf(base, config))) {
      if (sketches[path]) continue;
      this.#phone.realm.require(path);
      const definition = this.components.get(path);
      if (!definition) throw new Error(`${path}.js did not call Component()`);
      const own = this.#phone.bundle.configs[path] ?? {};
      sketches[path] = sketchOf(definition, componentsOf(path, own));
      this.#loadComponents(path, own, sketches);
    }
  }
}

function sketchOf(definition: Bag, using: Record<string, string>): ComponentSketch {
  const methods = Object.entries(bag(definition.methods));
  return {
    using,
    properties: { ...fromProperties(bag(definition.properties)), ...fromProps(bag(definition.props)) },
    data: bag(copy(definition.data ?? {})),
    methods: methods.filter(([, value]) => isCallable(value)).map(([name]) => name),
    virtualHost: bag(definition.options).virtualHost === true,
  };
}

type Properties = ComponentSketch["properties"];

/** WeChat: a constructor, or { type, value }. The constructors belong to the realm, so only their names can be compared. */
function fromProperties(properties: Bag): Properties {
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => {
      const type = isBag(property) ? property.type : property;
      return [
        name,
        { type: isCallable(type) ? type.name : "", value: isBag(property) ? (copy(property.value) ?? null) : null },
      ];
    }),
  );
}

/** Alipay: default values, whose kind tells the type. */
function fromProps(props: Bag): Properties {
  return Object.fromEntries(
    Object.entries(props)
      .filter(([, value]) => !isCallable(value))
      .map(([name, value]) => [
        name,
        { type: typeof value === "string" ? "String" : "Object", value: copy(value) ?? null },
      ]),
  );
}
