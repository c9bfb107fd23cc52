/** Phones of two platforms and a browser on one county, and how one waits on a screen that nobody touches. */
import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import type { phonesOf } from "../../miniapp/e2e/kit.ts";
import type { Visit } from "./kit.ts";

type Phone = Awaited<ReturnType<ReturnType<typeof phonesOf>["start"]>>;

/** How far a case is, as a screen reader is told. */
const way = (state: string): RegExp => new RegExp(`^办理进度：${state}，`);

/** Waits until these words stand on a phone that nobody touches. */
export const appears = (phone: Phone, words: string): Promise<unknown> =>
  phone.waitFor(async () => (await phone.texts()).includes(words), words);
export const stands = (phone: Phone, state: string): Promise<unknown> =>
  phone.waitFor(async () => (await phone.findAll({ label: way(state) })).length > 0, state);
export const standsAt = (page: Page | Locator, state: string): Promise<void> =>
  page
    .getByRole("img", { name: way(state) })
    .filter({ visible: true })
    .first()
    .waitFor();

/** From now on nothing may be opened, loaded again or gone back to in this browser; ask in the end whether that was so. */
export function untouched({ page }: Visit): () => void {
  const went: string[] = [];
  page.on("framenavigated", (frame) => went.push(frame.url()));
  return () => expect(went).toEqual([]);
}

/** The secretary's end of a case that was shown with a photo. */
export async function finish(office: Phone, words: string): Promise<void> {
  await office.tap({ role: "radio", text: "办好了" });
  await office.type({ label: /^答复的话/ }, words);
  await office.tap({ text: "拍办好后的照片" });
  await office.tap({ role: "button", text: "发送：办好了" });
}
