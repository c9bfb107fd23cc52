import { chromiumView, type MiniHost, type Selector } from "@weimenhu/minihost";
import { describe, expect, test } from "vitest";
import { aCounty, committee, open, pages, phonesOf, platforms, secretary, taoping, zhuxi } from "./kit.ts";
import { published } from "./people.ts";

/** What went wrong is put right where it went wrong: retries, refused forms, stuck photos, a network that comes back. */
const county = aCounty();

describe.each(platforms)("trouble on %s", (platform) => {
  const at = platform === "weapp" ? 0 : 1;
  const phones = phonesOf(platform, county);

  test("a lost move is made by 重试, with the words that stand there now, and the page says that it is done", async () => {
    const words = [{ t: "p" as const, c: [{ t: "text" as const, v: "周六放电影" }] }];
    const id = await published(county(), `放电影 ${platform}`, words);
    const host = await phones.start({ as: secretary, url: `/${pages.deskNotice}?id=${id}` });
    await host.tap({ role: "button", text: "撤回公告" });
    await host.type({ label: /^理由/ }, "写错了");
    host.network.dropNext = 1;
    await host.tap({ role: "button", text: "确定撤回公告" });
    expect(await host.texts()).toContain("没有连上网络");
    await host.type({ label: /^理由/ }, "时间改到周日");
    await host.tap({ role: "button", text: "重试" });
    expect(await host.find({ role: "dialog" })).toBeNull();
    expect(await host.texts()).toContain("已撤回公告");
    expect((await county().world.anybody().notices.get.query({ id })).withdrawn?.reason).toBe("时间改到周日");
  });

  test("a home village that was lost on the way is set by 重试, and shown as set", async () => {
    const phone = `1990000075${at}`;
    const api = await county().as(phone);
    for (const { code } of [zhuxi, taoping]) await api.regions.follow.mutate({ code });
    await api.regions.setHome.mutate({ code: zhuxi.code });
    const host = await phones.start({ as: phone, url: `/${pages.me}` });
    await open(host, pages.region);
    await host.tap({ role: "button", text: /^桃坪村/, nth: 0 });
    await open(host, pages.region);
    host.network.dropNext = 1;
    await host.tap({ role: "button", text: "把桃坪村设为家乡村" });
    await host.tap({ role: "button", text: "重试" });
    expect(await host.text({ role: "button", text: /^桃坪村/, nth: 0 })).toContain("家乡村");
    expect(await host.texts()).not.toContain("把桃坪村设为家乡村");
  });

  test.each([0, 2] as const)(
    "a form that is not filled in leads to the first gap, and says beside the button what is missing (edition %i)",
    async (edition) => {
      const view = () => chromiumView({ width: 320, height: 568 });
      await (await county().as(secretary)).account.setElder.mutate({ elder: edition });
      const host = await phones.start({ as: secretary, view: view(), url: `/${pages.verify}?region=${taoping.code}` });
      await press(host, { role: "button", text: "提交申请" });
      expect(await host.texts()).toContain("还没有填好：姓名、身份证号、村民小组、同意核对");
      await seen(host, { role: "textbox", label: /^姓名/ });
      await host.type({ role: "textbox", label: /^姓名/ }, "王小雨");
      await press(host, { role: "button", text: "提交申请" });
      expect(await host.texts()).toContain("还没有填好：身份证号、村民小组、同意核对");
      await seen(host, { role: "textbox", label: /^身份证号/ });

      await open(host, pages.compose);
      await host.type({ role: "textbox", label: /^内容/ }, "一行\n".repeat(12));
      await press(host, { role: "button", text: "提交审核" });
      expect(await host.texts()).toContain("还没有填好：标题");
      await seen(host, { role: "textbox", label: /^标题/ });

      const stranger = await phones.start({ storage: { skin: edition }, view: view(), url: `/${pages.signIn}` });
      await host.idle();
      await press(stranger, { text: "用手机号和验证码登录" });
      await press(stranger, { role: "button", text: "获取验证码" });
      expect(await stranger.texts()).toContain("还没有填好：手机号、同意说明");
      await seen(stranger, { role: "textbox", label: /^手机号/ });
    },
  );

  test("a photo that is stuck on its way is stopped when it is removed, and the next one goes at once", async () => {
    const host = await phones.start({ as: committee, url: `/${pages.compose}` });
    host.network.hold = true;
    await host.tap({ text: "加照片" });
    await host.tap({ text: "加照片" });
    expect(host.callsOf("uploadFile")).toHaveLength(1);
    await host.tap({ label: "移除照片 1" });
    await host.waitFor(async () => host.callsOf("uploadFile").length === 2, "the second photo on its way");
    host.network.release();
    await host.waitFor(async () => (await host.texts()).includes("照片已传好 1 / 1 张"), "the second photo");
    expect(host.requests.filter(({ kind, failure }) => kind === "upload" && failure === "")).toHaveLength(1);
  });

  test("what was asked in vain is asked again by itself when the network is back", async () => {
    const host = await phones.start({ as: committee, url: `/${pages.about}` });
    host.network.offline = true;
    await open(host, `${pages.notices}?region=${zhuxi.code}`);
    expect(await host.texts()).toContain("没有连上网络");
    host.network.offline = false;
    await host.idle();
    expect(await host.texts()).toContain("看好老人和孩子");
    expect(await host.texts()).not.toMatch(/没有网络|没有连上|重试/);

    const later = await phones.start({ as: committee, network: "none", url: `/${pages.me}` });
    expect(await later.texts()).toContain("暂时看不到您的信息");
    later.network.type = "4g";
    await later.idle();
    expect(await later.texts()).toContain("村务工作");
  });

  test("an act that was lost is not done by itself when the network is back", async () => {
    const host = await phones.start({ as: committee, url: `/${pages.compose}` });
    await host.type({ role: "textbox", label: /^标题/ }, "不会自己发");
    await host.type({ role: "textbox", label: /^内容/ }, "明天修水渠");
    host.network.offline = true;
    await host.tap({ role: "button", text: "提交审核" });
    const posted = () => host.requests.filter(({ method, status }) => method === "POST" && status === 200).length;
    const before = posted();
    host.network.offline = false;
    await host.idle();
    expect(posted()).toBe(before);
    expect(host.route).toBe(pages.compose);
  });

  test("a search without a network speaks of the network, not of a page that was never kept", async () => {
    const host = await phones.start({ url: `/${pages.search}`, storage: { place: zhuxi } });
    host.network.offline = true;
    await host.type({ label: /^想找什么/ }, "停水");
    await host.tap({ role: "button", text: "搜索" });
    const words = await host.texts();
    expect(words).toContain("没有连上网络，请检查网络后重试");
    expect(words).not.toContain("还没有保存过");
    host.network.offline = false;
    await host.idle();
    expect(await host.texts()).toContain("“停水”的结果");
  });

  test("what was read stays readable without a network after a sign-in and after a session that ended elsewhere; what is one's own does not stay", async () => {
    const phone = `1990000076${at}`;
    const host = await phones.start({ storage: { place: zhuxi }, number: phone });
    await host.tap({ role: "link", text: /看好老人和孩子/ });
    await open(host, pages.signIn);
    await host.tap({ role: "checkbox", label: "我已阅读并同意《隐私保护说明》" });
    await host.tap({ role: "button", text: /一键登录$/ });
    await host.tap({ css: "wx-button", text: "一键验证手机号" });
    const readable = async (storage: Record<string, unknown>) => {
      const reader = await phones.start({ storage, network: "none", url: `/${pages.home}` });
      await reader.tap({ role: "link", text: /看好老人和孩子/ });
      expect(await reader.texts()).toContain("风大，请加固棚架");
      return reader;
    };
    await readable(host.storage.all());

    await open(host, pages.sessions);
    expect(await host.texts()).toContain("这台设备");
    const api = await county().as(phone);
    const { items } = await api.account.sessions.query({});
    for (const { id, current } of items) if (!current) await api.account.endSession.mutate({ id });
    await open(host, pages.account);
    await open(host, pages.me);
    expect(await host.texts()).toContain("还没有登录");
    const stranger = await readable(host.storage.all());
    await open(stranger, pages.sessions);
    expect(await stranger.texts()).not.toContain("这台设备");
    expect(JSON.stringify(host.storage.all())).not.toContain(phone.slice(-4));
  });
});

/** Taps what may stand below the screen. */
async function press(host: MiniHost, what: Selector): Promise<void> {
  await host.tap(what);
  await host.idle();
}

/** The field stands on the screen, and the keyboard writes into it. */
async function seen(host: MiniHost, what: Selector): Promise<void> {
  await host.waitFor(async () => {
    const rect = (await host.find(what))?.rect;
    return rect !== undefined && rect.top >= 0 && rect.bottom <= 568;
  }, "the field on the screen");
}
