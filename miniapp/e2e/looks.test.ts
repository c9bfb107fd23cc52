import { chromiumView, type Found, type MiniHost, type Platform } from "@weimenhu/minihost";
import { describe, expect, test } from "vitest";
import {
  aCounty,
  everyPage,
  firstScreenNodes,
  open,
  pages,
  phonesOf,
  picture,
  resident,
  secretary,
  tappable,
} from "./kit.ts";
import { applied, newStaff } from "./people.ts";

/** Real layout: nothing leaves the screen, everything that is pressed is large enough, and a picture of each page to look at. */
const county = aCounty();

/** Height and width of what a finger must hit, in pixels, by edition. */
const touch = [44, 60, 68] as const;
const looks: [Platform, number, 0 | 1 | 2][] = [
  ["weapp", 390, 0],
  ["weapp", 320, 1],
  ["alipay", 320, 0],
  ["alipay", 390, 1],
  ["alipay", 320, 2],
];

describe.each(looks)("%s at %i px, edition %i", (platform, width, edition) => {
  const phone = `199000009${platform === "weapp" ? 7 : 8}${edition}`;
  const phones = phonesOf(platform, county);
  const view = () => chromiumView({ width, height: width === 320 ? 568 : 844 });
  /** What does not fit on the page in front, of which a picture is kept. */
  const look = async (host: MiniHost, name: string): Promise<string[]> => {
    const faults = await misfits(host, width, edition);
    expect(await host.nodes(), name).toBeLessThanOrEqual(firstScreenNodes);
    await picture(host, `${platform}-${width}-${edition}-${name}`, { fullPage: true });
    return faults.map((fault) => `${name}: ${fault}`);
  };

  test("every page fits, and every target can be hit", async () => {
    await (await county().as(secretary)).account.setElder.mutate({ elder: edition });
    const host = await phones.start({ as: secretary, view: view() });
    const faults: string[] = [];
    for (const [name, url] of await everyPage(county())) {
      await open(host, url);
      if (name === "search") {
        await host.type({ label: /^想找什么/ }, "停水");
        await host.tap({ role: "button", text: "搜索" });
      }
      faults.push(...(await look(host, name)));
    }
    expect(faults).toEqual([]);
  });

  test("links and numbers in running text can be hit", async () => {
    const host = await phones.start({ storage: { skin: edition }, view: view() });
    const { noticeId } = county();
    const title = "路灯亮了";
    await open(host, `${pages.notice}?id=${await noticeId(title)}`);
    expect(await look(host, "links")).toEqual([]);
    const links = await host.findAll({ role: "link", within: ".body" });
    expect(links.map(({ text }) => text)).toEqual(["竹溪村路灯安装收支明细", "0990-0000000"]);
  });

  test("a picture that does not come keeps its words, and comes when it is asked for again", async () => {
    const url = `/${pages.notice}?id=${await county().noticeId("路灯亮了")}`;
    const before = await phones.start({ storage: { skin: edition }, url });
    expect(await before.texts()).toContain("路灯亮了");
    const host = await phones.start({ storage: before.storage, view: view(), network: "none", url });
    await host.waitFor(async () => (await host.texts()).includes("图片没有显示出来"), "the lost picture");
    expect(await host.texts()).toContain("四组到八组的村道，晚上七点，七盏路灯都亮着");
    expect(await look(host, "lost-picture")).toEqual([]);
    host.network.offline = false;
    await host.tap({ role: "button", text: "重新显示", nth: 0 });
    expect(await host.find({ css: ".b-figure", nth: 0 })).not.toBeNull();
  });

  test("a person who has not signed in sees where to begin", async () => {
    const host = await phones.start({ storage: { skin: edition }, view: view(), number: resident });
    for (const name of ["home", "me", "signIn"] as const) {
      await open(host, pages[name]);
      expect(await look(host, `out-${name}`)).toEqual([]);
    }
  });

  test("the steps on the way fit too: a phone to be verified, a second factor, an application to decide", async () => {
    const { world } = county();
    const stranger = await world.person({ channel: platform, openid: `o-look-${platform}` });
    await stranger.api.account.setElder.mutate({ elder: edition });
    const start = (token: string, page: string) => phones.start({ storage: { token }, view: view(), url: `/${page}` });
    const faults = await look(await start(stranger.token, pages.phone), "way-phone");

    const token = await newStaff(county(), platform, phone);
    await (await county().as(phone)).account.setElder.mutate({ elder: edition });
    const staff = await start(token, pages.second);
    faults.push(...(await look(staff, "way-second")));
    await staff.tap({ role: "button", text: "开始绑定" });
    await staff.tap({ text: "验证器在另一部手机上" });
    faults.push(...(await look(staff, "way-enrol")));

    await applied(county());
    await (await county().as(secretary)).account.setElder.mutate({ elder: edition });
    const desk = await phones.start({ as: secretary, view: view(), url: `/${pages.verifyQueue}` });
    faults.push(...(await look(desk, "way-queue")));
    await desk.tap({ role: "button", label: /^不通过/ });
    faults.push(...(await look(desk, "way-decide")));
    expect(faults).toEqual([]);
  });
});

describe.each(["weapp", "alipay"] as const)("a low screen in the largest edition on %s", (platform) => {
  const phones = phonesOf(platform, county);
  const [width, height] = [320, 500];
  /** Where on the screen a button of the sheet lies that a finger cannot reach without scrolling. */
  const beneath = async (host: MiniHost, words: string[]): Promise<string[]> => {
    const lines = await Promise.all(words.map(async (text) => [text, (await host.find({ text }))?.rect] as const));
    return lines.flatMap(([text, rect]) => (rect && rect.top >= 0 && rect.bottom <= height ? [] : [text]));
  };

  test("the answers of a sheet are in sight while its words scroll", async () => {
    await (await county().as(secretary)).account.setElder.mutate({ elder: 2 });
    await applied(county());
    const view = chromiumView({ width, height });
    const host = await phones.start({ as: secretary, view, privacy: "needed", url: `/${pages.compose}` });
    const low: string[] = [];
    if (platform === "weapp") {
      await host.tap({ text: "加照片" });
      await picture(host, `${platform}-low-privacy`);
      low.push(...(await beneath(host, ["同意", "不同意"])));
      await host.tap({ text: "不同意" });
    }
    expect(low).toEqual([]);
    await open(host, pages.verifyQueue);
    await host.tap({ role: "button", label: /^不通过/ });
    await picture(host, `${platform}-low-decide`);
    expect(await beneath(host, ["确定不通过", "取消"])).toEqual([]);
    await host.tap({ text: "确定不通过" });
    await picture(host, `${platform}-low-unfilled`);
    expect(await host.texts()).toContain("上面还没有填好");
    expect(await beneath(host, ["确定不通过", "取消"])).toEqual([]);
  });
});

async function misfits(host: MiniHost, width: number, edition: 0 | 1 | 2): Promise<string[]> {
  const least = touch[edition];
  // Chips slide; so does a table, but in the elder editions only one that cannot be told as cards.
  const slides = edition === 0 ? ".b-scroll wx-view" : ".b-table:not(.b-cards) wx-view";
  const sideways = new Set((await host.findAll(`.chips-line wx-view, ${slides}`)).map(place));
  const all = (await host.findAll("wx-view, wx-text, wx-button, wx-input, wx-textarea, wx-image")).filter(
    (element) => element.visible && !sideways.has(place(element)),
  );
  const out = all.filter(({ rect }) => rect.right > width + 1 || rect.left < -1);
  const small = (await host.findAll(tappable)).filter(
    ({ visible, rect, role }) =>
      visible && role !== "group" && (rect.height < least - 0.5 || rect.width < Math.min(least, 44) - 0.5),
  );
  return [
    ...out.map(
      ({ className, rect, text }) =>
        `outside ${Math.round(rect.left)}…${Math.round(rect.right)} .${className} ${text.slice(0, 20)}`,
    ),
    ...small.map(
      ({ className, rect, text }) =>
        `small ${Math.round(rect.width)}×${Math.round(rect.height)} .${className} ${text.slice(0, 20)}`,
    ),
  ];
}

const place = ({ rect, className, text }: Found): string => `${className}${rect.left},${rect.top},${text}`;
