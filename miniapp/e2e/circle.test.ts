import type { MiniHost } from "@weimenhu/minihost";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startFront } from "./front.ts";
import { aCounty, open, pages, phonesOf, platforms, resident, secretary, zhuxi } from "./kit.ts";

/** What villagers say to one another and to the village, on phones in the field. */
const county = aCounty();
const neighbour = "19900000002";
const follower = "19900000004";
let front: Awaited<ReturnType<typeof startFront>>;
beforeAll(async () => {
  front = await startFront(county().world.url);
});
afterAll(() => front.close());

const write = async (host: MiniHost, kind: RegExp, text: string) => {
  await host.tap({ role: "radio", label: kind });
  await host.type({ label: /^内容/ }, text);
};
/** What stands in the village with these words, as this person may see it, once it was looked at. */
const standing = async (phone: string, words: string) => {
  await county().world.settle();
  const { items } = await (await county().as(phone)).circle.feed.query({ village: zhuxi.code, q: words });
  return items;
};
const arrived = (words: string) =>
  expect.poll(async () => (await standing(resident, words)).length, { timeout: 10_000 }).toBe(1);
const send = { role: "button", text: /^发布/ } as const;
const publish = { role: "link", text: "发布" } as const;
const pending = { role: "list", label: "待发送" } as const;

describe.each(platforms)("the circle on %s", (platform) => {
  const phones = phonesOf(platform, county);
  beforeEach(() => {
    front.heal();
  });

  test("a villager posts with two photos, a neighbour likes and answers, the author changes it and takes it away", async () => {
    const words = `路灯坏了 ${platform}`;
    const host = await phones.start({ as: resident, url: `/${pages.circle}` });
    await host.tap(publish);
    expect(host.route).toBe(pages.writePost);
    await write(host, /^求助/, words);
    await host.tap({ text: "加照片" });
    await host.tap({ text: "加照片" });
    expect(await host.texts()).toContain("照片已传好 2 / 2 张");
    await host.tap(send);
    expect(host.route).toBe(pages.post);
    expect(await host.texts()).toContain(words);
    const [post] = await standing(resident, words);
    expect(post?.photos).toHaveLength(2);

    const other = await phones.start({ as: neighbour, url: `/${pages.circle}` });
    expect(await other.texts()).toContain(words);
    expect(await other.texts()).toContain("认证村民");
    await open(other, `${pages.post}?id=${post?.id}`);
    await other.tap({ role: "button", text: "赞" });
    expect(await other.texts()).toContain("已赞 1");
    await other.type({ label: /^写评论/ }, "我家门口的也不亮");
    await other.tap({ role: "button", text: "发出评论" });
    expect(await other.texts()).toContain("评论 1");
    await other.tap({ label: /^回复：/ });
    await other.type({ label: /^写回复/ }, "补充：是三号灯");
    await other.tap({ role: "button", text: "发出回复" });
    expect(await other.texts()).toContain("补充：是三号灯");

    await open(host, `${pages.post}?id=${post?.id}`);
    expect(await host.texts()).toContain("我家门口的也不亮");
    await host.tap({ role: "button", label: "更多" });
    await host.tap({ text: /^修改/ });
    expect(host.route).toBe(pages.writePost);
    expect(await host.texts()).toContain("照片已传好 2 / 2 张");
    await host.type({ label: /^内容/ }, `${words}，三盏`);
    await host.tap({ text: "保存修改" });
    expect(host.route).toBe(pages.post);
    expect(await host.texts()).toContain(`${words}，三盏`);
    expect(await host.texts()).toContain("已编辑");
    await host.tap({ text: "看改以前的内容" });
    expect(await host.texts()).toContain("改掉的");
    await host.tap({ text: "关闭" });

    await host.tap({ role: "button", label: "更多" });
    await host.tap({ role: "button", text: "删除" });
    await host.tap({ role: "button", text: "删除" });
    expect(await host.texts()).toContain("这条内容已删除");
    expect(await standing(neighbour, words)).toEqual([]);
  });

  test("a post written without a network survives the end of the app and goes out once, with its photo", async () => {
    const words = `桥栏杆松了 ${platform}`;
    const host = await phones.start({ as: resident, url: `/${pages.writePost}?village=${zhuxi.code}` });
    host.network.offline = true;
    await write(host, /^求助/, words);
    await host.tap({ text: "加照片" });
    expect(await host.texts()).toContain("照片 1 没有传上");
    await host.tap(send);
    expect(host.route).toBe(pages.circle);
    expect(await host.texts()).toContain("待发送");
    expect(host.storage.get(`typed-post:${host.storage.get("person")}`)).toBeFalsy();

    const { storage, saved } = host;
    await host.stop();
    const later = await phones.start({ storage, saved, network: "none", url: `/${pages.circle}` });
    expect(await later.texts()).toContain(words);
    expect(await later.texts()).toContain("待发送");
    later.network.type = "wifi";
    later.network.offline = false;
    await later.tap({ text: "重试", within: pending });
    await arrived(words);
    expect((await standing(resident, words))[0]?.photos).toHaveLength(1);
    await later.waitFor(async () => !(await later.texts()).includes("待发送"), "nothing waits");
    expect(later.saved).toEqual([]);
  });

  test("a post whose answer was lost is still one post after the app ended", async () => {
    const words = `水管漏水 ${platform}`;
    const host = await phones.start({
      as: resident,
      url: `/${pages.writePost}?village=${zhuxi.code}`,
      server: front.url,
    });
    await write(host, /^求助/, words);
    front.lose("circle.post");
    await host.tap(send);
    expect(await host.texts()).toContain("待发送");
    const { storage, saved } = host;
    await host.stop();
    const later = await phones.start({ storage, saved, url: `/${pages.circle}` });
    await later.waitFor(async () => !(await later.texts()).includes("待发送"), "nothing waits");
    await arrived(words);
  });

  test("what one person wrote never goes out under the name of another on the same phone", async () => {
    const words = `替别人说话 ${platform}`;
    const host = await phones.start({ as: resident, url: `/${pages.writePost}?village=${zhuxi.code}` });
    host.network.offline = true;
    await write(host, /^闲聊/, words);
    await host.tap(send);
    const { storage, saved } = host;
    await host.stop();
    const { token } = await county().world.person({
      phone: neighbour,
      channel: platform,
      openid: `o-walk-${neighbour}`,
    });
    const later = await phones.start({ storage: { ...storage.all(), token }, saved, url: `/${pages.circle}` });
    expect(await later.texts()).not.toContain("待发送");
    expect(await standing(neighbour, words)).toEqual([]);
    expect(later.requests.filter(({ url }) => url.includes("circle.post"))).toEqual([]);
  });

  test("a post may call the village, unless it becomes a case and reaches it anyway", async () => {
    const host = await phones.start({ as: resident, url: `/${pages.writePost}?village=${zhuxi.code}` });
    const calls = { role: "checkbox", label: "@村里：请村干部来看" } as const;
    await host.tap({ role: "radio", label: /^求助/ });
    expect(await host.find(calls)).toBeNull();
    await write(host, /^建议/, `河边装个栏杆 ${platform}`);
    await host.tap(calls);
    await host.tap(send);
    expect(host.route).toBe(pages.post);
    const { id } = (await standing(resident, `河边装个栏杆 ${platform}`))[0] ?? {};
    const { items } = await (await county().as(secretary)).messages.inbox.query({});
    expect(items.filter(({ about }) => about.id === id).map(({ title }) => title)).toEqual(["有村民 @村里"]);
  });

  test("whom one does not want to see is in a list, and can be seen again", async () => {
    const words = `天天吵闹 ${platform}`;
    const { id } = await (await county().as(neighbour)).circle.post.mutate({
      key: crypto.randomUUID(),
      village: zhuxi.code,
      kind: "chat",
      text: words,
    });
    const host = await phones.start({ as: resident, url: `/${pages.post}?id=${id}` });
    await host.tap({ role: "button", label: "更多" });
    await host.tap({ role: "button", text: "不看这个人" });
    await host.tap({ role: "button", text: "不看了" });
    await open(host, pages.circle);
    expect(await host.texts()).not.toContain(words);
    await open(host, pages.me);
    await host.tap({ role: "link", text: "不看的人" });
    expect(host.route).toBe(pages.blocked);
    expect(await host.texts()).toContain("起不看");
    await host.tap({ role: "button", text: "恢复" });
    expect(await host.texts()).toMatch(/又能看到.+发的内容和评论了/);
    expect(await host.texts()).toContain("没有不看的人");
    await open(host, pages.circle);
    expect(await host.texts()).toContain(words);
  });

  test("without a network the village's talk and a post opened before are read again as of then; leaving takes them away", async () => {
    const words = `晒场借用 ${platform}`;
    const author = await phones.start({ as: resident, url: `/${pages.writePost}?village=${zhuxi.code}` });
    await write(author, /^分享/, words);
    await author.tap({ role: "radio", label: /^认证村民可见/ });
    await author.tap({ text: "加照片" });
    await author.tap(send);
    const id = (await standing(neighbour, words))[0]?.id ?? "";
    const host = await phones.start({ as: neighbour, url: `/${pages.circle}` });
    expect(await host.texts()).toContain(words);
    await open(host, `${pages.post}?id=${id}`);
    expect(await host.texts()).toContain(words);
    const { storage } = host;
    await host.stop();
    expect(JSON.stringify(storage.all())).not.toContain("sig=");

    const later = await phones.start({ storage, network: "none", url: `/${pages.circle}` });
    expect(await later.texts()).toContain(words);
    expect(await later.texts()).toContain("有 1 张照片，连上网以后能看");
    expect(await later.texts()).toContain("没有网络，看到的是以前保存的内容");
    await open(later, `${pages.post}?id=${id}`);
    expect(await later.texts()).toContain(words);
    expect(await later.texts()).toContain("没有更新成功");
    await open(later, `${pages.post}?id=${"0".repeat(26)}`);
    expect(await later.texts()).not.toContain(words);
    await later.stop();

    // On a network that hangs the last feed is there before any answer.
    const slow = await phones.start({ storage, url: `/${pages.home}` });
    slow.network.hold = true;
    await slow.tab("为村");
    expect(await slow.texts()).toContain(words);
    slow.network.release();

    await open(slow, pages.sessions);
    await slow.tap({ role: "button", text: "退出登录" });
    await slow.tap({ role: "button", text: "确定退出" });
    expect(JSON.stringify(slow.storage.all())).not.toContain(words);
  });

  test("a copy of what one may not see any more goes with the server's word, and nobody else on the phone sees it", async () => {
    const words = `要删的话 ${platform}`;
    const author = await county().as(resident);
    const { id } = await author.circle.post.mutate({
      key: crypto.randomUUID(),
      village: zhuxi.code,
      kind: "chat",
      text: words,
    });
    const host = await phones.start({ as: neighbour, url: `/${pages.circle}` });
    await open(host, `${pages.post}?id=${id}`);
    expect(await host.texts()).toContain(words);
    const { storage } = host;
    await host.stop();
    await (await county().as(secretary)).circle.decide.mutate({ id, pass: false, reason: "试" });

    const { token } = await county().world.person({ phone: follower, channel: platform, openid: `o-walk-${follower}` });
    const other = await phones.start({ storage: { ...storage.all(), token }, url: `/${pages.circle}` });
    expect(await other.texts()).not.toContain(words);
    expect(JSON.stringify(other.storage.all())).not.toContain(words);

    const later = await phones.start({ storage, url: `/${pages.post}?id=${id}` });
    expect(await later.texts()).not.toContain(words);
    await open(later, pages.circle);
    expect(await later.texts()).not.toContain(words);
    expect(JSON.stringify(later.storage.all())).not.toContain(words);
  });

  test("who hides is named to nobody but themselves", async () => {
    const words = `账目看不懂 ${platform}`;
    const host = await phones.start({ as: resident, url: `/${pages.writePost}?village=${zhuxi.code}` });
    await write(host, /^监督/, words);
    await host.tap({ role: "checkbox", label: "不让邻居知道是我发的" });
    await host.tap(send);
    expect(await host.texts()).toContain("邻居看不到您的名字");
    const me = (await (await county().as(resident)).account.me.query({})).me;
    for (const phone of [neighbour, secretary]) {
      const other = await phones.start({ as: phone, url: `/${pages.circle}` });
      const said = await other.texts();
      expect(said).toContain(words);
      expect(said).toContain("匿名村民");
      const [post] = await standing(phone, words);
      const whole = await (await county().as(phone)).circle.get.query({ id: post?.id ?? "" });
      expect(JSON.stringify([post, whole])).not.toContain(me?.id ?? "-");
      expect(JSON.stringify([post?.by, whole.by])).toContain("匿名村民");
    }
  });

  test("what cannot be posted says why at its field, and keeps what was typed", async () => {
    const host = await phones.start({ as: resident, url: `/${pages.writePost}?village=${zhuxi.code}` });
    await host.tap(send);
    const said = await host.texts();
    expect(said).toContain("请选一种");
    expect(said).toContain("请写几句话");
    await host.type({ label: /^内容/ }, "囍");
    await host.waitFor(async () => JSON.stringify(host.storage.all()).includes("囍"), "the word on the phone");
    await host.stop();

    const longer = JSON.stringify(host.storage.all()).replace("囍", `${"囍".repeat(2_000)}𠮷`);
    const later = await phones.start({ storage: JSON.parse(longer), url: `/${pages.writePost}?village=${zhuxi.code}` });
    expect(await later.texts()).toContain("多写了 1 个字，最多 2000 个字");
    await later.tap({ role: "radio", label: /^闲聊/ });
    await later.tap(send);
    expect(later.route).toBe(pages.writePost);
    expect((await later.find({ label: /^内容/ }))?.value).toHaveLength(2_002);
  });

  test("words that the platform finds dangerous reach nobody else; their author learns why, may appeal once, reads how that stands, and sends it put right", async () => {
    const { wechat, alipay } = county().world.outside;
    const words = `加微信返利${platform}`;
    wechat.control.judgeWords(words, "risky");
    alipay.control.judge(words, "block");
    const host = await phones.start({ as: resident, url: `/${pages.writePost}?village=${zhuxi.code}` });
    await write(host, /^分享/, words);
    await host.tap(send);
    expect(host.route).toBe(pages.post);
    expect(await host.texts()).toContain("没有通过审核，别人看不到");
    expect(await standing(neighbour, words)).toEqual([]);
    await host.tap({ text: "弄错了？申诉" });
    await host.type({ label: /^为什么应该让大家看到/ }, "是合作社的返利");
    await host.tap({ text: "提交申诉" });
    expect(await host.texts()).toContain("已经收到您的申诉");
    const { storage } = host;
    await host.stop();

    const [post] = (await (await county().as(resident)).circle.feed.query({ which: "mine", q: words })).items;
    const later = await phones.start({ storage, url: `/${pages.post}?id=${post?.id}` });
    expect(await later.texts()).toContain("已经收到您的申诉");
    expect(await later.find({ text: "弄错了？申诉" })).toBeNull();
    const decided = { id: post?.id ?? "", pass: false, reason: "返利不能发在这里" };
    await (await county().as(secretary)).circle.decide.mutate(decided);
    await open(later, `${pages.post}?id=${post?.id}`);
    expect(await later.texts()).toContain("没有同意您的申诉");
    expect(await later.texts()).toContain("返利不能发在这里");

    await later.tap({ text: "改好再发" });
    expect(later.route).toBe(pages.writePost);
    expect((await later.find({ label: /^内容/ }))?.value).toBe(words);
    const better = `合作社年底分红 ${platform}`;
    await later.type({ label: /^内容/ }, better);
    await later.tap(send);
    expect(later.route).toBe(pages.post);
    expect(await later.texts()).toContain("已发布");
    expect(await standing(neighbour, better)).toMatchObject([{ kind: "share" }]);
    expect(await standing(neighbour, words)).toEqual([]);
  });

  test("who only follows reads, and is told what must come first", async () => {
    const api = await county().as(resident);
    const { id } = await api.circle.post.mutate({
      key: crypto.randomUUID(),
      village: zhuxi.code,
      kind: "share",
      text: `桃子熟了 ${platform}`,
    });
    const host = await phones.start({ as: follower, url: `/${pages.circle}` });
    expect(await host.texts()).toContain(`桃子熟了 ${platform}`);
    expect(await host.find(publish)).toBeNull();
    await open(host, `${pages.post}?id=${id}`);
    expect(await host.texts()).toContain("认证成为竹溪村村民以后，就能评论");
    await host.tap({ role: "button", label: "更多" });
    await host.tap({ text: "举报" });
    await host.tap({ role: "radio", text: "广告、拉人" });
    await host.tap({ text: "提交举报" });
    expect(await host.texts()).toContain("已经收到您的举报");
  });
});
