import { describe, expect, test } from "vitest";
import { aCounty, pages, phonesOf, platforms } from "./kit.ts";

/** The person's own: devices, taking everything home, leaving. */
const county = aCounty();

describe.each(platforms)("the account on %s", (platform) => {
  const phone = platform === "weapp" ? "19900000941" : "19900000942";
  const phones = phonesOf(platform, county);

  test("another device is seen and signed out from here; this one stays", async () => {
    const other = await phones.start({ as: phone });
    const host = await phones.start({ as: phone, url: `/${pages.me}` });
    await host.tap({ role: "link", text: "登录过的设备" });
    expect(await host.texts()).toContain("正在用");
    await host.tap({ label: /^让它退出/, nth: 0 });
    await host.tap({ role: "button", text: "确定退出" });
    expect(await host.texts()).toContain("已退出");
    expect(await host.texts()).toContain("没有在别的设备上登录");
    const next = await phones.start({ storage: other.storage, url: `/${pages.me}` });
    expect(await next.texts()).toContain("还没有登录");
  });

  test("all other devices are signed out at once; what failed on the way is told and done with the next tap", async () => {
    const others = [await phones.start({ as: phone }), await phones.start({ as: phone })];
    const host = await phones.start({ as: phone, url: `/${pages.sessions}` });
    const left = (await host.findAll({ role: "button", label: /^让它退出/ })).length;
    expect(left).toBeGreaterThan(1);
    await host.tap({ role: "button", text: "其他设备全部退出" });
    host.network.dropNext = 1;
    await host.tap({ role: "button", text: "确定退出" });
    expect(await host.texts()).toContain(`还有 ${left} 台没有退出，请再试一次`);
    expect(await host.findAll({ role: "button", label: /^让它退出/ })).toHaveLength(left);
    await host.tap({ role: "button", text: "其他设备全部退出" });
    await host.tap({ role: "button", text: "确定退出" });
    expect(await host.texts()).toContain(`已退出 ${left} 台`);
    expect(await host.texts()).toContain("没有在别的设备上登录");
    for (const { storage } of others) {
      const next = await phones.start({ storage, url: `/${pages.me}` });
      expect(await next.texts()).toContain("还没有登录");
    }
  });

  test("a new phone number is proved by its code and takes the old one's place; another person's is refused in plain words", async () => {
    const [old, taken, next] = platform === "weapp" ? ["0951", "0001", "0953"] : ["0952", "0002", "0954"];
    const numberOf = (end: string) => `1990000${end}`;
    const other = await phones.start({ as: numberOf(old) });
    const host = await phones.start({ as: numberOf(old), url: `/${pages.settings}` });
    await host.tap({ role: "link", text: /^手机号/ });
    await host.tap({ role: "button", text: "换手机号" });
    expect(await host.texts()).toContain("别的设备会退出");
    const prove = async (end: string) => {
      await host.type({ role: "textbox", label: /^新手机号/ }, numberOf(end));
      await host.tap({ role: "button", text: "获取验证码" });
      await host.type({ role: "textbox", label: /^验证码/ }, await county().world.codeOn(numberOf(end)));
      await host.tap({ role: "button", text: "换成这个手机号" });
    };
    await host.type({ role: "textbox", label: /^新手机号/ }, numberOf(old));
    await host.tap({ role: "button", text: "获取验证码" });
    expect(await host.texts()).toContain("这就是您现在的手机号，不用换");
    await prove(taken);
    expect(await host.texts()).toContain("这个手机号是另一个账号的，不能换成它");
    // Back at the number by itself: the code that was right is of no more use.
    expect(await host.findAll({ role: "button", text: "换成这个手机号" })).toEqual([]);
    await prove(next);
    expect(await host.texts()).toContain("手机号换好了。别的设备都退出了，要重新登录");
    const left = await phones.start({ storage: other.storage, url: `/${pages.me}` });
    expect(await left.texts()).toContain("还没有登录");
    const later = await phones.start({ storage: host.storage, url: `/${pages.me}` });
    expect(await later.texts()).toContain(`199****${next}`);
  });

  test("signing out asks once, ends the session at the server and leaves nothing personal on the phone", async () => {
    const host = await phones.start({ as: phone, url: `/${pages.sessions}` });
    const token = String(host.storage.get("token"));
    await host.tap({ role: "button", text: "退出登录" });
    await host.tap({ role: "button", text: "确定退出" });
    expect(host.route).toBe(pages.me);
    expect(await host.texts()).toContain("还没有登录");
    expect(host.storage.get("token") ?? null).toBeNull();
    expect(JSON.stringify(host.storage.all())).not.toContain("0094");
    const answer = await fetch(`${county().world.url}/trpc/account.me?input={}`, {
      headers: { authorization: `Bearer ${token}`, "x-client": `${platform}/1.0.0` },
    });
    expect(await answer.json()).toMatchObject({ result: { data: { me: null } } });
  });

  test("everything kept about me can be taken home on the clipboard", async () => {
    const host = await phones.start({ as: phone, url: `/${pages.account}` });
    expect(await host.texts()).toContain("199****094");
    await host.tap({ role: "button", text: "导出我的资料" });
    if (platform === "weapp") await host.tap({ role: "button", text: "复制全部内容" });
    expect(await host.texts()).toContain("已复制");
    expect(host.clipboard).toContain(phone);
    expect(() => JSON.parse(host.clipboard)).not.toThrow();
  });

  test("closing needs the word; afterwards the account is gone everywhere and the phone is a stranger's", async () => {
    const closing = platform === "weapp" ? "19900000951" : "19900000952";
    const host = await phones.start({ as: closing, url: `/${pages.account}` });
    const other = await phones.start({ as: closing });
    await host.tap({ role: "button", text: "注销账号" });
    await host.tap({ role: "button", text: "确定注销" });
    expect(await host.texts()).toContain("请输入“注销”两个字");
    await host.type({ role: "textbox", label: /注销/ }, "注销");
    await host.tap({ role: "button", text: "确定注销" });
    expect(host.route).toBe(pages.me);
    expect(await host.texts()).toContain("还没有登录");
    const next = await phones.start({ storage: other.storage, url: `/${pages.me}` });
    expect(await next.texts()).toContain("还没有登录");
    const again = await phones.start({ as: closing, url: `/${pages.me}` });
    expect(await again.texts()).toContain("村民朋友");
    expect(await again.texts()).toContain("关注一个村");
  });
});

describe("sending a file in WeChat", () => {
  const phones = phonesOf("weapp", county);

  test("everything kept about me goes as one file into the chat that the person chooses", async () => {
    const phone = "19900000943";
    const host = await phones.start({ as: phone, url: `/${pages.account}` });
    await host.tap({ role: "button", text: "导出我的资料" });
    await host.tap({ role: "button", text: "发到微信聊天" });
    expect(await host.texts()).toContain("已发出");
    const [file] = host.sent;
    expect(file?.name).toMatch(/\.txt$/);
    expect(JSON.stringify(JSON.parse(Buffer.from(file?.bytes ?? []).toString("utf8")))).toContain(phone);
  });

  test("who chooses no chat is told that nothing was saved, and can try again", async () => {
    const host = await phones.start({
      as: "19900000943",
      url: `/${pages.account}`,
      mocks: {
        shareFileMessage: () => {
          throw new Error("cancel");
        },
      },
    });
    await host.tap({ role: "button", text: "导出我的资料" });
    await host.tap({ role: "button", text: "发到微信聊天" });
    expect(await host.texts()).toContain("没有保存成功");
    expect(host.sent).toEqual([]);
    expect(await host.find({ role: "button", text: "发到微信聊天" })).not.toBeNull();
  });
});
