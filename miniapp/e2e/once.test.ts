import type { MiniHost } from "@weimenhu/minihost";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startFront } from "./front.ts";
import { aCase, aCounty, committee, open, pages, phonesOf, platforms, resident, secretary, zhuxi } from "./kit.ts";

/** What was done and whose answer was lost is done once, also when the app ended in between: the key outlives it with the words. */
const county = aCounty();
let front: Awaited<ReturnType<typeof startFront>>;
beforeAll(async () => {
  front = await startFront(county().world.url);
});
afterAll(() => front.close());

const key = () => crypto.randomUUID();
const press = (text: string | RegExp) => ({ role: "button", text }) as const;
const value = async (host: MiniHost, label: RegExp) => (await host.find({ label }))?.value ?? "";
const say = async (text: string) =>
  (await county().as(resident)).circle.post.mutate({ key: key(), village: zhuxi.code, kind: "chat", text });
/** How often these words stand under the post. */
const said = async (id: string, words: string) => {
  const { discussion } = await (await county().as(resident)).circle.get.query({ id });
  return discussion.filter(({ text }) => text === words).length;
};
const stepsOf = async (id: string) => (await (await county().as(secretary)).cases.get.query({ id })).steps;
const reopen = async (id: string) =>
  (await county().as(resident)).cases.move.mutate({ id, key: key(), move: "reopen", text: "又堵了" });
const act = async (id: string, move: "start" | "resume" | "finish", text?: string) =>
  (await county().as(secretary)).cases.move.mutate({ id, key: key(), move, ...(text ? { text } : {}) });

describe.each(platforms)("once, and not again after the app ended, on %s", (platform) => {
  const phones = phonesOf(platform, county);
  beforeEach(() => front.heal());

  /** The server does it, the answer is lost, and the app is ended at once; what the phone keeps. */
  async function lost(host: MiniHost, procedure: string, button: string | RegExp) {
    // Nor does the page hear by another way that it is done.
    host.network.hold = ".get";
    front.lose(procedure);
    await host.tap(press(button));
    expect(await host.texts()).toContain("重试");
    const { storage } = host;
    await host.stop();
    return storage;
  }

  test("a comment with its call to the village", async () => {
    const { id } = await say(`说一句 ${platform}`);
    const words = `明天来帮忙 ${platform}`;
    const url = `/${pages.post}?id=${id}`;
    const host = await phones.start({ as: resident, url, server: front.url });
    await host.type({ label: /^写评论/ }, words);
    await host.tap({ role: "checkbox", label: /^@村里/ });
    const storage = await lost(host, "circle.comment", "发出评论");
    expect(await said(id, words)).toBe(1);

    const later = await phones.start({ storage, url });
    expect(await value(later, /^写评论/)).toBe(words);
    expect(await later.find({ role: "checkbox", label: /^@村里/ })).toMatchObject({ checked: true });
    await later.tap(press("发出评论"));
    expect(await value(later, /^写评论/)).toBe("");
    expect(await later.find({ role: "checkbox", label: /^@村里/ })).toMatchObject({ checked: false });
    expect(await said(id, words)).toBe(1);
    expect(JSON.stringify(later.storage.all())).not.toContain("typed-words:");

    // Said once more when it had been said is another comment.
    await later.type({ label: /^写评论/ }, words);
    await later.tap(press("发出评论"));
    expect(await said(id, words)).toBe(2);
  });

  test("other words are another comment, and another person's the same words their own", async () => {
    const { id } = await say(`说两句 ${platform}`);
    const words = `我也去 ${platform}`;
    const url = `/${pages.post}?id=${id}`;
    const host = await phones.start({ as: resident, url, server: front.url });
    await host.type({ label: /^写评论/ }, words);
    const storage = await lost(host, "circle.comment", "发出评论");

    const { token } = await county().world.person({ phone: secretary, channel: platform, openid: "o-walk-once" });
    const other = await phones.start({ storage: { ...storage.all(), token }, url });
    expect(await value(other, /^写评论/)).toBe("");
    await other.type({ label: /^写评论/ }, words);
    await other.tap(press("发出评论"));
    expect(await said(id, words)).toBe(2);

    const later = await phones.start({ storage, url });
    await later.type({ label: /^写评论/ }, `${words}，下午`);
    await later.tap(press("发出评论"));
    expect([await said(id, words), await said(id, `${words}，下午`)]).toEqual([2, 1]);
  });

  test("a comment on its way when its page is opened anew is not offered again", async () => {
    const { id } = await say(`说三句 ${platform}`);
    const words = `算我一个 ${platform}`;
    const url = `${pages.post}?id=${id}`;
    const host = await phones.start({ as: resident, url: `/${url}` });
    await host.type({ label: /^写评论/ }, words);
    host.network.hold = "circle.comment";
    await host.tap(press("发出评论"));
    await open(host, url);
    expect(await value(host, /^写评论/)).toBe(words);
    host.network.release();
    await host.waitFor(async () => (await value(host, /^写评论/)) === "", "the box empty");
    expect(await said(id, words)).toBe(1);
    expect(JSON.stringify(host.storage.all())).not.toContain("typed-words:");
  });

  test("an official answer", async () => {
    const { id } = await say(`广场舞几点 ${platform}`);
    const words = `晚上九点以前 ${platform}`;
    const url = `/${pages.post}?id=${id}`;
    const host = await phones.start({ as: secretary, url, server: front.url });
    await host.tap(press("代表村里答复"));
    await host.type({ label: /^答复/ }, words);
    const storage = await lost(host, "circle.reply", "发出答复");
    const later = await phones.start({ storage, url });
    await later.tap(press("代表村里答复"));
    expect(await value(later, /^答复/)).toBe(words);
    await later.tap(press("发出答复"));
    expect(await said(id, words)).toBe(1);
    expect(JSON.stringify(later.storage.all())).not.toContain("typed-words:");
  });

  test("a step of a case: the record shows it, and the box does not offer its words once more", async () => {
    const id = await aCase(county(), `桥面坑 ${platform}`);
    const url = `/${pages.case}?id=${id}`;
    const host = await phones.start({ as: secretary, url, server: front.url });
    const storage = await lost(host, "cases.move", "发送：马上处理");
    const later = await phones.start({ storage, url, server: front.url });
    expect(await later.texts()).toContain("已发送：马上处理");
    expect(await value(later, /^答复的话/)).toBe("");

    const words = `料到了，明天铺 ${platform}`;
    await later.type({ label: /^答复的话/ }, words);
    await later.tap({ text: "加照片" });
    const again = await lost(later, "cases.move", "发送：处理进展");
    const last = await phones.start({ storage: again, url });
    expect(await last.texts()).toContain("已发送：说说进展");
    expect(await value(last, /^答复的话/)).toBe("");
    expect((await stepsOf(id)).map(({ move, photos }) => [move, photos.length])).toEqual([
      ["raise", 0],
      ["start", 0],
      ["note", 1],
    ]);
  });

  test("a step whose page still shows the record of before goes out under its key", async () => {
    const id = await aCase(county(), `涵洞堵了 ${platform}`);
    await act(id, "start", "马上去");
    const words = `挖机在路上 ${platform}`;
    const url = `/${pages.case}?id=${id}`;
    const host = await phones.start({ as: secretary, url, server: front.url });
    await host.type({ label: /^答复的话/ }, words);
    host.network.hold = "cases.move";
    await host.tap(press("发送：处理进展"));
    // It is on its way when the app begins anew, and arrives when that page has been read.
    const later = await phones.start({ storage: host.storage.all(), url });
    expect(await value(later, /^答复的话/)).toBe(words);
    later.network.hold = "cases.get";
    host.network.release();
    await host.idle();
    expect((await stepsOf(id)).map(({ move }) => move)).toEqual(["raise", "start", "note"]);
    await later.tap(press("发送：处理进展"));
    expect(await later.texts()).toContain("已发送：说说进展");
    expect(await value(later, /^答复的话/)).toBe("");
    expect((await stepsOf(id)).map(({ move }) => move)).toEqual(["raise", "start", "note"]);
  });

  test("what never arrived is sent with the photo that was with the server already", async () => {
    const id = await aCase(county(), `护栏歪了 ${platform}`);
    await act(id, "start", "马上去");
    const words = `扶正了一半 ${platform}`;
    const url = `/${pages.case}?id=${id}`;
    const host = await phones.start({ as: committee, url, server: front.url });
    await host.type({ label: /^答复的话/ }, words);
    await host.tap({ text: "加照片" });
    expect(await host.texts()).toContain("照片已传好 1 / 1 张");
    front.fail(502, undefined, "cases.move");
    await host.tap(press("发送：处理进展"));
    const { storage } = host;
    await host.stop();
    const later = await phones.start({ storage, url });
    expect(await value(later, /^答复的话/)).toBe(words);
    expect(await later.texts()).toContain("照片已传好 1 / 1 张");
    await later.tap(press("发送：处理进展"));
    expect(await later.texts()).toContain("已发送：说说进展");
    expect((await stepsOf(id)).at(-1)).toMatchObject({ move: "note", text: words, photos: [{}] });
    expect(JSON.stringify(later.storage.all())).not.toContain("typed-reply:");
  });

  test("a clock that was stopped and runs again is stopped anew by the same words", async () => {
    const id = await aCase(county(), `路灯配件 ${platform}`);
    await act(id, "start", "马上去");
    const words = `等配件 ${platform}`;
    const url = `/${pages.case}?id=${id}`;
    const host = await phones.start({ as: secretary, url, server: front.url });
    await host.tap(press("暂停计时"));
    await host.type({ label: /^为什么要等/ }, words);
    const storage = await lost(host, "cases.move", "确定暂停计时");
    const later = await phones.start({ storage, url });
    expect(await later.find(press("暂停计时"))).toBeNull();
    await later.tap(press("继续计时"));
    await later.tap(press("确定继续计时"));
    await later.tap(press("暂停计时"));
    expect(await value(later, /^为什么要等/)).toBe(words);
    await later.tap(press("确定暂停计时"));
    expect((await stepsOf(id)).map(({ move }) => move)).toEqual(["raise", "start", "pause", "resume", "pause"]);
  });

  test("a pause whose answer was lost is another one once the clock was started again", async () => {
    const id = await aCase(county(), `配件没到 ${platform}`);
    await act(id, "start", "马上去");
    const url = `/${pages.case}?id=${id}`;
    const host = await phones.start({ as: secretary, url, server: front.url });
    await host.tap(press("暂停计时"));
    await host.type({ label: /^为什么要等/ }, "等配件");
    const storage = await lost(host, "cases.move", "确定暂停计时");
    await act(id, "resume");
    const later = await phones.start({ storage, url });
    await later.tap(press("暂停计时"));
    expect(await value(later, /^为什么要等/)).toBe("等配件");
    await later.tap(press("确定暂停计时"));
    expect((await stepsOf(id)).map(({ move }) => move)).toEqual(["raise", "start", "pause", "resume", "pause"]);
  });

  test.each([
    [1, "rateBadly", "还是堵着"],
    [5, "rate", null],
  ] as const)("%i stars whose answer was lost are others for the next handling", async (stars, move, words) => {
    const id = await aCase(county(), `水渠 ${stars} ${platform}`);
    const handled = async () => {
      await act(id, "start", "马上去");
      await act(id, "finish", "清完了");
    };
    await handled();
    const url = `/${pages.case}?id=${id}`;
    const host = await phones.start({ as: resident, url, server: front.url });
    await host.tap({ role: "radio", label: new RegExp(`^${stars} 星`) });
    if (words) await host.type({ label: /^哪里没解决/ }, words);
    const storage = await lost(host, "cases.rate", "发送评价");
    if (!words) await reopen(id);
    await handled();
    const later = await phones.start({ storage, url });
    await later.tap({ role: "radio", label: new RegExp(`^${stars} 星`) });
    await later.tap(press("发送评价"));
    const { steps } = await (await county().as(resident)).cases.get.query({ id });
    expect(steps.filter((step) => step.move === move)).toHaveLength(2);
  });
});
