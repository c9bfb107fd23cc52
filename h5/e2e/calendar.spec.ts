import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { people } from "./county.ts";
import { aWalk, button, link, network, picture, quiet, sees } from "./kit.ts";
import { barriers, complaints, rules } from "./look.ts";

/** A ticket in a browser: into the phone's calendar as a file, and onto a map. */
const { county, visit } = aWalk();

async function aTicket(of: string = people.villager) {
  const { api } = await county().person(of);
  const offer = await county().offerId("医保");
  const { days } = await api.appointments.slots.query({ offer });
  const day = days.filter(({ free }) => free > 0)[2]?.day;
  const { slots } = await api.appointments.slots.query({ offer, ...(day ? { day } : {}) });
  const slot = slots.find(({ free }) => free > 0)?.id ?? "";
  const { id } = await api.appointments.book.mutate({ key: crypto.randomUUID(), slot });
  const ticket = await api.appointments.get.query({ id });
  return { ticket, address: `/appointments/ticket?id=${id}`, giveUp: () => api.appointments.cancel.mutate({ id }) };
}

/** Fields by name, as a calendar reads them: continued lines joined. */
const fieldsOf = (file: string) =>
  new Map(
    file
      .replace(/\r\n /g, "")
      .split("\r\n")
      .map((line): [string, string] => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1)]),
  );
const utc = (ms: number) => new Date(ms).toISOString().replace(/[-:]|\.000/g, "");

test("a tap hands out a file with the appointment, also without a network, and what is handed out later takes its place", async () => {
  const { ticket, address, giveUp } = await aTicket();
  const at = await visit({ as: people.villager });
  const { page } = at;
  await at.open(address);
  const file = async () => {
    const coming = page.waitForEvent("download");
    await button(page, "加到手机日历").click();
    const came = await coming;
    expect(came.suggestedFilename()).toBe("yuyue.ics");
    return fieldsOf(await readFile(await came.path(), "utf8"));
  };
  const first = await file();
  const { id, offer, start, end } = ticket;
  const origin = new URL(county().url);
  expect(Object.fromEntries(first)).toMatchObject({
    ...{ UID: `${id}@${origin.host}`, DTSTART: utc(start), DTEND: utc(end), TRIGGER: "-PT2H" },
    ...{ SUMMARY: `预约：${offer.name}`, LOCATION: `${offer.house}，${offer.address}` },
    URL: `${origin.origin}${address}`,
  });
  await sees(page, "点开它就加进日历");
  await network(at, false);
  await page.clock.setSystemTime(Date.now() + 60_000);
  const second = await file();
  expect([second.get("UID"), second.get("DTSTART")]).toEqual([first.get("UID"), first.get("DTSTART")]);
  expect(Number(second.get("SEQUENCE"))).toBeGreaterThan(Number(first.get("SEQUENCE")));
  await network(at, true);
  quiet(at);
  await at.close();
  await giveUp();
});

test("a map that looks for the address opens after a word that one leaves", async () => {
  const { ticket, address, giveUp } = await aTicket();
  const at = await visit({ as: people.villager });
  const { page } = at;
  await at.open(address);
  const map = link(page, "看地图");
  const to = new URL((await map.getAttribute("href")) ?? "");
  expect([to.origin, to.searchParams.get("keyword")]).toEqual(["https://uri.amap.com", ticket.offer.address]);
  expect(await map.getAttribute("rel")).toContain("noreferrer");
  await map.click();
  await sees(page, "即将离开本站");
  quiet(at);
  await at.close();
  await giveUp();
});

test("inside of WeChat, which keeps no files, it says how to get to a browser that does", async () => {
  const { address, giveUp } = await aTicket();
  const userAgent =
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36 MicroMessenger/8.0.50";
  const at = await visit({ as: people.villager, userAgent });
  await at.open(address);
  await sees(at.page, "选“在浏览器打开”");
  expect(await button(at.page, "加到手机日历").count()).toBe(0);
  quiet(at);
  await at.close();
  await giveUp();
});

test.each(["normal", "elder"] as const)("the ticket is whole and can be pressed in the %s edition", async (edition) => {
  const who = edition === "elder" ? people.elder : people.villager;
  const { address, giveUp } = await aTicket(who);
  const at = await visit({ as: who, skin: edition === "elder" ? 1 : 0 });
  const { page } = at;
  const found: string[] = [];
  for (const width of [390, 320]) {
    await page.setViewportSize({ width, height: 844 });
    await at.open(address);
    await button(page, "加到手机日历").click();
    await sees(page, "点开它就加进日历");
    found.push(...(await barriers(page)), ...(await complaints(page, rules[edition])));
    await picture(page, "ticket", `${edition}-${width}`);
  }
  expect(found).toEqual([]);
  await at.close();
  await giveUp();
});
