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

  test("home shows the case that waits for its author's yes and what was not read, and leads there", async () => {
    const id = await aCase(county(), `水管漏水 ${platform}`);
    await move(id, "start", "去看");
    await move(id, "finish", "修好了");
    const host = await phones.start({ as: resident, url: `/${pages.home}` });
    expect(await host.texts()).toMatch(/有 \d+ 条消息没有看/);
    await host.tap({ label: /^去确认/ });
    expect([host.route, host.query]).toEqual([pages.case, { id }]);
    await host.back();
    await host.tap({ label: /^去看：有/ });
    expect(host.route).toBe(pages.messages);
    const nobody = await phones.start({ as: follower, url: `/${pages.home}` });
    expect(await nobody.texts()).not.toContain("请您确认");
  });

  test("我的 leads to what one has said, also when the village stood there before", async () => {
    const words = `别人说的 ${platform}`;
    const api = await county().as("19900000002");
    await api.circle.post.mutate({ key: key(), village: zhuxi.code, kind: "chat", text: words });
    const host = await phones.start({ as: resident, url: `/${pages.circle}` });
    expect(await host.texts()).toContain(words);
    await host.tab("我的");
    await host.tap({ role: "link", text: "我发的和反映的" });
    expect(host.route).toBe(pages.circle);
    expect(await host.texts()).not.toContain(words);
    expect((await host.find({ role: "radio", text: "我的" }))?.checked).toBe(true);
  });
});
