import { existsSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { type Context, createContext, runInContext } from "node:vm";
import type { Bag, LogLine, Platform } from "../types.ts";
import { describe, isCallable } from "../values.ts";
import type { Activity } from "./activity.ts";
import { Timers } from "./timers.ts";

/** JavaScript that many phones in use do not have, so a bundle that needs it must bring it. */
const TOO_NEW = `
  for (const name of ["WebAssembly", "SharedArrayBuffer", "Atomics", "Intl", "WeakRef", "FinalizationRegistry", "AggregateError",
    "Iterator", "AsyncDisposableStack", "DisposableStack", "SuppressedError", "Float16Array"]) delete globalThis[name];
  const drop = (from, names) => { for (const name of names) delete from[name]; };
  drop(Array, ["fromAsync"]);
  drop(Array.prototype, ["at", "findLast", "findLastIndex", "toReversed", "toSorted", "toSpliced", "with"]);
  drop(Object.getPrototypeOf(Int8Array).prototype, ["at", "findLast", "findLastIndex", "toReversed", "toSorted", "with"]);
  drop(Object, ["hasOwn", "groupBy"]);
  drop(Map, ["groupBy"]);
  drop(Set.prototype, ["union", "intersection", "difference", "symmetricDifference", "isSubsetOf", "isSupersetOf", "isDisjointFrom"]);
  drop(Promise, ["any", "withResolvers", "try"]);
  drop(String.prototype, ["at", "replaceAll", "isWellFormed", "toWellFormed"]);
  drop(RegExp, ["escape"]);
  drop(Error, ["isError", "captureStackTrace"]);
  // Without the data of places these say the same everywhere, whatever place they are asked for.
  const plain = (of, from, to) => { of.prototype[from] = { [from]() { return of.prototype[to].call(this); } }[from]; };
  plain(Number, "toLocaleString", "toString");
  for (const part of ["", "Date", "Time"]) plain(Date, "toLocale" + part + "String", "to" + part + "String");
  String.prototype.localeCompare = function localeCompare(that) {
    const [one, other] = [String(this), String(that)];
    return one < other ? -1 : one > other ? 1 : 0;
  };`;

/** A folder of the bundle, its platform, and the roots of its sub-packages. */
export interface RealmSource {
  dist: string;
  platform: Platform;
  roots: readonly string[];
}

export interface RealmHooks {
  activity: Activity;
  /** Runs a callback of the bundle; a throw becomes the host's error. */
  guard(work: () => unknown): unknown;
  log(line: LogLine): void;
}

/**
 * The logic thread: a realm that has ECMAScript and what the platforms put there, and nothing else. No DOM, no `eval`, no
 * `URL`, `fetch`, `AbortController`, `TextEncoder`, `Intl`, no languages of places. It keeps honest bundles honest; it is no wall against evil ones.
 */
export class Realm {
  readonly globals: Bag;
  readonly Promise: PromiseConstructor;
  readonly #context: Context;
  readonly #dist: string;
  readonly #roots: readonly string[];
  /** `setTimeout` and `setInterval` of the bundle. */
  readonly timers: Timers;
  readonly #modules = new Map<string, { exports: unknown }>();
  readonly #make: {
    object(): Bag;
    list(): unknown[];
    buffer(size: number): ArrayBuffer;
    error(message: string): Error;
  };
  #loading = "";

  constructor({ dist, platform, roots }: RealmSource, hooks: RealmHooks) {
    this.#dist = dist;
    this.#roots = roots;
    this.timers = new Timers(hooks);
    this.globals = { console: consoleFor(hooks), ...this.timers.functions };
    this.globals.global = this.globals;
    this.#context = createContext(this.globals, { codeGeneration: { strings: false, wasm: false } });
    runInContext(TOO_NEW, this.#context);
    this.Promise = runInContext("Promise", this.#context);
    this.#make = runInContext(
      "({ object: () => ({}), list: () => [], buffer: (size) => new ArrayBuffer(size), error: (message) => new Error(message) })",
      this.#context,
    );
    // Alipay gives its service a worker-like navigator, and Taro's runtime reads it while loading.
    if (platform === "alipay") {
      this.globals.navigator = this.adopt({ userAgent: "", swuserAgent: "Mozilla/5.0 AlipayClient/10.5.0 MiniHost" });
    }
  }

  /** Path without ending of the module that runs now, "" when none does. */
  get loading(): string {
    return this.#loading;
  }

  error(message: string): Error {
    return this.#make.error(message);
  }

  /** A copy made of this realm's own objects, as the platform would hand over; functions pass as they are. */
  adopt(value: unknown): unknown {
    if (typeof value !== "object" || value === null) return value;
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
      const bytes =
        value instanceof ArrayBuffer
          ? new Uint8Array(value)
          : new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
      const buffer = this.#make.buffer(bytes.byteLength);
      new Uint8Array(buffer).set(bytes);
      return buffer;
    }
    if (Array.isArray(value)) {
      const list = this.#make.list();
      for (const item of value) list.push(this.adopt(item));
      return list;
    }
    const object = this.#make.object();
    for (const [key, item] of Object.entries(value)) object[key] = this.adopt(item);
    return object;
  }

  /** Loads a file of the bundle once, as `require` does there. Paths are from the bundle's root. */
  require(path: string): unknown {
    const file = path.endsWith(".js") ? path : `${path}.js`;
    const known = this.#modules.get(file);
    if (known) return known.exports;
    const onDisk = join(this.#dist, file);
    if (file.startsWith("..") || !existsSync(onDisk)) throw this.error(`module '${file}' is not defined`);
    const module: { exports: unknown } = { exports: this.#make.object() };
    this.#modules.set(file, module);
    const source = `(function (require, module, exports) {${readFileSync(onDisk, "utf8")}\n})`;
    const load: unknown = runInContext(source, this.#context, { filename: file });
    const before = this.#loading;
    this.#loading = file.slice(0, -3);
    try {
      if (isCallable(load)) load((target: unknown) => this.#requireFrom(file, String(target)), module, module.exports);
    } finally {
      this.#loading = before;
    }
    return module.exports;
  }

  #requireFrom(from: string, target: string): unknown {
    if (!/^[./]/.test(target)) throw this.error(`module '${target}' is not defined`);
    const path = target.startsWith("/") ? target.slice(1) : posix.join(posix.dirname(from), target);
    // A sub-package may not have been fetched yet: only its own files reach into it.
    const root = this.#roots.find((one) => path.startsWith(`${one}/`));
    if (root !== undefined && !from.startsWith(`${root}/`)) throw this.error(`module '${path}' is not defined`);
    return this.require(path);
  }
}

function consoleFor({ log }: RealmHooks): Bag {
  const levels: Array<LogLine["level"]> = ["log", "info", "warn", "error", "debug"];
  const line =
    (level: LogLine["level"]) =>
    (...parts: unknown[]) =>
      log({ level, text: parts.map((part) => (typeof part === "string" ? part : describe(part))).join(" ") });
  return { ...Object.fromEntries(levels.map((level) => [level, line(level)])), group() {}, groupEnd() {} };
}
