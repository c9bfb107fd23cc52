import mysql from "mysql2/promise";
import { describe, expect, test } from "vitest";
import { aCounty, open, pages, phonesOf, platforms, resident, secretary, taoping, zhuxi } from "./kit.ts";
import { applied } from "./people.ts";

/** What must come first is said where one would begin to type, not after. */
const county = aCounty();
const follower = "19900000004";
const applicant = "19900000961";
const field = { label: /^内容/ } as const;
const send = { role: "button", text: /^发布/ } as const;
const writing = (code: string) => `${pages.writePost}?village=${code}`;

describe.each(platforms)("before anything is typed on %s", (platform) => {
  const phones = phonesOf(platform, county);

  test("who only follows finds no form to write a post with, but why and the way to be verified", async () => {
    const host = await phones.start({ as: follower, url: `/${writing(zhuxi.code)}` });
    expect(await host.texts()).toContain("认证成为竹溪村村民以后，就能在这里发言");
    expect([await host.find(field), await host.find(send)]).toEqual([null, null]);
    await host.tap({ text: "认证成为村民" });
    expect([host.route, host.query.region]).toEqual([pages.verify, zhuxi.code]);
  });

  test("whose verification waits is told so, and led to where it stands", async () => {
    await applied(county());
    const host = await phones.start({ as: applicant, url: `/${writing(zhuxi.code)}` });
    expect(await host.texts()).toContain("您的村民认证正在办理，通过以后就能在这里发言");
    expect(await host.find(field)).toBeNull();
    await host.tap({ text: "看认证办到哪里了" });
    expect(host.route).toBe(pages.verify);
    expect(await host.texts()).toContain("等村里核对");
  });

  test("without a phone number that comes first", async () => {
    const host = await phones.start({ url: `/${pages.signIn}` });
    await host.tap({ role: "checkbox", label: "我已阅读并同意《隐私保护说明》" });
    await host.tap({ text: /一键登录/ });
    await open(host, writing(zhuxi.code));
    expect(await host.texts()).toContain("验证手机号、认证成为村民以后，就能在这里发言");
    expect(await host.find(field)).toBeNull();
  });

  test("a villager of one village who opens another's page is told of that one, and may write in the own", async () => {
    const host = await phones.start({ as: resident, url: `/${writing(taoping.code)}` });
    expect(await host.texts()).toContain("认证成为桃坪村村民以后，就能在这里发言");
    expect(await host.find(field)).toBeNull();
    await open(host, writing(zhuxi.code));
    expect(await host.find(field)).not.toBeNull();
    expect(await host.find(send)).not.toBeNull();
  });

  test("the secretary writes in the own village, and a village that is none is told", async () => {
    const host = await phones.start({ as: secretary, url: `/${writing(zhuxi.code)}` });
    expect(await host.find(field)).not.toBeNull();
    await open(host, writing("990101999999"));
    expect(await host.texts()).toContain("没有找到这个村");
  });

  test("who has not agreed to the newer privacy text is asked above the form, and the form stays", async () => {
    const host = await phones.start({ as: resident, url: `/${pages.me}` });
    const db = await mysql.createConnection(county().databaseUrl);
    await db.execute("DELETE FROM consent WHERE what = 'privacy'");
    await db.end();
    await host.background({ seconds: 120 });
    await host.foreground();
    await open(host, writing(zhuxi.code));
    expect(await host.texts()).toContain("《隐私保护说明》有更新");
    await host.type(field, "路灯不亮");
    await host.tap({ role: "button", text: "同意" });
    expect(await host.texts()).not.toContain("《隐私保护说明》有更新");
    expect((await host.find(field))?.value).toBe("路灯不亮");
  });
});
