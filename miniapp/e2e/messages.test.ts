import { describe, expect, test } from "vitest";
import { aCounty, open, pages, phonesOf, platforms, resident, secretary, zhuxi } from "./kit.ts";

/** What a person is told: the inbox, the number on the tab, the phone's own sheet, and the way to what it is about. */
const county = aCounty();
const inbox = "features/messages/index";
const line = { role: "link", text: /有了答复/, nth: 0 } as const;

/** The resident asks for help and the secretary answers; nothing else is unread. */
async function answered(words: string): Promise<{ post: string; message: string }> {
  const { as, world } = county();
  const [author, office] = [await as(resident), await as(secretary)];
  await author.messages.readAll.mutate({});
  const { id } = await author.circle.post.mutate({
    key: crypto.randomUUID(),
    village: zhuxi.code,
    kind: "help",
    text: words,
  });
  await world.settle();
  await office.circle.reply.mutate({ id, key: crypto.randomUUID(), text: "马上处理" });
  const { items } = await author.messages.inbox.query({ limit: 1 });
  return { post: id, message: items[0]?.id ?? "" };
}
const unread = async () => (await (await county().as(resident)).messages.unread.query({})).unread;

describe.each(platforms)("messages on %s", (platform) => {
  const phones = phonesOf(platform, county);

  test("an answer is a number on the tab and a line in the inbox, which opens the post and is read then", async () => {
    const words = `水管漏水 ${platform}`;
    const { post } = await answered(words);
    const host = await phones.start({ as: resident, url: `/${pages.home}` });
    expect(host.tabs.at(-1)?.badge).toBe("1");
    await host.tab("我的");
    await host.tap({ role: "link", text: /^消息/ });
    expect(host.route).toBe(inbox);
    expect(await host.texts()).toContain("村里有了答复");
    expect(await host.texts()).toContain(`关于“${words}”：有了官方答复，点开看看`);
    expect(await host.texts()).toContain("未读");
    await host.tap(line);
    expect([host.route, host.query]).toEqual(["features/circle/post", { id: post }]);
    await host.back();
    expect(await host.texts()).not.toContain("未读");
    expect(await unread()).toBe(0);
    await host.back();
    expect(host.tabs.at(-1)?.badge).toBe("");
  });

  test("a notice on the phone opens the post itself; going back shows the inbox, where it is read", async () => {
    const { post, message } = await answered(`路灯不亮 ${platform}`);
    const host = await phones.start({ as: resident, url: `/${inbox}?to=post&id=${post}&message=${message}` });
    expect([host.route, host.query]).toEqual(["features/circle/post", { id: post }]);
    await host.back();
    expect(host.route).toBe(inbox);
    expect(await unread()).toBe(0);
    expect(await host.texts()).not.toContain("未读");
  });

  test("who is asked how it was done is led to where that is said, from the inbox and from the phone's own message", async () => {
    const { as } = county();
    const [author, office] = [await as(resident), await as(secretary)];
    const { post } = await answered(`井盖松了 ${platform}`);
    const file = (await author.circle.get.query({ id: post })).case?.id ?? "";
    const done = { id: file, key: crypto.randomUUID(), move: "finish" as const, text: "换好了" };
    await office.cases.move.mutate(done);
    const { items } = await author.messages.inbox.query({ limit: 1 });
    const host = await phones.start({ as: resident, url: `/${inbox}` });
    await host.tap({ role: "link", text: /请您确认办得怎么样/, nth: 0 });
    expect([host.route, host.query]).toEqual([pages.case, { id: file }]);
    expect(await host.find({ role: "button", text: "确认办结" })).not.toBeNull();
    const { about, id: message } = items[0] ?? { about: { page: "", id: "" }, id: "" };
    await open(host, `${inbox}?to=${about.page}&id=${about.id}&message=${message}`);
    expect([host.route, host.query]).toEqual([pages.case, { id: file }]);
  });

  test("all are marked read with one tap", async () => {
    await answered(`垃圾 ${platform}`);
    const host = await phones.start({ as: resident, url: `/${inbox}` });
    await host.tap({ text: "1 条未读，全部标为已读" });
    expect(await host.texts()).not.toContain("未读");
    expect(await unread()).toBe(0);
  });

  test("what was told can be read again without a network", async () => {
    const words = `断网 ${platform}`;
    await answered(words);
    const host = await phones.start({ as: resident, url: `/${inbox}` });
    expect(await host.texts()).toContain(words);
    const later = await phones.start({ storage: host.storage.all(), network: "none", url: `/${inbox}` });
    expect(await later.texts()).toContain(words);
    expect(await later.texts()).toContain("没有更新成功");
  });

  test("those in office are asked on their desk, for work", async () => {
    const host = await phones.start({ as: secretary, url: "/features/cases/desk" });
    await host.tap({ text: "有事要办时告诉我" });
    expect(host.callsOf("requestSubscribeMessage")).toHaveLength(1);
    expect(await host.texts()).toContain("好的，会给您发一条通知");
  });

  test("who reads nobody's inbox is led to the sign-in", async () => {
    const host = await phones.start({ url: `/${inbox}` });
    expect(await host.texts()).toContain("请先登录");
    expect(await host.texts()).not.toContain("有了答复");
  });

  test.each([
    ["accept", 1, "好的，会给您发一条通知"],
    ["reject", 0, "没有开通知"],
    ["off", 0, "没有开通知"],
  ] as const)("after a post the phone is asked, from a tap only: %s counts %i", async (says, counted, words) => {
    const author = await county().as(resident);
    const left = async (): Promise<number> => {
      const { json } = await author.account.export.query({});
      const kept = new RegExp(`"channel": "${platform}",\\s+"template": "progress",\\s+"remaining": (\\d+)`).exec(json);
      return Number(kept?.[1] ?? 0);
    };
    const before = await left();
    const subscribe = (ids: string[]) => (says === "off" ? says : Object.fromEntries(ids.map((id) => [id, says])));
    const host = await phones.start({ as: resident, url: `/${pages.circle}`, on: { subscribe } });
    await host.tap({ role: "link", text: "发布" });
    await host.tap({ role: "radio", label: /^求助/ });
    await host.type({ label: /^内容/ }, `有人吗 ${platform} ${says}`);
    await host.tap({ role: "button", text: /^发布/ });
    expect(host.callsOf("requestSubscribeMessage")).toEqual([]);
    await host.tap({ text: "有答复时告诉我" });
    expect(host.callsOf("requestSubscribeMessage")).toHaveLength(1);
    expect(await host.texts()).toContain(words);
    expect((await left()) - before).toBe(counted);
  });
});
