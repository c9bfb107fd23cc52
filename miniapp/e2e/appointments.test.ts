import type { MiniHost } from "@weimenhu/minihost";
import { describe, expect, test } from "vitest";
import { aCounty, open, pages, phonesOf, platforms, resident, secretary, zhuxi } from "./kit.ts";

/** A window of the service hall and a visit at home, from the services to the ticket and back. */
const county = aCounty({ hospital: true });
const follower = "19900000004";
const press = (text: string | RegExp) => ({ role: "button", text }) as const;
const slot = { role: "radio", label: /^\d\d:\d\d 到/, nth: 0 } as const;
/** Late enough to be given back at any hour of today. */
const day = { role: "radio", label: /^\d+月.*还有 \d+ 个/, nth: 2 } as const;
const idOf = async (words: string) => {
  const { items } = await county().world.anybody().appointments.offers.query({ region: zhuxi.code });
  return items.find(({ name }) => name.includes(words))?.id ?? "";
};
const ticketOf = async (host: MiniHost) =>
  (await county().as(resident)).appointments.get.query({ id: host.query["id"] ?? "" });

/** An offer of the village with one place on each day, one of which the resident has. */
async function fullDay(platform: string) {
  const name = `上门理发 ${platform}`;
  const desk = (await county().as(secretary)).appointments;
  const { id: offer } = await desk.saveOffer.mutate({
    ...{ key: crypto.randomUUID(), region: zhuxi.code, sort: "visit", name, house: "村里派人上门", address: "竹溪村" },
    ...{ phone: "0000-6660002", bring: [], closures: [], release: { days: 7, at: 0 }, cancelAt: 1020, open: true },
    week: [
      {
        days: ["0", "1", "2", "3", "4", "5", "6", "makeUp", "holiday"],
        ...{ from: 540, to: 570, minutes: 30, capacity: 1, onSite: 0 },
      },
    ],
  });
  const { days } = await desk.slots.query({ offer });
  const day = days.filter(({ free }) => free > 0)[2]?.day ?? "";
  const { slots } = await desk.slots.query({ offer, day });
  const mine = (await county().as(resident)).appointments;
  const { id } = await mine.book.mutate({ key: crypto.randomUUID(), slot: slots[0]?.id ?? "", place: "三组" });
  return { name, offer, day, ticket: id };
}

describe.each(platforms)("booking on %s", (platform) => {
  const phones = phonesOf(platform, county);

  test("plain words lead to a doctor; the hospital is asked, and its yes is on the ticket", async () => {
    const host = await phones.start({ as: resident, url: `/${pages.offers}` });
    await host.tap({ text: /^医院挂号/ });
    await host.type({ label: /^哪里不舒服/ }, "胸口剧痛");
    expect(await host.texts()).toContain("打 120");
    await host.type({ label: /^哪里不舒服/ }, platform === "weapp" ? "看眼睛" : "牙疼");
    expect(await host.texts()).not.toContain("打 120");
    await host.tap({ text: platform === "weapp" ? /^眼科/ : /^口腔科/, nth: 0 });
    await host.tap(day);
    await host.tap({ role: "radio", label: /[上下]午 \d\d:\d\d/, nth: 0 });
    await host.tap(press("确定预约"));
    expect(await host.texts()).toContain("还没有填好：同意交给医院");
    await host.tap({ role: "checkbox", label: /^我同意把我的姓名/ });
    await host.tap(press("确定预约"));
    expect(host.route).toBe(pages.ticket);
    expect(await host.texts()).toContain("正在等医院确认");
    await county().world.settle();
    await host.waitFor(async () => (await host.texts()).includes("约好了"), "the hospital's yes");
    expect(await host.texts()).toMatch(/第 \d+ 号/);
    expect(await host.find({ label: "签到码" })).toBeNull();
    await host.tap(press(/取消预约/));
    await host.tap(press("取消预约"));
    expect(await host.texts()).toContain("正在等医院取消");
    await county().world.settle();
    await host.waitFor(async () => (await host.texts()).includes("已取消"), "the hospital has it back");
  });

  test("a few taps lead from the services to a ticket that is read without a network, and it can be given back", async () => {
    const host = await phones.start({ as: resident, url: `/${pages.services}` });
    await host.tap({ text: "预约办事" });
    await host.tap({ text: /^不动产登记/ });
    await host.tap(day);
    await host.tap(slot);
    await host.tap(press("确定预约"));
    expect(host.route).toBe(pages.ticket);
    const texts = await host.texts();
    for (const words of ["约好了", "已约好", "县政务服务中心 3 楼 2 号窗口", "请带上：身份证"])
      expect(texts).toContain(words);
    const number = `第 ${(await ticketOf(host)).number} 号`;
    expect(texts).toContain(number);
    expect(await host.find({ label: "签到码" })).not.toBeNull();
    const ticket = await ticketOf(host);
    expect(ticket.state).toBe("booked");

    host.network.offline = true;
    await open(host, `${pages.ticket}?id=${ticket.id}`);
    expect(await host.texts()).toContain(number);
    host.network.offline = false;
    await open(host, pages.tickets);
    await host.tap({ text: /^不动产登记/, nth: 0 });
    await host.tap(press("去不了，取消预约"));
    await host.tap(press("取消预约"));
    expect(await host.texts()).toContain("已取消，名额让给了别人");
    expect((await ticketOf(host)).state).toBe("cancelled");
  });

  test("a place that somebody else took meanwhile is refused with the next day that is free", async () => {
    const offer = await idOf("上门办社保认证");
    const host = await phones.start({ as: resident, url: `/${pages.bookSlot}?offer=${offer}` });
    await host.tap(press("确定预约"));
    expect(await host.texts()).toContain("还没有填好：几点、上门的地址");
    await host.tap(slot);
    await host.type({ label: /^上门的地址/ }, "三组 12 号");
    const free = (await county().world.anybody().appointments.slots.query({ offer })).days.filter(
      (one) => one.free > 0,
    );
    await host.tap({ role: "radio", label: /^\d+月.*还有 \d+ 个/, nth: 1 });
    await host.tap(slot);
    const { slots } = await county().world.anybody().appointments.slots.query({ offer, day: free[1]?.day });
    const first = slots.find(({ free }) => free > 0)?.id ?? "";
    const neighbour = (await county().as("19900000002")).appointments;
    const taken = await neighbour.book.mutate({ key: crypto.randomUUID(), slot: first, place: "一组" });
    await host.tap(press("确定预约"));
    expect(await host.texts()).toContain("约满了，请选别的时间");
    expect(await host.find(press(/^最近有空的：/))).not.toBeNull();
    await host.tap(slot);
    await host.tap(press("确定预约"));
    expect(await host.texts()).toContain("上门地址：三组 12 号");
    await neighbour.cancel.mutate({ id: taken.id });
    await (await county().as(resident)).appointments.cancel.mutate({ id: (await ticketOf(host)).id });
  });

  test("whoever is nobody's verified villager is led to what comes first", async () => {
    const host = await phones.start({ as: follower, url: `/${pages.bookSlot}?offer=${await idOf("医保业务")}` });
    expect(await host.find(day)).not.toBeNull();
    expect(await host.texts()).toContain("预约要用真实姓名");
    await host.tap({ text: "认证成为村民" });
    expect(host.route).toBe(pages.verify);
    await open(host, `${pages.bookSlot}?offer=00000000000000000000000000`);
    expect(await host.texts()).toContain("没有找到这一项");
  });

  test("who stands in line is booked when somebody gives a place back, reads so in the inbox, and staff see who comes", async () => {
    const full = await fullDay(platform);
    const host = await phones.start({ as: "19900000002", url: `/${pages.bookSlot}?offer=${full.offer}` });
    await host.tap({ role: "radio", label: /约满了/, nth: 0 });
    await host.type({ label: /^上门的地址/ }, "二组 5 号");
    await host.tap(press("排队等名额"));
    expect(await host.texts()).toContain("正在排队，您排在第一位");
    await (await county().as(resident)).appointments.cancel.mutate({ id: full.ticket });
    await open(host, pages.messages);
    await host.tap({ text: new RegExp(`关于“${full.name}”`), nth: 0 });
    expect(host.route).toBe(pages.ticket);
    expect(await host.texts()).toContain("已约好");
    const ticket = await (await county().as("19900000002")).appointments.get.query({ id: host.query["id"] ?? "" });

    const staff = await phones.start({ as: secretary, url: `/${pages.daySheet}` });
    const { items } = await (await county().as(secretary)).appointments.day.query({ offer: full.offer, day: full.day });
    expect(items.map(({ id }) => id)).toEqual([ticket.id]);
    expect(await staff.find(press("扫码签到"))).not.toBeNull();
    expect(await staff.find({ label: /^哪一项/ })).not.toBeNull();
  });
});
