import type { Phone } from "../phone.ts";
import type { Bag, ShareCard } from "../types.ts";
import { bag } from "../values.ts";
import { lifecycle, type Page } from "./page.ts";

/** Asks a page for its share card; a page that does not share refuses, as its menu entry is grey on a phone. */
export async function shareCard(phone: Phone, page: Page, from: "menu" | "button", target?: Bag): Promise<ShareCard> {
  const method = lifecycle(page, "onShareAppMessage");
  if (!method) throw new Error(`${page.route} cannot be shared: it has no onShareAppMessage`);
  const asked = phone.realm.adopt({ from, ...(target ? { target } : {}) });
  const given = bag(phone.guard(() => method.call(page.instance, asked)));
  // WeChat waits for `promise` and takes its values where they exist.
  const { title, path, imageUrl, desc } = { ...given, ...bag(await given.promise) };
  return {
    title: String(title ?? desc ?? page.title),
    path: String(path ?? `/${page.route}`),
    imageUrl: String(imageUrl ?? ""),
    from,
  };
}
