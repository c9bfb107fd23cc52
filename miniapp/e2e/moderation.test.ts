import { describe, expect, test } from "vitest";
import { aCounty, committee, open, pages, phonesOf, platforms, resident, secretary, zhuxi } from "./kit.ts";

/** What waits for a person's eyes reaches those who may decide on their phones, and is decided there. */
const county = aCounty();
const clerk = "19900000020";
const inbox = "features/messages/index";

/** Words that the list leaves to a person. */
async function held(words: string): Promise<{ id: string; check: string }> {
  const author = await county().as(resident);
  const key = crypto.randomUUID();
  return author.circle.post.mutate({ key, village: zhuxi.code, kind: "complaint", text: `代开发票 ${words}` });
}
const asAuthor = async (id: string) => (await county().as(resident)).circle.get.query({ id });
const folded = (words: string): string => `${Array.from(`代开发票 ${words}`).slice(0, 12).join("").trimEnd()}…`;

describe.each(platforms)("what waits, on %s", (platform) => {
  const phones = phonesOf(platform, county);
  const pass = (words: string) => ({ role: "button", label: `让大家看到：${folded(words)}` }) as const;
  const refuse = (words: string) => ({ role: "button", label: `不让看到：${folded(words)}` }) as const;

  test("a complaint that is held is told to the secretary, who lets it pass: it becomes a case", async () => {
    const words = `有人乱倒垃圾，请管一管 ${platform}`;
    const { id, check } = await held(words);
    expect(check).toBe("held");
    const host = await phones.start({ as: secretary, url: `/${inbox}` });
    await host.tap({ role: "link", text: /有内容等您审核/, nth: 0 });
    expect(host.route).toBe(pages.moderation);
    expect(await host.texts()).toContain(`代开发票 ${words}`);
    expect(await host.texts()).toContain("文字：自动审核拿不准，要请人看");
    await host.tap(pass(words));
    await host.tap({ role: "button", text: "确定让大家看到" });
    expect(await host.texts()).toContain("关注本村的人都能看到了");
    expect(await host.texts()).not.toContain(`代开发票 ${words}`);
    expect(await asAuthor(id)).toMatchObject({ check: "passed", case: { state: "pending" } });
  });

  test("it stands on the home page and in 我的, and the phone's own message leads to it", async () => {
    await held(`这条等着 ${platform}`);
    const host = await phones.start({ as: secretary, url: `/${pages.home}` });
    expect(await host.texts()).toMatch(/竹溪村 \d+ 条内容等待审核/);
    await host.tab("我的");
    await host.tap({ role: "link", text: "内容审核" });
    expect(host.route).toBe(pages.moderation);
    await open(host, `${inbox}?to=moderation&id=${zhuxi.code}&message=${"0".repeat(26)}`);
    expect(host.route).toBe(pages.moderation);
  });

  test("what is not shown needs a reason, which its author reads", async () => {
    const words = `加我微信有便宜货 ${platform}`;
    const { id } = await held(words);
    const host = await phones.start({ as: secretary, url: `/${pages.moderation}` });
    await host.tap(refuse(words));
    await host.tap({ role: "button", text: "确定不让看到" });
    expect(await host.texts()).toContain("请选择一个原因，作者会看到");
    await host.tap({ role: "radio", label: /^广告/ });
    await host.tap({ role: "button", text: "确定不让看到" });
    expect(await host.texts()).toContain("作者会看到原因");
    expect(await asAuthor(id)).toMatchObject({ check: "refused", refused: "广告" });
  });

  test("words that were changed meanwhile are looked at again before anybody decides", async () => {
    const words = `改之前的话要够长才行 ${platform}`;
    const { id } = await held(words);
    const host = await phones.start({ as: secretary, url: `/${pages.moderation}` });
    await host.tap(pass(words));
    const text = "代开发票 改过的话";
    await (await county().as(resident)).circle.edit.mutate({ id, key: crypto.randomUUID(), text });
    await host.tap({ role: "button", text: "确定让大家看到" });
    expect(await host.texts()).toContain("作者刚改过内容，请重新看过再决定");
    await host.tap({ role: "button", text: "重新看" });
    expect(await host.texts()).toContain("改过的话");
    expect((await asAuthor(id)).check).toBe("held");
  });

  test("an appeal shows who refused it, why, and what the author says; whoever refused it does not decide", async () => {
    const words = `只是打个比方，没有别的意思 ${platform}`;
    const { id } = await held(words);
    const [author, town, office] = await Promise.all([resident, clerk, secretary].map((one) => county().as(one)));
    await office?.circle.decide.mutate({ id, pass: false, reason: "看着像广告", label: "ad" });
    await author?.circle.appeal.mutate({ id, key: crypto.randomUUID(), why: "不是广告，请再看看" });
    const mine = await phones.start({ as: secretary, url: `/${pages.moderation}` });
    expect(await mine.texts()).toContain("上次是您看的，申诉要请同事或镇里来看。");
    const told = (await town?.messages.inbox.query({ limit: 5 }))?.items.map(({ kind }) => kind);
    expect(told).toContain("appealed");
    const host = await phones.start({ as: clerk, url: `/${pages.moderation}` });
    for (const line of ["作者申诉", "广告：看着像广告", "不是广告，请再看看"])
      expect(await host.texts()).toContain(line);
    await host.tap(pass(words));
    await host.tap({ role: "button", text: "确定让大家看到" });
    expect((await asAuthor(id)).check).toBe("passed");
  });

  test("who may not decide is told whose page it is", async () => {
    const host = await phones.start({ as: committee, url: `/${pages.moderation}` });
    expect(await host.texts()).toContain("这一页给村书记和镇里的工作人员审核");
  });
});
