import type { MiniHost } from "@weimenhu/minihost";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startFront } from "./front.ts";
import { aCase, aCounty, committee, open, pages, phonesOf, platforms, resident, secretary, zhuxi } from "./kit.ts";

/** What a villager raises is handled from a phone, and ends as its author says. */
const county = aCounty();
const elder = "19900000002";
let front: Awaited<ReturnType<typeof startFront>>;
beforeAll(async () => {
  front = await startFront(county().world.url);
});
afterAll(() => front.close());

const fileOf = async (id: string) => (await county().as(secretary)).cases.get.query({ id });
const movesOf = async (id: string) => (await fileOf(id)).steps.map(({ move }) => move);
const act = async (phone: string, id: string, move: "start" | "finish" | "refuse", text: string) =>
  (await county().as(phone)).cases.move.mutate({
    id,
    key: crypto.randomUUID(),
    move,
    text,
    ...(move === "refuse" ? { reason: "duplicate" as const } : {}),
  });
const press = (host: MiniHost, text: string | RegExp) => host.tap({ role: "button", text });

/** The case of the villager's post with these words. */
async function caseOf(words: string): Promise<string> {
  await county().world.settle();
  const api = await county().as(resident);
  const { items } = await api.circle.feed.query({ village: zhuxi.code, q: words });
  const id = items[0]?.case?.id;
  if (!id) throw new Error(`no case says ${words}`);
  return id;
}

describe.each(platforms)("cases on %s", (platform) => {
  const phones = phonesOf(platform, county);
  const at = (phone: string, id: string, more: { server?: string } = {}) =>
    phones.start({ as: phone, url: `/${pages.case}?id=${id}`, ...more });
  beforeEach(() => front.heal());

  test("a photo of garbage: two taps from the message to the answer, an after-photo, confirmed, five stars", async () => {
    const words = `垃圾堆了三天 ${platform}`;
    const author = await phones.start({ as: resident, url: `/${pages.writePost}?village=${zhuxi.code}` });
    await author.tap({ role: "radio", label: /^求助/ });
    await author.type({ label: /^内容/ }, words);
    await author.tap({ text: "加照片" });
    await author.tap({ role: "button", text: /^发布/ });
    const id = await caseOf(words);

    // The message opens this page; the ready words stand there.
    const village = await at(secretary, id);
    expect(await village.texts()).toContain("待受理");
    await press(village, "发送：马上处理");
    expect(await village.texts()).toContain("已发送：马上处理");
    expect((await fileOf(id)).steps.at(-1)).toMatchObject({ move: "start", text: "已收到，我们马上处理。" });

    await village.tap({ role: "radio", text: "办好了" });
    await village.type({ label: /^答复的话/ }, "已经清走，加了一个桶");
    await press(village, "发送：办好了");
    expect(await village.texts()).toContain("请拍一张办好后的照片");
    await village.tap({ text: "拍办好后的照片" });
    expect(await village.texts()).toContain("照片已传好 1 / 1 张");
    await press(village, "发送：办好了");
    expect(await village.texts()).toContain("待确认");
    expect((await fileOf(id)).steps.at(-1)?.photos).toHaveLength(1);

    await open(author, `${pages.case}?id=${id}`);
    await press(author, "确认办结");
    expect(await author.texts()).toContain("已确认办结，谢谢您");
    await press(author, "发送评价");
    expect(await author.texts()).toContain("请先选几星");
    await author.tap({ role: "radio", text: /^5 星/ });
    await author.tap({ role: "checkbox", label: "服务热情效率高" });
    await press(author, "发送评价");
    expect(await author.texts()).toContain("已评价，谢谢您");
    expect(await author.texts()).not.toContain("发送评价");

    expect(await author.texts()).toContain("5 星 非常满意");
    const mine = await (await county().as(resident)).cases.get.query({ id });
    expect(mine.ratings).toMatchObject([{ stars: 5, tags: [517] }]);

    // Whoever handled it reads that it is confirmed, and nothing of stars.
    await open(village, `${pages.case}?id=${id}`);
    expect(await village.texts()).toContain("确认办结");
    expect(await village.texts()).not.toContain("评价");
    expect(await village.texts()).not.toMatch(/[1-5] 星/);
    expect(await fileOf(id)).toMatchObject({ state: "closed", outcome: "confirmed", ratings: [] });
  });

  test("what waits stands on the home page, by deadline on the desk, and leads to the case", async () => {
    const words = `路口积水 ${platform}`;
    await aCase(county(), words);
    const host = await phones.start({ as: secretary });
    expect(await host.texts()).toMatch(/等我处理 \d+ 件诉求/);
    await host.tap({ role: "link", label: /^去处理.*诉求|诉求.*去处理/ });
    expect(host.route).toBe(pages.cases);
    await host.tap({ role: "link", text: new RegExp(words) });
    expect(host.route).toBe(pages.case);
    expect(await host.texts()).toContain(words);
  });

  test("of two cadres who answer at once one is told, sees what the other did, and keeps the words", async () => {
    const id = await aCase(county(), `水渠堵了 ${platform}`);
    const [first, second] = [await at(secretary, id), await at(committee, id)];
    await second.type({ label: /^答复的话/ }, "我下午去清");
    second.network.hold = true;
    await press(second, "发送：马上处理");
    await press(first, "发送：马上处理");
    second.network.release();
    await second.idle();
    const told = await second.texts();
    expect(told).toContain("刚才别人先处理了");
    expect(told).toContain("已收到，我们马上处理。");
    expect(await second.find({ label: /^答复的话/ })).toMatchObject({ value: "我下午去清" });
    expect((await movesOf(id)).filter((move) => move === "start")).toHaveLength(1);
  });

  test("an answer that was lost is sent again as the same one; what was typed outlives the app", async () => {
    const id = await aCase(county(), `电线垂下来了 ${platform}`);
    const host = await at(secretary, id, { server: front.url });
    await host.type({ label: /^答复的话/ }, "已通知供电所");
    // Before the page hears by another way that it is done.
    host.network.hold = "cases.get";
    front.lose("cases.move");
    await press(host, "发送：马上处理");
    expect(await host.texts()).toContain("重试");
    await press(host, "重试");
    host.network.release();
    expect(await host.texts()).toContain("已发送：马上处理");
    expect(await movesOf(id)).toEqual(["raise", "start"]);

    await host.type({ label: /^答复的话/ }, "师傅下午到");
    const { storage } = host;
    await host.stop();
    const later = await phones.start({ storage, url: `/${pages.case}?id=${id}` });
    expect(await later.find({ label: /^答复的话/ })).toMatchObject({ value: "师傅下午到" });
  });

  test("what is not taken up says why and where to go", async () => {
    const id = await aCase(county(), `邻居打官司 ${platform}`);
    const village = await at(secretary, id);
    await press(village, "不予受理");
    await press(village, "确定不予受理");
    expect(await village.texts()).toContain("请选一个原因");
    await village.tap({ role: "radio", label: /^已在法定程序中/ });
    await press(village, "确定不予受理");
    expect(await village.texts()).toContain("已办：不予受理");
    const author = await at(resident, id);
    expect(await author.texts()).toContain("请向该机关反映");
    expect(await author.texts()).not.toContain("还没解决");
  });

  test("not solved: its author opens it again once, with words", async () => {
    const id = await aCase(county(), `井盖破了 ${platform}`);
    await act(secretary, id, "start", "马上处理");
    await act(secretary, id, "finish", "换好了");
    const author = await at(resident, id);
    await press(author, "还没解决（重开）");
    await press(author, "确定重开");
    expect(await author.texts()).toContain("请写哪里没解决");
    await author.type({ label: /^哪里没解决/ }, "又松了");
    await press(author, "确定重开");
    expect(await author.texts()).toContain("已重开，村里会重新办理");
    await press(author, "办好了告诉我");
    expect(await author.texts()).toContain("会给您发一条通知");
    await act(secretary, id, "start", "再去");
    await act(secretary, id, "finish", "焊住了");
    await open(author, `${pages.case}?id=${id}`);
    expect(await author.texts()).not.toContain("还没解决（重开）");
    expect(await author.texts()).toContain("确认办结");
  });

  test("two stars open the handling again, and say so before", async () => {
    const id = await aCase(county(), `音响太吵 ${platform}`);
    await act(secretary, id, "start", "马上处理");
    await act(secretary, id, "finish", "说过了");
    const author = await at(resident, id);
    await author.tap({ role: "radio", text: /^2 星/ });
    expect(await author.texts()).toContain("这件事会重新办理");
    await press(author, "发送评价");
    expect(await author.texts()).toContain("请写哪里没解决");
    await author.type({ label: /^哪里没解决/ }, "晚上十点还在响");
    await press(author, "发送评价");
    expect(await author.texts()).toContain("已评价，这件事会重新办理");
    expect(await author.texts()).toContain("办好了告诉我");
    // What the author says is looked at first.
    await county().world.settle();
    const file = await fileOf(id);
    expect(file).toMatchObject({ state: "pending", round: "reopened", ratings: [] });
    expect(file.steps.at(-1)).toMatchObject({ move: "reopen", text: "晚上十点还在响" });
  });

  test("a case is given to another cadre, stopped with a reason and goes on", async () => {
    const id = await aCase(county(), `河道有树倒了 ${platform}`);
    const host = await at(secretary, id);
    await press(host, "交给别人办");
    await host.tap({ role: "radio", label: /村委会委员/ });
    await press(host, "确定交给别人办");
    expect(await host.texts()).toMatch(/经办 /);
    await press(host, "发送：马上处理");
    await press(host, "暂停计时");
    await host.type({ label: /^为什么要等/ }, "等水退");
    await press(host, "确定暂停计时");
    expect(await host.texts()).toContain("等水退");
    await press(host, "继续计时");
    await press(host, "确定继续计时");
    expect(await movesOf(id)).toEqual(["raise", "assign", "start", "pause", "resume"]);
  });

  test("the village's answer appears in its author's open case by itself", async () => {
    const id = await aCase(county(), `桥头没有灯 ${platform}`);
    const host = await at(resident, id);
    await host.waitFor(() => host.sockets.at(-1)?.state === "open" && host.sockets.at(-1)?.received.length, "news");
    await act(secretary, id, "start", "今天下午去装");
    await host.waitFor(async () => (await host.texts()).includes("今天下午去装"), "the answer");
    expect(await host.texts()).toContain("处理中");
  });

  test("a neighbour who changes the address finds nothing", async () => {
    const id = await aCase(county(), `别人的事 ${platform}`);
    const host = await at(elder, id);
    expect(await host.texts()).not.toContain("别人的事");
    expect(await host.texts()).not.toContain("答复的话");
    await open(host, pages.cases);
    expect(await host.texts()).toContain("这一页给村干部和镇里的工作人员处理村民诉求用");
  });
});
