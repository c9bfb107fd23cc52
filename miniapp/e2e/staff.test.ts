import type { MiniHost } from "@weimenhu/minihost";
import { describe, expect, test } from "vitest";
import { filesOf } from "../../server/test/seed/media.ts";
import {
  aCounty,
  committee,
  open,
  type Phones,
  pages,
  phonesOf,
  platforms,
  resident,
  secretary,
  supervisor,
  zhuxi,
} from "./kit.ts";

/** The village's staff on their phones: one writes, one reviews, one publishes, and a resident reads it. */
const county = aCounty();

describe.each(platforms)("staff on %s", (platform) => {
  const phones = phonesOf(platform, county);

  test("a notice with a photo goes through three people's phones to a resident's", async () => {
    const title = `水渠清淤 ${platform}`;
    const author = await phones.start({ as: committee, url: `/${pages.me}` });
    await author.tap({ role: "link", text: "写公告" });
    await author.type({ label: /^标题/ }, title);
    await author.type({ label: /^内容/ }, "周六上午八点\n\n带上铁锹");
    await author.tap({ text: "加照片" });
    expect(await author.texts()).toContain("照片已传好 1 / 1 张");
    await author.tap({ text: "先看看发出来的样子" });
    expect(await author.text({ role: "dialog" })).toContain("带上铁锹");
    await author.tap({ text: "回去接着写" });
    await author.tap({ role: "button", text: "提交审核" });
    expect(author.route).toBe(pages.deskNotice);
    expect(await author.texts()).toContain("待审核");
    expect(await author.texts()).toContain("已经交上去，等别人审核");

    const reviewer = await work(phones, supervisor, title);
    await decide(reviewer, "审核通过");
    expect(await reviewer.texts()).toContain("待发布");

    const publisher = await work(phones, secretary, title);
    await decide(publisher, "马上发布");
    expect(await publisher.texts()).toContain("已发布");

    const reader = await phones.start({ as: resident, url: `/${pages.notices}?region=${zhuxi.code}` });
    await reader.tap({ role: "link", text: new RegExp(title) });
    expect(await reader.texts()).toContain("带上铁锹");
    const photos = await reader.findAll("wx-image");
    expect(photos.length).toBe(1);
  });

  test("a notice is sent back with words; its writer changes it and hands it in again", async () => {
    const title = `红白理事会 ${platform}`;
    const author = await phones.start({ as: committee, url: `/${pages.compose}` });
    await author.type({ label: /^标题/ }, title);
    await author.type({ label: /^内容/ }, "明天开会");
    await author.tap({ role: "button", text: "提交审核" });

    const reviewer = await work(phones, supervisor, title);
    await reviewer.tap({ role: "button", text: "退回修改" });
    await reviewer.tap({ role: "button", text: "确定退回修改" });
    expect(await reviewer.texts()).toContain("请写明理由");
    await reviewer.type({ label: /^理由/ }, "写清几点开会");
    await reviewer.tap({ role: "button", text: "确定退回修改" });

    await open(author, pages.desk);
    await author.tap({ role: "link", text: new RegExp(title) });
    expect(await author.texts()).toContain("意见：写清几点开会");
    await author.tap({ text: "修改" });
    await author.type({ label: /^内容/ }, "明天上午九点开会");
    await author.tap({ role: "button", text: "提交审核" });
    expect(await author.texts()).toContain("明天上午九点开会");
    expect(await author.texts()).toContain("待审核");
  });

  test("who decides on a notice, and who changes it, finds its files and opens them before anybody else can", async () => {
    const { world } = county();
    const writer = await world.person({ phone: committee, openid: `o-demo-${committee}` });
    const attachments = await filesOf(world, writer, [`报名表 ${platform}.pdf`]);
    const title = `报名参加比赛 ${platform}`;
    const body = [{ t: "p" as const, c: [{ t: "text" as const, v: "填好报名表" }] }];
    const draft = {
      key: crypto.randomUUID(),
      region: zhuxi.code,
      title,
      category: "culture" as const,
      body,
      attachments,
    };
    const { id, version } = await writer.api.notices.draft.mutate(draft);
    const row = { role: "button", text: new RegExp(`报名表 ${platform}.pdf`) };

    const author = await phones.start({ as: committee, url: `/${pages.compose}?id=${id}` });
    await author.tap(row);
    expect(author.callsOf("openDocument")).toHaveLength(1);
    await writer.api.notices.move.mutate({ id, version, move: "submit" });
    const reviewer = await work(phones, supervisor, title);
    await reviewer.tap(row);
    expect(reviewer.callsOf("openDocument")).toHaveLength(1);
    expect(await reviewer.texts()).not.toContain("没有打开");
  });

  test("an empty notice is not handed in, and says what is missing", async () => {
    const author = await phones.start({ as: committee, url: `/${pages.compose}` });
    const asked = author.requests.length;
    await author.tap({ role: "button", text: "提交审核" });
    expect(await author.texts()).toContain("请写标题，至少 2 个字");
    expect(await author.texts()).toContain("请写几句话，或加照片");
    expect(author.requests.length).toBe(asked);
  });

  test("a photo that was lost on the way is sent again, once", async () => {
    const author = await phones.start({ as: committee, url: `/${pages.compose}` });
    author.network.loseAnswers = 1;
    await author.tap({ text: "加照片" });
    expect(await author.texts()).toContain("没有传上");
    await author.tap({ role: "button", text: "重试" });
    expect(await author.texts()).toContain("照片已传好 1 / 1 张");
    await author.tap({ label: "移除照片 1" });
    expect(await author.texts()).not.toContain("照片已传好");
  });

  test("who is no staff finds no staff page, also not by its address", async () => {
    const host = await phones.start({ as: resident, url: `/${pages.me}` });
    expect(await host.texts()).not.toContain("村务工作");
    await open(host, pages.compose);
    expect(await host.texts()).toContain("您没有写公告的权限");
    await open(host, pages.desk);
    expect(await host.texts()).toContain("这一页给村委会、村监委和镇里的工作人员办公告用");
  });

  test("photos are asked for only after the person agreed to the privacy text", async () => {
    const host = await phones.start({ as: committee, url: `/${pages.compose}`, privacy: "needed" });
    await host.tap({ text: "加照片" });
    // Alipay asks for its own permissions itself.
    const asks = platform === "weapp";
    expect((await host.texts()).includes("用到您的信息前，请先看看")).toBe(asks);
    expect((await host.texts()).includes("照片已传好")).toBe(!asks);
    if (asks) await host.tap({ css: "wx-button", text: "同意" });
    expect(await host.texts()).toContain("照片已传好 1 / 1 张");
  });
});

/** Opens the notice from the list of what waits, as that person would. */
async function work(phones: Phones, phone: string, title: string): Promise<MiniHost> {
  const host = await phones.start({ as: phone });
  await host.tap({ role: "link", label: /^去处理.*公告/ });
  expect(host.route).toBe(pages.desk);
  await host.tap({ role: "link", text: new RegExp(title) });
  return host;
}

async function decide(host: MiniHost, move: string): Promise<void> {
  await host.tap({ role: "button", text: move });
  await host.tap({ role: "button", text: `确定${move}` });
  expect(await host.texts()).toContain(`已${move}`);
}
