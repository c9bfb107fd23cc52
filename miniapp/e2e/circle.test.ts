import { describe, expect, test } from "vitest";
import { follower, neighbour, publish, send, standing, write } from "./circle-kit.ts";
import { aCounty, open, pages, phonesOf, platforms, resident, secretary, zhuxi } from "./kit.ts";

/** What villagers say to one another and to the village, on phones in the field. */
const county = aCounty();

describe.each(platforms)("the circle on %s", (platform) => {
  const phones = phonesOf(platform, county);
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
    const [post] = await standing(county(), resident, words);
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
    expect(await standing(county(), neighbour, words)).toEqual([]);
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
    const { id } = (await standing(county(), resident, `河边装个栏杆 ${platform}`))[0] ?? {};
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
      const [post] = await standing(county(), phone, words);
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
    expect(await standing(county(), neighbour, words)).toEqual([]);
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
    expect(await standing(county(), neighbour, better)).toMatchObject([{ kind: "share" }]);
    expect(await standing(county(), neighbour, words)).toEqual([]);
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
