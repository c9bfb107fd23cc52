import { describe, expect, test } from "vitest";
import { authenticator } from "../../server/test/totp.ts";
import { startWorld } from "../../server/test/world.ts";
import { aCounty, open, pages, phonesOf, platforms, procedures, resident, secretary, zhuxi } from "./kit.ts";
import { newStaff } from "./people.ts";

/** Consent, sign-in and phone, by each platform's own means. */
const county = aCounty();

const consent = { role: "checkbox", label: "我已阅读并同意《隐私保护说明》" };

describe.each(platforms)("signing in on %s", (platform) => {
  const oneTap = { role: "button", text: platform === "weapp" ? "微信一键登录" : "支付宝一键登录" };
  const asksVendor = platform === "weapp" ? "login" : "getAuthCode";
  const phoneButton = { css: "wx-button", text: "一键验证手机号" };
  const phones = phonesOf(platform, county);

  test("nothing is asked of the vendor or sent before the person ticked the consent, which one can read first", async () => {
    const host = await phones.start({ url: `/${pages.me}` });
    await host.tap({ role: "link", text: "登录" });
    expect((await host.find(consent))?.checked).toBe(false);
    await host.tap(oneTap);
    expect(await host.texts()).toContain("请先看说明；同意的话，请在上面打勾");
    expect(host.callsOf(asksVendor)).toEqual([]);
    expect(host.requests.filter(({ method }) => method !== "GET")).toEqual([]);
    await host.tap({ role: "link", text: "看《隐私保护说明》" });
    expect(host.route).toBe(pages.document);
    expect(await host.texts()).toContain("我们收集什么");
    await host.back();
    expect(host.callsOf(asksVendor)).toEqual([]);
  });

  test("consent, one tap, phone by the vendor's button: the same account as on every other channel", async () => {
    const host = await phones.start({ url: `/${pages.me}`, number: resident });
    await host.tap({ role: "link", text: "登录" });
    await host.tap(consent);
    await host.tap(oneTap);
    expect(host.route).toBe(pages.phone);
    await host.tap(phoneButton);
    expect(host.route).toBe(pages.me);
    const words = await host.texts();
    expect(words).toContain("199****0001");
    expect(words).toContain("王*雨");
    expect(words).toContain("认证村民");
    const later = await phones.start({ storage: host.storage });
    await later.tab("我的");
    expect(await later.texts()).toContain("199****0001");
  });

  test("who refuses the phone is told that it is all right, and reads on", async () => {
    const host = await phones.start({ url: `/${pages.signIn}` });
    await host.tap(consent);
    await host.tap(oneTap);
    await host.tap(phoneButton);
    expect(await host.texts()).toContain("没有拿到手机号，这没有关系");
    await host.tap({ text: "以后再说" });
    await host.tab("首页");
    expect(await host.texts()).toContain("验证手机号后才能办理村里的事");
    await host.tap({ role: "link", label: /^去验证/ });
    expect(host.route).toBe(pages.phone);
  });

  test("a login code that was used before is refused with words, and the next try works", async () => {
    const { wechat, alipay } = county().world.outside;
    const codes = platform === "weapp" ? wechat.control : alipay.control;
    const fresh = () => codes.issueCode(`o-used-${platform}`);
    const used = fresh();
    const first = await phones.start({ url: `/${pages.signIn}`, on: { login: () => ({ code: used }) } });
    await first.tap(consent);
    await first.tap(oneTap);
    expect(first.route).toBe(pages.phone);
    let next = used;
    const host = await phones.start({ url: `/${pages.signIn}`, on: { login: () => ({ code: next }) } });
    await host.tap(consent);
    await host.tap(oneTap);
    expect(await host.texts()).toContain("登录没有成功，请再试一次");
    next = fresh();
    await host.tap(oneTap);
    expect(host.route).toBe(pages.phone);
  });

  test("a phone code by message: a wrong one is told, the right one signs in, and one is back where one was", async () => {
    const phone = platform === "weapp" ? "19900000911" : "19900000912";
    const host = await phones.start({ storage: { place: zhuxi }, url: `/${pages.circle}` });
    await host.tap({ text: `关注${zhuxi.name}` });
    await host.tap({ text: "用手机号和验证码登录" });
    await host.type({ role: "textbox", label: /^手机号/ }, "123");
    await host.tap({ text: "获取验证码" });
    expect(await host.texts()).toContain("手机号不对");
    await host.type({ role: "textbox", label: /^手机号/ }, phone);
    await host.tap({ text: "获取验证码" });
    expect(await host.texts()).toContain("请先看说明");
    await host.tap(consent);
    await host.tap({ text: "获取验证码" });
    expect(await host.texts()).toContain("验证码已发到");
    const code = await county().world.codeOn(phone);
    await host.type({ role: "textbox", label: /^验证码/ }, code === "000000" ? "111111" : "000000");
    await host.tap({ role: "button", text: "登录" });
    expect(await host.texts()).toContain("验证码不对");
    await host.type({ role: "textbox", label: /^验证码/ }, code);
    await host.tap({ role: "button", text: "登录" });
    expect(host.route).toBe(pages.circle);
    // What they wanted before the sign-in is done.
    expect(await host.texts()).toContain("认证成为村民");
  });

  test("a way that the county does without is not there: the code form is open, with one consent and one main button", async () => {
    const off = await startWorld({
      databaseUrl: county().databaseUrl,
      env: { SIGN_IN_OFF: "wechat,wechat-web,alipay" },
    });
    try {
      const host = await phones.start({ url: `/${pages.signIn}`, server: off.url });
      expect(await host.find({ role: "textbox", label: /^手机号/ })).not.toBeNull();
      expect(await host.findAll(consent)).toHaveLength(1);
      expect(await host.find({ css: ".btn-primary", text: "获取验证码" })).not.toBeNull();
      expect(await host.texts()).not.toMatch(/一键登录|没有开通/);
    } finally {
      await off.close();
    }
  });

  test("a sign-in whose answer was lost is done again with one more tap", async () => {
    const host = await phones.start({ url: `/${pages.signIn}`, number: secretary });
    await host.tap(consent);
    host.network.loseAnswers = 1;
    await host.tap(oneTap);
    expect(await host.texts()).toContain("没有连上网络");
    await host.tap({ text: "重试" });
    expect(host.route).toBe(pages.phone);
    await host.tap(phoneButton);
    await host.tab("我的").catch(() => undefined);
    expect(procedures(host)).toContain(platform === "weapp" ? "signIn.wechatPhone" : "signIn.alipayPhone");
    expect(await host.texts()).toContain("村务工作");
  });

  test("staff who came by message set up an authenticator with a copied key, and are let in by its digits", async () => {
    const phone = platform === "weapp" ? "19900000981" : "19900000982";
    const storage = { token: await newStaff(county(), platform, phone) };
    const host = await phones.start({ storage, url: `/${pages.second}` });
    await host.tap({ role: "button", text: "开始绑定" });
    await host.tap({ role: "button", text: "复制密钥" });
    expect(host.clipboard).toMatch(/^[A-Z2-7]{32}$/);
    expect((await host.texts()).replaceAll(" ", "")).toContain(host.clipboard);
    await host.tap({ role: "button", text: "验证器在另一部手机上" });
    expect(await host.html()).toMatch(/src="data:image\/gif;base64,/);
    await host.type({ role: "textbox", label: /^动态口令/ }, "12345");
    await host.tap({ role: "button", text: "确定" });
    expect(await host.texts()).toContain("请输入 6 位数字");
    const digits = await authenticator(new Map([[phone, host.clipboard]]))(phone);
    await host.type({ role: "textbox", label: /^动态口令/ }, digits);
    await host.tap({ role: "button", text: "确定" });
    expect(host.route).toBe(pages.me);
    await open(host, pages.second);
    expect(await host.texts()).toContain("您已经通过验证");
  });

  test("staff who came by message are shown the simpler way: the platform's own sign-in needs no digits", async () => {
    const phone = platform === "weapp" ? "19900000983" : "19900000984";
    const storage = { token: await newStaff(county(), platform, phone) };
    const host = await phones.start({ storage, url: `/${pages.second}`, number: phone, openid: `o-demo-${phone}` });
    await host.tap({ role: "button", text: `换成${oneTap.text}` });
    expect(host.route).toBe(pages.signIn);
    await host.tap(consent);
    await host.tap(oneTap);
    // This WeChat account has the phone already; the Alipay one is new.
    if (platform === "alipay") await host.tap(phoneButton);
    await open(host, pages.second);
    expect(await host.texts()).toContain("您已经通过验证");
  });

  test("a session that was ended elsewhere leads to signing in, without an error on the page", async () => {
    const host = await phones.start({ as: resident, url: `/${pages.me}` });
    expect(await host.texts()).toContain("199****0001");
    const api = await county().as(resident);
    const { items } = await api.account.sessions.query({});
    for (const { id, current } of items) if (!current) await api.account.endSession.mutate({ id });
    const again = await phones.start({ storage: host.storage, url: `/${pages.me}` });
    expect(await again.texts()).toContain("还没有登录");
    expect(again.storage.get("token") ?? null).toBeNull();
  });
});
