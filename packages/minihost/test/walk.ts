import { join } from "node:path";
import {
  type Answers,
  chromiumView,
  expectClean,
  jsdomView,
  MiniHost,
  type Platform,
  type StartOptions,
} from "../src/index.ts";
import type { View } from "../src/view/driver.ts";
import { sampleDist } from "./sample.ts";

export const PLATFORMS: Platform[] = ["weapp", "alipay"];
export const VIEWS: Record<string, () => View> = { jsdom: () => jsdomView(), chromium: () => chromiumView() };

/** Opens phones for one test and looks after them: at the end each is stopped and must be clean. */
export class Phones {
  readonly platform: Platform;
  readonly #view: () => View;
  readonly #origin: () => string;
  readonly #open = new Set<MiniHost>();

  constructor(platform: Platform, view: () => View, origin: () => string) {
    this.platform = platform;
    this.#view = view;
    this.#origin = origin;
  }

  async start(options: Partial<StartOptions> & { on?: Partial<Answers> } = {}): Promise<MiniHost> {
    const origin = this.#origin();
    const host = await MiniHost.start({
      dist: sampleDist(this.platform),
      platform: this.platform,
      view: this.#view(),
      allow: [origin],
      storage: { base: origin },
      ...options,
    });
    this.#open.add(host);
    return host;
  }

  /** For `afterEach`. */
  async putDown(): Promise<void> {
    const hosts = [...this.#open];
    this.#open.clear();
    for (const host of hosts) await host.stop();
    for (const host of hosts) expectClean(host);
  }
}

export const shot = (name: string) => join(import.meta.dirname, "..", ".screens", name);
