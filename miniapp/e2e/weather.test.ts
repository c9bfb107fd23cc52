import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startWorld } from "../../server/test/world.ts";
import { startFront } from "./front.ts";
import { aCounty, committee, open, pages, phonesOf, platforms, zhuxi } from "./kit.ts";

/** Bad weather on the way to the server: no network, lost answers, a gateway's faults, an old build. */
const county = aCounty();
let front: Awaited<ReturnType<typeof startFront>>;
beforeAll(async () => {
  front = await startFront(county().world.url);
});
afterAll(() => front.close());

describe.each(platforms)("bad weather on %s", (platform) => {
  const phones = phonesOf(platform, county);
  beforeEach(() => {
    front.heal();
  });

  test("what was read is readable without a network, with its time, also after a new start; what was not says so", async () => {
    const host = await phones.start({ storage: { place: zhuxi } });
    await host.tap({ role: "link", text: /看好老人和孩子/ });
    expect(await host.texts()).toContain("风大，请加固棚架");
    host.network.offline = true;
    await host.back();
    expect(await host.texts()).toContain("没有网络，看到的是以前保存的内容");

    const later = await phones.start({ storage: anHourLater(host.storage.all()), network: "none" });
    const words = await later.texts();
    expect(words).toContain("没有网络，看到的是以前保存的内容");
    expect(words).toContain("竹溪村公告");
    expect(words).toMatch(/没有更新成功，这是 \d+月\d+日 周. \d\d:\d\d 的内容/);
    await later.tap({ role: "link", text: /看好老人和孩子/ });
    expect(await later.texts()).toContain("风大，请加固棚架");
    await later.back();
    await later.tap({ role: "link", text: /停水通知/ });
    expect(await later.texts()).toContain("没有连上网络，请检查网络后重试");
    expect(await later.texts()).toContain("没有网络，这一页还没有保存过");
    expect(await later.texts()).not.toContain("以前保存的内容");
    expect(await later.texts()).toContain("重试");
  });

  test("somebody signed in whose phone starts without a network is not taken for a stranger", async () => {
    const host = await phones.start({ as: committee, network: "none", url: `/${pages.me}` });
    expect(await host.texts()).toContain("暂时看不到您的信息");
    expect(await host.texts()).not.toContain("还没有登录");
    await host.tap({ text: "重试" });
    expect(await host.texts()).toContain("暂时看不到您的信息");
    host.network.type = "wifi";
    await host.idle();
    expect(await host.texts()).toContain("村务工作");
  });

  test("the retry button works where the phone does not notice that its network was gone", async () => {
    const host = await phones.start({ url: `/${pages.about}` });
    host.network.dropNext = 9;
    await open(host, `${pages.notices}?region=${zhuxi.code}`);
    await host.tap({ text: "重试" });
    expect(await host.texts()).toContain("没有连上网络，请检查网络后重试");
    host.network.dropNext = 0;
    await host.tap({ text: "重试" });
    expect(await host.texts()).toContain("看好老人和孩子");
    expect(await host.texts()).not.toContain("没有网络");
  });

  test("a slow network shows the shape of the page first", async () => {
    const host = await phones.start({ url: `/${pages.about}` });
    host.network.hold = true;
    await open(host, `${pages.notices}?region=${zhuxi.code}`);
    expect(await host.find({ label: "正在读取，请稍等" })).not.toBeNull();
    host.network.release();
    await host.waitFor(async () => (await host.texts()).includes("看好老人和孩子"), "the list");
    expect(await host.find({ label: "正在读取，请稍等" })).toBeNull();
  });

  test.each([500, 502, 503, 429])(
    "a gateway's %i has words for a person and a retry, and the page recovers",
    async (status) => {
      const host = await phones.start({ url: `/${pages.about}`, server: front.url });
      front.fail(status, "1");
      await open(host, `${pages.notices}?region=${zhuxi.code}`);
      expect(await host.texts()).toContain("重试");
      expect(await host.texts()).not.toMatch(/<|html|trpc|undefined|JSON/);
      front.heal();
      await host.tap({ text: "重试" });
      expect(await host.texts()).toContain("看好老人和孩子");
    },
  );

  test("typed words stay on the phone: over a failed sending, and over a dead battery", async () => {
    const host = await phones.start({ as: committee, url: `/${pages.compose}`, server: front.url });
    const title = `断网也不丢 ${platform}`;
    await host.type({ label: /^标题/ }, title);
    await host.type({ label: /^内容/ }, "明天修水渠");
    front.fail(503);
    await host.tap({ role: "button", text: "提交审核" });
    expect(host.route).toBe(pages.compose);
    expect((await host.find({ label: /^标题/ }))?.value).toBe(title);
    await host.back().catch(() => open(host, pages.home));
    const again = await phones.start({ url: `/${pages.compose}`, storage: host.storage });
    expect((await again.find({ label: /^标题/ }))?.value).toBe(title);
    expect((await again.find({ label: /^内容/ }))?.value).toBe("明天修水渠");
    await again.tap({ role: "button", text: "提交审核" });
    expect(again.route).toBe(pages.deskNotice);
    const fresh = await phones.start({ url: `/${pages.compose}`, storage: again.storage });
    expect((await fresh.find({ label: /^标题/ }))?.value).toBe("");
  });

  test("an answer that was lost after the server did the work makes no second draft", async () => {
    const host = await phones.start({ as: committee, url: `/${pages.compose}` });
    const title = `只有一份 ${platform}`;
    await host.type({ label: /^标题/ }, title);
    await host.type({ label: /^内容/ }, "明天修水渠");
    host.network.loseAnswers = 1;
    await host.tap({ role: "button", text: "提交审核" });
    expect(await host.texts()).toContain("没有连上网络");
    await host.tap({ role: "button", text: "提交审核" });
    expect(host.route).toBe(pages.deskNotice);
    const { items } = await (await county().as(committee)).notices.desk.query({ limit: 50 });
    expect(items.filter((item) => item.title === title)).toHaveLength(1);
  });

  test("who asks too fast is told to wait a little, in the server's own words", async () => {
    const strict = await startWorld({ databaseUrl: county().databaseUrl, env: { RATE_ADDRESS: "2" } });
    try {
      const host = await phones.start({ server: strict.url });
      await open(host, `${pages.notices}?region=${zhuxi.code}`);
      expect(await host.texts()).toContain("操作太快，请稍等一会儿");
      expect(await host.texts()).toContain("重试");
    } finally {
      await strict.close();
    }
  });

  test("a build that the server no longer speaks to is led to the update page", async () => {
    const strict = await startWorld({
      databaseUrl: county().databaseUrl,
      env: { MIN_CLIENT: "weapp=99.0.0,alipay=99.0.0" },
    });
    try {
      const host = await phones.start({ server: strict.url });
      await host.waitFor(async () => (await host.texts()).includes("您用的版本太旧"), "the update page");
      expect(host.route).toBe(pages.update);
      await host.tap({ text: "马上更新" });
    } finally {
      await strict.close();
    }
  });
});

/** The same phone an hour later. */
function anHourLater(stored: Record<string, unknown>): Record<string, unknown> {
  const older = (text: string) => text.replace(/"at":(\d+)}$/, (_all, at: string) => `"at":${Number(at) - 3_600_000}}`);
  return Object.fromEntries(
    Object.entries(stored).map(([key, value]) => [key, typeof value === "string" ? older(value) : value]),
  );
}
