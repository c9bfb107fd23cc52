import { describe, expect, test } from "vitest";
import { aCounty, committee, open, pages, phonesOf, platforms, resident, secretary, supervisor } from "./kit.ts";

/** A link that was cut, mistyped or is not for this person: the page says what is wrong and leads to where it can be found. */
const county = aCounty();
const nobody = "01M0SX4SMZ9MFBKAN1GN16EWNP";
const cut = "01m0sx4smz9m";

/** One thing by its id: no id at all, one that was cut, one of nothing. */
const things = [
  { page: "notice", bad: "打不开公告", gone: "没有找到这条公告", way: "看公告", leads: pages.notices },
  { page: "post", bad: "打不开这条内容", gone: "没有找到这条内容", way: "看大家说的话", leads: pages.circle },
  { page: "case", bad: "打不开办理经过", gone: "没有找到这件事", way: "看大家说的话", leads: pages.circle },
] as const;

const links = [
  ...things.flatMap(({ page, bad, gone, way, leads }) => [
    { who: resident, page, query: "", says: bad, way, leads },
    { who: resident, page, query: `?id=${cut}`, says: bad, way, leads },
    { who: resident, page, query: `?id=${nobody}`, says: gone, way, leads },
  ]),
  { who: secretary, page: "case", query: `?id=${nobody}`, says: "不归您处理", way: "看村民诉求", leads: pages.cases },
  {
    who: secretary,
    page: "deskNotice",
    query: `?id=${cut}`,
    says: "打不开公告",
    way: "看待我处理的公告",
    leads: pages.desk,
  },
  {
    who: secretary,
    page: "deskNotice",
    query: `?id=${nobody}`,
    says: "不归您处理",
    way: "看待我处理的公告",
    leads: pages.desk,
  },
  {
    who: resident,
    page: "notices",
    query: "?region=9901",
    says: "不知道是哪个村的公告",
    way: "看全县的公告",
    leads: pages.notices,
  },
  {
    who: resident,
    page: "circleLog",
    query: "?village=9901",
    says: "不知道是哪个村",
    way: "看大家说的话",
    leads: pages.circle,
  },
  {
    who: resident,
    page: "verify",
    query: "?region=9901",
    says: "不知道是哪个村",
    way: "选一个村",
    leads: pages.region,
  },
  {
    who: resident,
    page: "verify",
    query: "?region=990101999999",
    says: "没有找到这个村",
    way: "选一个村",
    leads: pages.region,
  },
  {
    who: resident,
    page: "verify",
    query: "?region=990101101000",
    says: "不是一个村",
    way: "选一个村",
    leads: pages.region,
  },
] as const;

describe.each(platforms)("links that lead nowhere on %s", (platform) => {
  const phones = phonesOf(platform, county);

  test.each(links)(
    "the page $page with the question '$query' says $says and leads on",
    async ({ who, page, query, says, way, leads }) => {
      const host = await phones.start({ as: who, url: `/${pages[page]}${query}` });
      const words = await host.texts();
      expect(words).toContain(says);
      expect(words).not.toContain("填写的内容不对");
      expect(words).not.toContain("重试");
      await host.tap({ text: way });
      expect(host.route).toBe(leads);
    },
  );

  const desks = [
    {
      who: supervisor,
      page: "cases",
      says: "这一页给村干部和镇里的工作人员",
      way: "看大家反映的事和办理进度",
      leads: pages.circle,
    },
    {
      who: supervisor,
      page: "board",
      says: "这一页给村干部和镇里的工作人员",
      way: "看大家反映的事和办理进度",
      leads: pages.circle,
    },
    { who: committee, page: "verifyQueue", says: "这一页给村书记", way: "看我的认证", leads: pages.verify },
    { who: resident, page: "desk", says: "办公告用", way: "看公告", leads: pages.notices },
  ] as const;
  test.each(desks)("$page opened by $who says whose it is and leads on", async ({ who, page, says, way, leads }) => {
    const host = await phones.start({ as: who, url: `/${pages.me}` });
    expect(await host.texts()).not.toContain(page === "verifyQueue" ? "审核村民认证" : "处理村民诉求");
    await open(host, pages[page]);
    expect(await host.texts()).toContain(says);
    expect(await host.texts()).not.toContain("重试");
    expect(host.requests.filter(({ url }) => /cases\.|verification\.queue|notices\.desk/.test(url))).toEqual([]);
    await host.tap({ text: way });
    expect(host.route).toBe(leads);
  });

  test("a village chosen after a bad link counts, and the form for it stands there", async () => {
    const host = await phones.start({ as: secretary, url: `/${pages.verify}?region=9901` });
    expect(await host.texts()).not.toContain("提交申请");
    await host.tap({ role: "button", text: "选一个村" });
    await host.tap({ role: "button", text: /^桃坪村/, nth: 0 });
    expect(await host.texts()).toContain("提交申请");
  });
});
