import { chromiumView, type MiniHost, type Selector } from "@weimenhu/minihost";
import { describe, expect, test } from "vitest";
import { aCase, aCounty, open, pages, phonesOf, platforms, resident, secretary, taoping, zhuxi } from "./kit.ts";

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

  test("a comment is there after the app was ended, with whom it answers, and gone when it was sent", async () => {
    const { id } = await say(`聊聊 ${platform}`);
    const neighbour = await county().as("19900000002");
    await neighbour.circle.comment.mutate({ id, key: key(), text: "你好呀" });
    const url = `/${pages.post}?id=${id}`;
    const host = await phones.start({ as: resident, url });
    await host.tap({ role: "button", label: /^回复：/ });
    await host.type({ label: /^写回复/ }, `慢慢说 ${platform}`);
    await kept(host, `慢慢说 ${platform}`);
    const { storage } = host;
    await host.stop();
    const later = await phones.start({ storage, url });
    expect(await value(later, /^写回复/)).toBe(`慢慢说 ${platform}`);
    await later.tap(press("发出回复"));
    expect(JSON.stringify(later.storage.all())).not.toContain(`慢慢说 ${platform}`);
    const { discussion } = await neighbour.circle.get.query({ id });
    expect(discussion.map(({ text, under }) => [text, under === null])).toEqual([
      ["你好呀", true],
      [`慢慢说 ${platform}`, false],
    ]);
  });

  test("an answer to a comment that is gone is for nobody else before its writer says so", async () => {
    const { id } = await say(`渠水 ${platform}`);
    const neighbour = (await county().as("19900000002")).circle;
    const { discussion } = await neighbour.comment.mutate({ id, key: key(), text: `没有水 ${platform}` });
    const words = `只对你说 ${platform}`;
    const host = await phones.start({ as: resident, url: `/${pages.post}?id=${id}` });
    await host.tap({ role: "button", label: /^回复：/ });
    await host.type({ label: /^写回复/ }, words);
    await kept(host, words);
    const { storage } = host;
    await host.stop();
    for (const one of discussion) await neighbour.removeComment.mutate({ id: one.id });

    const later = await phones.start({ storage, url: `/${pages.post}?id=${id}` });
    expect(await value(later, /^写评论/)).toBe(words);
    expect(await later.texts()).toContain("您要回复的那条评论现在没有显示");
    expect(await later.find(press(/^发出/))).toBeNull();
    await later.tap(press("改成评论，发给大家看"));
    await later.tap(press("发出评论"));
    expect(await later.texts()).toContain(words);
    expect(await value(later, /^写评论/)).toBe("");
  });

  test("what an edit changed is there after the app was ended, and says so", async () => {
    const { id } = await say(`改一改 ${platform}`);
    const url = `/${pages.writePost}?id=${id}`;
    const host = await phones.start({ as: resident, url });
    await host.type({ label: /^内容/ }, `改成这样 ${platform}`);
    await kept(host, `改成这样 ${platform}`);
    const { storage } = host;
    await host.stop();
    const later = await phones.start({ storage, url });
    expect(await value(later, /^内容/)).toBe(`改成这样 ${platform}`);
    expect(await later.texts()).toContain("这是您上次没有保存的修改");
    await later.tap(press("保存修改"));
    expect(JSON.stringify(later.storage.all())).not.toContain(`edit:${id}`);
  });

  test("an edit keeps an emptied place and its photos too, and nothing once they stand as before", async () => {
    const { id } = await (await county().as(resident)).circle.post.mutate({
      ...{ key: key(), village: zhuxi.code, kind: "chat", text: `桥头 ${platform}`, place: "村口桥边" },
    });
    const url = `/${pages.writePost}?id=${id}`;
    const host = await phones.start({ as: resident, url });
    await host.type({ label: /^在哪里/ }, "");
    await host.tap(press("加照片"));
    expect(await host.texts()).toContain("照片已传好 1 / 1 张");
    await kept(host, `edit:${id}`);
    const { storage } = host;
    await host.stop();
    const later = await phones.start({ storage, url });
    expect(await value(later, /^在哪里/)).toBe("");
    expect(await later.texts()).toContain("照片已传好 1 / 1 张");
    await later.tap(press("保存修改"));
    const { place, photos } = await (await county().as(resident)).circle.get.query({ id });
    expect([place, photos.length]).toEqual([null, 1]);
    expect(JSON.stringify(later.storage.all())).not.toContain(`edit:${id}`);
    const again = await phones.start({ storage: later.storage, url });
    await again.type({ label: /^在哪里/ }, "桥上");
    await kept(again, `edit:${id}`);
    await again.type({ label: /^在哪里/ }, "");
    await again.waitFor(async () => !JSON.stringify(again.storage.all()).includes(`edit:${id}`), "nothing is kept");
  });

  test("what was typed for one village does not go to it unsaid when another is looked at", async () => {
    const words = `早稻收了 ${platform}`;
    const host = await phones.start({ as: resident, url: `/${pages.writePost}?village=${zhuxi.code}` });
    await host.type({ label: /^内容/ }, words);
    await kept(host, words);
    const { storage } = host;
    await host.stop();
    const later = await phones.start({ storage, url: `/${pages.writePost}?village=${taoping.code}` });
    expect(await value(later, /^内容/)).toBe(words);
    expect(await later.texts()).toContain("现在点“发布”，会发到竹溪村");
    await later.tap(press("改发到桃坪村"));
    expect(await later.texts()).not.toContain("现在点“发布”");
    expect(await later.find(press(/^发布/))).toBeNull();
  });

  test("the yes stands below what was done, and an edit that is refused raises nothing a second time", async () => {
    const id = await aCase(county(), `涵洞堵了 ${platform}`);
    const { subject } = await (await county().as(resident)).cases.get.query({ id });
    const post = subject.slice("post:".length);
    await move(id, "start", "去看");
    await move(id, "finish", `清干净了 ${platform}`);
    const host = await phones.start({ as: resident, url: `/${pages.case}?id=${id}` });
    const texts = await host.texts();
    expect(texts.indexOf(`清干净了 ${platform}`)).toBeLessThan(texts.indexOf("确认办结"));
    await (await county().as("19900000002")).circle.report.mutate({ id: post, why: "骂人" });
    await (await county().as(secretary)).circle.decide.mutate({ id: post, pass: false, reason: "请不要骂人" });
    await open(host, `${pages.post}?id=${post}`);
    expect(await host.texts()).toContain("反映的事照常办理，不用重新发");
    expect(await host.find(press("改好再发"))).toBeNull();
    await open(host, `${pages.writePost}?again=${post}`);
    expect(await host.texts()).toContain("这件事正在办理，不用重新发");
  });

  test("words typed into a sheet stand there again after 取消, for the author and for the village", async () => {
    const id = await aCase(county(), `路灯又不亮 ${platform}`);
    const desk = await phones.start({ as: secretary, url: `/${pages.case}?id=${id}` });
    await desk.tap(press("不予受理"));
    await desk.type({ label: /^写给发起人的话/ }, "归供电所管");
    await desk.tap(press("取消"));
    await desk.tap(press("不予受理"));
    expect(await value(desk, /^写给发起人的话/)).toBe("归供电所管");
    await move(id, "start", "去看");
    await move(id, "finish", "修好了");
    const author = await phones.start({ as: resident, url: `/${pages.case}?id=${id}` });
    await author.tap(press("还没解决（重开）"));
    await author.type({ label: /^哪里没解决/ }, "晚上还是黑的");
    await author.tap(press("取消"));
    await author.tap(press("还没解决（重开）"));
    expect(await value(author, /^哪里没解决/)).toBe("晚上还是黑的");
    await author.tap(press("确定重开"));
    expect(JSON.stringify(author.storage.all())).not.toContain("晚上还是黑的");
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

  test("while none is left the phone may be asked again beside what one waits for, and not while one is", async () => {
    const post = await say(`井盖松了 ${platform}`, "help");
    const file = `${pages.case}?id=${post.case?.id}`;
    await move(post.case?.id ?? "", "start", "去看");
    const again = "有结果时告诉我";
    const host = await phones.start({ as: resident, url: `/${pages.messages}` });
    expect(await host.texts()).toContain(again);
    await open(host, file);
    expect(await host.texts()).toContain(again);
    await open(host, `${pages.post}?id=${post.id}`);
    expect(host.callsOf("requestSubscribeMessage")).toEqual([]);
    await host.tap({ text: again });
    expect(await host.texts()).toContain("好的，会给您发一条通知");
    for (const page of [`${pages.post}?id=${post.id}`, file, pages.messages]) {
      await open(host, page);
      expect(await host.texts()).not.toContain(again);
    }
    const stranger = await phones.start({ as: "19900000002", url: `/${pages.post}?id=${post.id}` });
    expect(await stranger.texts()).not.toContain(again);
  });

  test("those in office are asked above the cases, and after an answer was sent", async () => {
    const words = `沟堵了 ${platform}`;
    const id = await aCase(county(), words);
    const offer = "有事要办时告诉我";
    const host = await phones.start({ as: secretary, url: `/${pages.cases}` });
    const page = await host.texts();
    expect(page).toContain(offer);
    expect(page.indexOf(offer)).toBeLessThan(page.indexOf(words));
    await open(host, `${pages.case}?id=${id}`);
    expect(await host.texts()).not.toContain(offer);
    await host.tap(press("发送：马上处理"));
    expect(await host.texts()).toContain(offer);
  });
});
