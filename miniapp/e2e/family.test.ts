import { idCardCheck } from "@weimenhu/domain/base/id-card";
import { describe, expect, test } from "vitest";
import { demoRoster } from "../../server/test/seed/people.ts";
import { aCounty, open, pages, phonesOf, platforms, resident, secretary } from "./kit.ts";

/** A child books for a parent: asked for, agreed to, and on both phones. */
const county = aCounty({ hospital: true });
const [elder, migrant, agent] = ["19900000002", "19900000003", "19900000013"];
const press = (text: string | RegExp) => ({ role: "button", text }) as const;
const field = (label: RegExp) => ({ label }) as const;
const slot = { role: "radio", label: /^\d\d:\d\d 到/, nth: 0 } as const;
const day = { role: "radio", label: /^\d+月.*还有 \d+ 个/, nth: 2 } as const;
const idOf = async (words: string) => {
  const { items } = await county().world.anybody().appointments.offers.query({});
  return items.find(({ name }) => name.includes(words))?.id ?? "";
};
const lineOf = (name: string) => {
  const line = demoRoster().find((one) => one.name === name);
  if (!line) throw new Error(`nobody is called ${name}`);
  return line;
};
/** Somebody on no roster. */
const idCard = (serial: number) => {
  const first = `99010119380101${String(serial).padStart(3, "0")}`;
  return first + idCardCheck(first);
};

describe.each(platforms)("acting for somebody on %s", (platform) => {
  const phones = phonesOf(platform, county);

  test("a migrant books a window for the old mother who agreed; it is on her phone in her words, and she gives it back", async () => {
    const host = await phones.start({ as: migrant, url: `/${pages.bookSlot}?offer=${await idOf("医保业务")}` });
    await host.tap({ role: "radio", label: /^李\*露/ });
    await host.tap(day);
    await host.tap({ role: "radio", label: /^李\*露/ });
    await host.tap(slot);
    await host.tap(press("确定预约"));
    expect(host.route).toBe(pages.ticket);
    expect(await host.texts()).toContain("给 李*露 约的");
    const ticket = host.query["id"] ?? "";
    const hers = await phones.start({ as: elder, url: `/${pages.messages}` });
    await hers.tap({ text: /有人替您约好了/, nth: 0 });
    expect([hers.route, hers.query["id"]]).toEqual([pages.ticket, ticket]);
    expect(await hers.texts()).toContain("别人替我约的");
    await hers.tap(press("去不了，取消预约"));
    await hers.tap(press("取消预约"));
    expect(await hers.texts()).toContain("已取消");
    await open(host, pages.messages);
    expect(await host.texts()).toContain("替您约的取消了");
  });

  test("whom nobody knows yet: the form says what is missing, the village notes the paper, and the doctor is asked in the parent's name", async () => {
    const host = await phones.start({ as: resident, url: `/${pages.family}` });
    await host.tap({ text: "加一位家人" });
    await host.tap(press("申请替他办"));
    expect(await host.texts()).toContain("还没有填好：姓名、身份证号、他知道这件事");
    const [own, theirs] = [lineOf("王谷雨").idCard, idCard(platform === "weapp" ? 1 : 2)];
    await host.type(field(/^他的姓名/), "王秋葵");
    await host.type(field(/^他的身份证号/), own);
    await host.tap({ role: "checkbox", label: /^我和他说好了/ });
    await host.tap(press("申请替他办"));
    expect(await host.texts()).toContain("这是您自己的身份证号");
    await host.type(field(/^他的身份证号/), theirs);
    await host.tap(press("申请替他办"));
    expect(host.route).toBe(pages.family);
    expect(await host.texts()).toContain("等同意");
    const office = await phones.start({ as: secretary, url: `/${pages.mandates}` });
    expect(await office.texts()).toContain("名册里没有这个身份证号");
    await office.tap({ role: "button", label: /^登记王\*葵/, nth: 0 });
    await office.tap(press("确定登记"));
    expect(await office.texts()).toContain("请写授权书放在哪里");
    await office.type(field(/^授权书放在哪里/), "村委会档案柜 3 号");
    await office.tap(press("确定登记"));
    expect(await office.texts()).toContain("登记好了");
    await open(host, pages.family);
    expect(await host.texts()).toContain("可以替办");
    const eyes = (await county().world.anybody().appointments.offers.query({ sort: "hospital" })).items[0]?.id ?? "";
    await open(host, `${pages.bookSlot}?offer=${eyes}`);
    await host.tap(day);
    await host.tap({ role: "radio", label: /^王\*葵/, nth: 0 });
    await host.tap({ role: "radio", label: /[上下]午 \d\d:\d\d/, nth: 0 });
    await host.tap({ role: "checkbox", label: /^我同意把王\*葵的姓名/ });
    await host.tap(press("确定预约"));
    expect(host.route).toBe(pages.ticket);
    await county().world.settle();
    const mine = (await county().as(resident)).appointments;
    expect((await mine.get.query({ id: host.query["id"] ?? "" })).state).toBe("booked");
    await open(host, pages.family);
    await host.tap(press("不再替他办"));
    await host.tap({ role: "button", text: "不再替他办", nth: 1 });
    expect(await host.texts()).toContain("授权结束了");
  });

  test("an agent brings the six digits that an old villager reads out, and nobody else's", async () => {
    const name = platform === "weapp" ? "张芒种" : "周霜降";
    const host = await phones.start({ as: agent, url: `/${pages.familyAsk}` });
    await host.tap({ role: "radio", label: /^村里的代办员/ });
    await host.type(field(/^他的姓名/), name);
    await host.type(field(/^他的身份证号/), lineOf(name).idCard);
    await host.tap({ role: "checkbox", label: /^我和他说好了/ });
    await host.tap(press("申请替他办"));
    expect(host.route).toBe(pages.family);
    await host.tap(press("给他发同意码"));
    const code = await county().world.codeOn(platform === "weapp" ? "19900000011" : "19900000012");
    await host.type(field(/^他告诉您的同意码/), code === "000000" ? "111111" : "000000");
    await host.tap(press("他同意了，提交"));
    expect(await host.texts()).toContain("验证码不对");
    await host.type(field(/^他告诉您的同意码/), code);
    await host.tap(press("他同意了，提交"));
    expect(await host.texts()).toContain("可以替办");
  });
});
