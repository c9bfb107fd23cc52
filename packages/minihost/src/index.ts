/** Runs built WeChat and Alipay mini-programs without a vendor's tool. See the README for what it proves and what not. */

export { expectClean } from "./clean.ts";
export { officialSyntax } from "./compile/official.ts";
export { MiniHost, type StartOptions } from "./host.ts";
export { Network, type NetworkType } from "./network.ts";
export { Storage } from "./storage.ts";
export type * from "./types.ts";
export { chromiumView } from "./view/chromium.ts";
export type { View } from "./view/driver.ts";
export { jsdomView } from "./view/jsdom.ts";
