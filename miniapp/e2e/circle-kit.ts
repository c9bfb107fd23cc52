import type { MiniHost } from "@weimenhu/minihost";
import { expect } from "vitest";
import { type County, resident, zhuxi } from "./kit.ts";

/** How a villager writes, and how the village reads. */
export const neighbour = "19900000002";
export const follower = "19900000004";
export const write = async (host: MiniHost, kind: RegExp, text: string) => {
  await host.tap({ role: "radio", label: kind });
  await host.type({ label: /^内容/ }, text);
};

/** What stands in the village with these words, as this person may see it, once it was looked at. */
export const standing = async (county: County, phone: string, words: string) => {
  await county.world.settle();
  const { items } = await (await county.as(phone)).circle.feed.query({ village: zhuxi.code, q: words });
  return items;
};
export const arrived = (county: County, words: string) =>
  expect.poll(async () => (await standing(county, resident, words)).length, { timeout: 10_000 }).toBe(1);
export const send = { role: "button", text: /^发布/ } as const;
export const publish = { role: "link", text: "发布" } as const;
export const pending = { role: "list", label: "待发送" } as const;
