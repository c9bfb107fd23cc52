import { chromiumView, type MiniHost, type Selector } from "@weimenhu/minihost";
import { describe, expect, test } from "vitest";
import { aCase, aCounty, open, pages, phonesOf, platforms, resident, secretary, zhuxi } from "./kit.ts";

/** Whoever speaks or raises something: gaps are named, words are kept, and what waits for them is in sight. */
const county = aCounty();
const follower = "19900000004";
const key = () => crypto.randomUUID();
const press = (text: string | RegExp) => ({ role: "button", text }) as const;
const value = async (host: MiniHost, label: RegExp) => (await host.find({ label }))?.value ?? "";
/** What is typed is kept a moment after the last letter. */
const kept = (host: MiniHost, words: string) =>
  host.waitFor(async () => JSON.stringify(host.storage.all()).includes(words), `"${words}" on the phone`);
const say = async (text: string, kind: "chat" | "help" = "chat") =>
  (await county().as(resident)).circle.post.mutate({ key: key(), village: zhuxi.code, kind, text });
const move = async (id: string, one: "start" | "finish", text: string) =>
  (await county().as(secretary)).cases.move.mutate({ id, key: key(), move: one, text });
async function seen(host: MiniHost, what: Selector): Promise<void> {
  await host.waitFor(async () => {
    const rect = (await host.find(what))?.rect;
    return rect !== undefined && rect.top >= 0 && rect.bottom <= 568;
  }, "the field on the screen");
}

describe.each(platforms)("an author on %s", (platform) => {
  const phones = phonesOf(platform, county);

  test("a post that is not whole leads to the first gap, and says beside the button what is missing", async () => {
    const { account } = await county().as(resident);
    await account.setElder.mutate({ elder: 1 });
    const host = await phones.start({
      as: resident,
      view: chromiumView({ width: 320, height: 568 }),
      url: `/${pages.writePost}?village=${zhuxi.code}`,
    });
    await host.tap(press(/^发布/));
    expect(await host.texts()).toContain("还没有填好：是什么事、内容");
    await seen(host, { role: "radio", label: /^求助/ });
    await host.tap({ role: "radio", label: /^求助/ });
    await host.tap(press(/^发布/));
    expect(await host.texts()).toContain("还没有填好：内容");
    await seen(host, { role: "textbox", label: /^内容/ });
    await account.setElder.mutate({ elder: 0 });
  });
});
