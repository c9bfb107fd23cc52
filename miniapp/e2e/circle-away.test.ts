import type { MiniHost } from "@weimenhu/minihost";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { arrived, follower, neighbour, pending, send, standing, write } from "./circle-kit.ts";
import { startFront } from "./front.ts";
import { aCounty, open, pages, phonesOf, platforms, resident, secretary, zhuxi } from "./kit.ts";

/** What is written where the network does not reach, and what of it a phone keeps, for whom. */
const county = aCounty();
let front: Awaited<ReturnType<typeof startFront>>;
beforeAll(async () => {
  front = await startFront(county().world.url);
});
afterAll(() => front.close());

describe.each(platforms)("the circle without a network on %s", (platform) => {
  const phones = phonesOf(platform, county);
  beforeEach(() => {
    front.heal();
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
    await arrived(county(), words);
    expect((await standing(county(), resident, words))[0]?.photos).toHaveLength(1);
    await later.waitFor(async () => !(await later.texts()).includes("待发送"), "nothing waits");
    expect(later.saved).toEqual([]);
  });

  test("a photo that the phone has lost meanwhile is named by its number, and the words stay", async () => {
    const words = `井盖没了 ${platform}`;
    const host = await phones.start({ as: resident, url: `/${pages.writePost}?village=${zhuxi.code}` });
    host.network.offline = true;
    await write(host, /^求助/, words);
    for (const _ of [1, 2]) await host.tap({ text: "加照片" });
    await host.tap(send);
    const { storage, saved } = host;
    await host.stop();
    const later = await phones.start({ storage, saved: saved.slice(0, 1), url: `/${pages.circle}` });
    await later.waitFor(
      async () => (await later.texts()).includes("照片 2：这张照片在手机上找不到了"),
      "what is wrong with which photo",
    );
    expect(await later.texts()).toContain(words);
    expect(await standing(county(), resident, words)).toEqual([]);
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
    await arrived(county(), words);
  });

  test("a comment whose answer was lost, and which its author then deleted, is said anew with one tap", async () => {
    const words = `谁家的羊 ${platform}`;
    const mine = await county().as(resident);
    const { id } = await mine.circle.post.mutate({
      ...{ key: crypto.randomUUID(), village: zhuxi.code, kind: "chat", text: `路上有羊 ${platform}` },
    });
    const host = await phones.start({ as: resident, url: `/${pages.post}?id=${id}`, server: front.url });
    await host.type({ label: /^写评论/ }, words);
    front.lose("circle.comment");
    await host.tap({ role: "button", text: "发出评论" });
    const { storage } = host;
    await host.stop();
    const [said] = (await mine.circle.get.query({ id })).discussion;
    expect(said?.text).toBe(words);
    await mine.circle.removeComment.mutate({ id: said?.id ?? "" });
    front.heal();
    const later = await phones.start({ storage, url: `/${pages.post}?id=${id}`, server: front.url });
    expect(await later.find({ label: /^写评论/ })).toMatchObject({ value: words });
    await later.tap({ role: "button", text: "发出评论" });
    const standing = (await mine.circle.get.query({ id })).discussion.filter(({ deleted }) => !deleted);
    expect(standing.map(({ text }) => text)).toEqual([words]);
    expect(await later.find({ label: /^写评论/ })).toMatchObject({ value: "" });
  });

  /** A post that was written without a network; its photo is on the way now, and is held there. */
  const onItsWay = async (words: string) => {
    const host = await phones.start({ as: resident, url: `/${pages.writePost}?village=${zhuxi.code}` });
    host.network.offline = true;
    await write(host, /^闲聊/, words);
    await host.tap({ text: "加照片" });
    await host.tap(send);
    await host.tap({ role: "button", text: "删除", within: pending });
    host.network.hold = "/media";
    host.network.offline = false;
    await host.waitFor(() => host.network.held > 0, "the photo on its way");
    await host.idle();
    return host;
  };
  const goesNowhere = async (host: MiniHost, words: string) => {
    host.network.release();
    await host.idle();
    expect(host.requests.filter(({ url }) => url.includes("circle.post"))).toEqual([]);
    expect(JSON.stringify(host.storage.all())).not.toContain(words);
    expect(await standing(county(), resident, words)).toEqual([]);
  };

  test("a post that is taken back while its photo is on the way stays taken back", async () => {
    const words = `不发了 ${platform}`;
    const host = await onItsWay(words);
    await host.tap({ role: "button", text: "删除" });
    expect(await host.texts()).not.toContain(words);
    await goesNowhere(host, words);
  });

  test("a post that is left behind by signing out while its photo is on the way goes nowhere", async () => {
    const words = `走了 ${platform}`;
    const host = await onItsWay(words);
    await open(host, pages.sessions);
    await host.tap({ role: "button", text: "退出登录" });
    await host.tap({ role: "button", text: "确定退出" });
    await goesNowhere(host, words);
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
    expect(await standing(county(), neighbour, words)).toEqual([]);
    expect(later.requests.filter(({ url }) => url.includes("circle.post"))).toEqual([]);
  });

  test("without a network the village's talk and a post opened before are read again as of then; leaving takes them away", async () => {
    const words = `晒场借用 ${platform}`;
    const author = await phones.start({ as: resident, url: `/${pages.writePost}?village=${zhuxi.code}` });
    await write(author, /^分享/, words);
    await author.tap({ role: "radio", label: /^认证村民可见/ });
    await author.tap({ text: "加照片" });
    await author.tap(send);
    const id = (await standing(county(), neighbour, words))[0]?.id ?? "";
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
});
