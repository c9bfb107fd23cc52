import { idCardCheck } from "@weimenhu/domain/base/id-card";
import type { MiniHost } from "@weimenhu/minihost";
import { describe, expect, test } from "vitest";
import type { Villager } from "../../server/test/seed/people.ts";
import { publish, send, write } from "./circle-kit.ts";
import { aCounty, open, pages, phonesOf, platforms, secretary, zhuxi } from "./kit.ts";
import { newcomers } from "./people.ts";

/** Becoming a verified villager: the roster knows one, or the secretary decides on the phone. */
const county = aCounty();

describe.each(platforms)("verification on %s", (platform) => {
  const at = platform === "weapp" ? 0 : 1;
  const phones = phonesOf(platform, county);

  test("who stands in the roster is verified at once, and the form is read from home", async () => {
    const host = await phones.start({ as: `1990000092${at}` });
    await follow(host);
    await host.tab("首页");
    await host.tap({ role: "link", label: /^去认证/ });
    expect(host.route).toBe(pages.verify);
    await host.tap({ role: "button", text: "提交申请" });
    const asked = await host.texts();
    expect(asked).toContain("姓名不对");
    expect(asked).toContain("身份证号不对");
    expect(asked).toContain("同意的话，请在上面打勾");
    const line = someone(at);
    await fill(host, line, line.name);
    expect(await host.texts()).toContain("认证通过，您是竹溪村的认证村民");
    expect(await host.texts()).not.toContain(line.idCard);
    await host.tap({ text: "去竹溪村看看" });
    expect(host.route).toBe(pages.circle);
    expect(await host.texts()).toContain("认证村民");
  });

  test("another name waits for the secretary, who refuses with a reason and later accepts, all on the phone", async () => {
    const applicant = `1990000093${at}`;
    const line = someone(2 + at);
    const host = await phones.start({ as: applicant });
    await follow(host);
    await host.tap({ text: "认证成为村民" });
    await fill(host, line, `${line.name.slice(0, 1)}小${line.name.slice(1)}`.slice(0, 4));
    expect(await host.texts()).toContain("等村里核对");

    const desk = await phones.start({ as: secretary });
    await desk.tap({ role: "link", label: /^去审核/ });
    expect(desk.route).toBe(pages.verifyQueue);
    await decide(desk, "不通过");
    await desk.tap({ role: "button", text: "确定不通过" });
    expect(await desk.texts()).toContain("请选择一个原因");
    await desk.tap({ role: "radio", label: /^姓名和名册不一致/ });
    await desk.tap({ role: "button", text: "确定不通过" });
    expect(await desk.texts()).toContain("已退回，对方能看到原因");

    const next = await phones.start({ storage: host.storage });
    await next.tap({ role: "link", label: /^看原因/ });
    expect(await next.texts()).toContain("姓名和花名册不一致，请核对后重新申请");
    await next.tap({ text: "重新申请" });
    await fill(next, line, `${line.name.slice(0, 1)}小${line.name.slice(1)}`.slice(0, 4));
    expect(await next.texts()).toContain("等村里核对");

    await open(desk, pages.verifyQueue);
    await decide(desk, "通过");
    await desk.tap({ role: "button", text: "确定通过" });
    expect(await desk.texts()).toContain("已通过");

    const last = await phones.start({ storage: host.storage, url: `/${pages.verify}?region=${zhuxi.code}` });
    expect(await last.texts()).toContain("认证通过");
  });

  test("a child is told before anything is typed what the family does first, and its number does not leave the phone", async () => {
    const host = await phones.start({ as: `1990000094${at}`, url: `/${pages.verify}?region=${zhuxi.code}` });
    expect(await host.texts()).toContain("要家长（监护人）先同意");
    expect(await host.texts()).toContain("到村委会签同意书");
    const line = someone(at);
    await fill(host, { ...line, idCard: childsCard(at) }, line.name);
    expect(await host.texts()).toContain("不满 14 周岁，要家长先同意。请家长带孩子到村委会签同意书");
    expect(host.requests.filter(({ url }) => url.includes("verification.submit"))).toEqual([]);
    await host.tap({ text: "看关于孩子的说明" });
    expect(await host.texts()).toContain("监护人怎么同意");
  });

  test("a child whose guardian has signed is noted on the secretary's phone, applies, is verified and posts, until it is taken back", async () => {
    const phone = `1990000096${at}`;
    const child = await phones.start({ as: phone, url: `/${pages.verify}?region=${zhuxi.code}` });
    const line = { ...someone(4 + at), idCard: childsCard(2 + at) };
    await fill(child, line, line.name);
    expect(await child.texts()).toContain("要家长先同意");

    const desk = await phones.start({ as: secretary, url: `/${pages.verifyQueue}` });
    await desk.tap({ role: "link", label: /^家长同意登记/ });
    expect(desk.route).toBe(pages.guardians);
    await desk.tap({ role: "button", text: "家长已签字，登记" });
    expect(await desk.texts()).toContain("还没有填好：孩子的手机号、同意书放在哪里");
    await desk.type({ role: "textbox", label: /^孩子的手机号/ }, `1990000097${at}`);
    await desk.type({ role: "textbox", label: /^同意书放在哪里/ }, "村委会档案柜 3 号盒");
    await desk.tap({ role: "button", text: "家长已签字，登记" });
    expect(await desk.texts()).toContain("请孩子先用它登录一次，再来登记");
    await desk.type({ role: "textbox", label: /^孩子的手机号/ }, phone);
    await desk.tap({ role: "button", text: "家长已签字，登记" });
    expect(await desk.texts()).toContain("登记好了");
    expect(await desk.texts()).toContain(`199****096${at}`);
    expect(await desk.texts()).toContain("同意书放在：村委会档案柜 3 号盒");

    // What was typed still stands: the child taps once more, learns that it is noted now, and sends.
    await child.tap({ role: "button", text: "提交申请" });
    expect(await child.texts()).toContain("家长已经在村委会签了同意书");
    await child.tap({ role: "button", text: "提交申请" });
    expect(await child.texts()).toContain("等村里核对");
    await open(desk, pages.verifyQueue);
    await decide(desk, "通过");
    await desk.tap({ role: "button", text: "确定通过" });

    const words = `我想养小兔子 ${platform}`;
    const speaks = await phones.start({ storage: child.storage, url: `/${pages.circle}` });
    await speaks.tap(publish);
    await write(speaks, /^闲聊/, words);
    await speaks.tap(send);
    expect(speaks.route).toBe(pages.post);
    expect(await speaks.texts()).toContain(words);

    await open(desk, pages.guardians);
    await desk.tap({ role: "button", label: new RegExp(`^撤回：${line.name.slice(0, 1)}`), nth: 0 });
    expect(await desk.texts()).toContain("这个孩子已经是认证村民");
    await desk.tap({ role: "button", text: "确定撤回" });
    expect(await desk.texts()).toContain("的家长同意已撤回");
    const mute = await phones.start({ storage: speaks.storage, url: `/${pages.circle}` });
    expect(await mute.texts()).toContain("不满 14 周岁，要家长同意才能发言");
    expect(await mute.find(publish)).toBeNull();
    await open(mute, `${pages.writePost}?village=${zhuxi.code}`);
    expect(await mute.texts()).toContain("不满 14 周岁，要家长同意才能发言");
    expect(await mute.find({ label: /^内容/ })).toBeNull();
    expect(await mute.find(send)).toBeNull();
  });

  test("without an account the form says to sign in, and leads there", async () => {
    const host = await phones.start({ storage: { place: zhuxi } });
    await host.tap({ role: "link", text: "认证村民" });
    expect(await host.texts()).toContain("认证村民，请先登录");
    await host.tap({ text: "去登录" });
    expect(host.route).toBe(pages.signIn);
  });
});

/** Of somebody who is under fourteen for years to come. */
function childsCard(at: number): string {
  const first17 = `9901012024010100${1 + at}`;
  return `${first17}${idCardCheck(first17)}`;
}

function someone(at: number): Villager {
  const line = newcomers[at];
  if (!line) throw new Error("the roster is too short");
  return line;
}

async function follow(host: MiniHost): Promise<void> {
  await open(host, pages.region);
  await host.tap({ role: "button", text: /^竹溪村/, nth: 0 });
  await host.tab("为村");
}

/** Fills the form as the person would, and sends it. */
async function fill(host: MiniHost, line: Villager, name: string): Promise<void> {
  await host.type({ role: "textbox", label: /^姓名/ }, name);
  await host.type({ role: "textbox", label: /^身份证号/ }, line.idCard);
  const { groups } = await (await county().as(secretary)).verification.groups.query({ region: zhuxi.code });
  await host.choose("wx-picker", groups.indexOf(line.group));
  await host.tap({ role: "checkbox", label: "我同意用我的姓名和身份证号核对户口名册" });
  await host.tap({ role: "button", text: "提交申请" });
}

/** The newest application stands last: oldest first. */
async function decide(desk: MiniHost, how: "通过" | "不通过"): Promise<void> {
  const label = new RegExp(`^${how}.*的申请$`);
  const waiting = await desk.findAll({ role: "button", label });
  await desk.tap({ role: "button", label, nth: waiting.length - 1 });
}
