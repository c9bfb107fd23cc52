import type { MiniHost } from "@weimenhu/minihost";
import { describe, expect, test } from "vitest";
import { aCounty, pages, phonesOf, platforms, resident, zhuxi } from "./kit.ts";

/** From the ticket into the phone's own calendar, and onto a map. */
const county = aCounty({ hospital: true });
const put = { role: "button", text: "加到手机日历" } as const;
const mine = async () => (await county().as(resident)).appointments;

/** A place of the service hall, or of a hospital, that the resident has. */
async function aTicket(sort: "hall" | "hospital") {
  const appointments = await mine();
  const { items } = await appointments.offers.query({ ...(sort === "hall" ? { region: zhuxi.code } : {}), sort });
  const offer = items[0]?.id ?? "";
  const { days } = await appointments.slots.query({ offer });
  const day = days.filter(({ free }) => free > 0)[2]?.day;
  const { slots } = await appointments.slots.query({ offer, ...(day ? { day } : {}) });
  const slot = slots.find(({ free }) => free > 0)?.id ?? "";
  const { id } = await appointments.book.mutate({
    ...{ key: crypto.randomUUID(), slot },
    ...(sort === "hospital" ? { handOver: true } : {}),
  });
  await county().world.settle();
  const ticket = await appointments.get.query({ id });
  expect(ticket.state).toBe("booked");
  return { ticket, giveUp: () => appointments.cancel.mutate({ id }), url: `/${pages.ticket}?id=${id}` };
}

describe.each(platforms)("the way there on %s", (platform) => {
  const phones = phonesOf(platform, county);

  test("an address is copied for the phone's own map", async () => {
    const { ticket, giveUp, url } = await aTicket("hall");
    const host = await phones.start({ as: resident, url });
    await host.tap({ role: "button", text: "复制地址" });
    expect(host.clipboard).toBe(ticket.offer.address);
    expect(await host.texts()).toContain("地址已复制");
    // Alipay has no way into the calendar, so nothing there says that it had.
    expect((await host.texts()).includes("手机日历")).toBe(platform === "weapp");
    await giveUp();
  });
});

describe("the calendar on weapp", () => {
  const phones = phonesOf("weapp", county);
  const said = async (host: MiniHost) => [...(await host.texts()).matchAll(/已交给手机日历|没有让|没有加上/g)].join();

  test("has the appointment with its time, its place and a ring two hours ahead, once", async () => {
    const { ticket, giveUp, url } = await aTicket("hall");
    const host = await phones.start({ as: resident, url });
    await host.tap(put);
    const { offer, start, end, number } = ticket;
    expect(host.calendar).toEqual([
      {
        ...{ title: `预约：${offer.name}`, start: start / 1000, end: end / 1000, allDay: false, alarm: 7200 },
        location: `${offer.house}，${offer.address}`,
        description: expect.stringContaining(`第 ${number} 号\n请带上：${offer.bring.join("、")}`),
      },
    ]);
    expect(await said(host)).toBe("已交给手机日历");
    expect(await host.find(put)).toBeNull();
    // The phone rings for our own reminder where the person lets it.
    await host.tap({ role: "button", text: "到时候提醒我" });
    expect(await host.texts()).toContain("好的，会给您发一条通知");
    await giveUp();
  });

  test("shows nobody which department it is when it rings; the notes say it", async () => {
    const { ticket, giveUp, url } = await aTicket("hospital");
    const host = await phones.start({ as: resident, url });
    await host.tap(put);
    const [entry] = host.calendar;
    const { name, address } = ticket.offer;
    expect([entry?.title, entry?.location]).toEqual(["预约：去医院", address]);
    expect(entry?.description).toContain(`${name} ${ticket.doctor?.name}`);
    await giveUp();
    await county().world.settle();
  });

  test("is left alone by whoever says no; a later tap says how to allow it, and then it works", async () => {
    const { giveUp, url } = await aTicket("hall");
    const host = await phones.start({ as: resident, url, on: { calendar: () => false } });
    await host.tap(put);
    expect([host.calendar, await said(host)]).toEqual([[], ""]);
    await host.tap(put);
    expect(await said(host)).toBe("没有让");
    await host.tap({ role: "button", text: "打开设置" });
    expect(await said(host)).toBe("");
    await host.tap(put);
    expect([host.calendar.length, await said(host)]).toEqual([1, "已交给手机日历"]);
    await giveUp();
  });

  test("is not there in an older WeChat; going back says nothing, and a phone that does not take it says where to look", async () => {
    const { giveUp, url } = await aTicket("hall");
    const old = await phones.start({ as: resident, url, apis: { canIUse: () => false } });
    expect(await old.find(put)).toBeNull();
    let why = "cancel";
    const calendar = () => {
      throw new Error(why);
    };
    const host = await phones.start({ as: resident, url, on: { calendar } });
    await host.tap(put);
    expect(await said(host)).toBe("");
    why = "authorization refuesed";
    await host.tap(put);
    expect(await said(host)).toBe("没有加上");
    await giveUp();
  });

  test("is asked for after the privacy text; whoever does not agree goes on without", async () => {
    const { giveUp, url } = await aTicket("hall");
    const host = await phones.start({ as: resident, url, privacy: "needed" });
    await host.tap(put);
    expect(await host.texts()).toContain("用到您的信息前，请先看看");
    await host.tap({ css: "wx-button", text: "同意" });
    expect(host.calendar).toHaveLength(1);
    await giveUp();
  });
});
