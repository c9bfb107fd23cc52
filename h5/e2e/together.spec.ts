import { expect, test } from "vitest";
import { send, write } from "../../miniapp/e2e/circle-kit.ts";
import { open, pages, phonesOf, zhuxi } from "../../miniapp/e2e/kit.ts";
import { raiseCase } from "./cases.ts";
import { people } from "./county.ts";
import { aWalk, button, field, link, quiet, sees, text } from "./kit.ts";
import { address } from "./pages.ts";
import { received } from "./received.ts";
import { appears, finish, stands, standsAt, untouched } from "./together.ts";

/**
 * Neighbours and their village at the same time: one on WeChat, one in a browser, the secretary on Alipay, all on one
 * county. What one does appears before the others by itself: nobody touches the screen on which it is seen.
 */
const { county, visit } = aWalk();
const wechat = phonesOf("weapp", county);
const alipay = phonesOf("alipay", county);
const writing = `/${pages.writePost}?village=${zhuxi.code}`;
const oneNew = /有 1 条新的/;

/** A neighbour who looks at what is said in the village, and everything that reaches their browser. */
async function aNeighbour() {
  const at = await visit({ as: people.elder });
  const heard = received(at);
  await at.open(address("circle"));
  return { ...at, heard };
}

test("garbage is photographed on WeChat, answered and cleared on Alipay, confirmed and given five stars, and everybody sees it happen", async () => {
  const words = "垃圾堆了三天没有人收";
  const neighbour = await aNeighbour();
  const office = await alipay.start({ as: people.secretary, url: `/${pages.messages}` });
  const author = await wechat.start({ as: people.villager, url: writing });
  await write(author, /^求助/, words);
  await author.tap({ text: "加照片" });
  await author.tap(send);

  await button(neighbour.page, oneNew).waitFor();
  await appears(office, words);
  await button(neighbour.page, oneNew).click();
  await text(neighbour.page, words).click();
  await standsAt(neighbour.page, "待受理");
  const stayed = untouched(neighbour);

  // From the message to the sent answer: two taps.
  await office.tap({ role: "link", text: new RegExp(words) });
  await office.tap({ role: "button", text: "发送：马上处理" });
  await appears(author, "已收到，我们马上处理。");
  await stands(author, "处理中");
  await sees(neighbour.page, "已收到，我们马上处理。");
  await standsAt(neighbour.page, "处理中");

  await finish(office, "已经清走，加了一个桶");
  await appears(author, "已经清走，加了一个桶");
  await stands(author, "待确认");
  await sees(neighbour.page, "已经清走，加了一个桶");
  await standsAt(neighbour.page, "待确认");
  const after = { label: "答复的照片 1，点开看大图" };
  await author.waitFor(() => author.find(after), "the after-photo");
  await button(neighbour.page, after.label).waitFor();

  await author.tap({ text: /^确认/ });
  await author.tap({ role: "button", text: "确认办结" });
  await stands(office, "已办结");
  await standsAt(neighbour.page, "已办结");
  await author.tap({ role: "radio", text: /^5 星/ });
  await author.tap({ role: "button", text: "发送评价" });
  await appears(author, "已评价，谢谢您");
  // What comes after the stars is seen, and of the stars nothing.
  await field(neighbour.page, "写评论").fill("干净多了");
  await button(neighbour.page, "发出评论").click();
  await sees(neighbour.page, "评论 1");
  expect(await neighbour.heard(words)).not.toEqual([]);
  expect(await neighbour.heard('"stars":5')).toEqual([]);
  stayed();
  await open(office, `${pages.case}?id=${office.query["id"]}`);
  await stands(office, "已办结");
  expect(await office.texts()).not.toMatch(/[1-5] 星|评价/);
  expect(await author.texts()).toContain("5 星 非常满意");
  quiet(neighbour);
  await neighbour.close();
});

test("a case that its author opens again stands first on the secretary's open desk, and its new answer before everybody", async () => {
  const words = "三组的井盖又松了";
  const { id, post } = await raiseCase(county(), words, [
    { move: "start", text: "去看" },
    { move: "finish", text: "换好了" },
  ]);
  const neighbour = await visit({ as: people.elder });
  await neighbour.open(address("post", { id: post }));
  await standsAt(neighbour.page, "待确认");
  const stayed = untouched(neighbour);
  const office = await alipay.start({ as: people.secretary, url: `/${pages.cases}` });
  const author = await wechat.start({ as: people.villager, url: `/${pages.case}?id=${id}` });
  await author.tap({ role: "button", text: "还没解决（重开）" });
  await author.type({ label: /^哪里没解决/ }, "一踩就响");
  await author.tap({ role: "button", text: "确定重开" });

  await standsAt(neighbour.page, "待受理");
  await sees(neighbour.page, "一踩就响");
  const waiting = { role: "link", text: new RegExp(`${words}.*等我处理`, "s") };
  await office.waitFor(() => office.find(waiting), "the case on the desk");
  await office.tap(waiting);
  await appears(office, "一踩就响");
  await office.type({ label: /^答复的话/ }, "今天去焊住");
  await office.tap({ role: "button", text: "发送：马上处理" });
  await appears(author, "今天去焊住");
  await stands(author, "处理中");
  await sees(neighbour.page, "今天去焊住");
  await standsAt(neighbour.page, "处理中");
  stayed();
  quiet(neighbour);
  await neighbour.close();
});

test("a post written without a network goes out by itself when there is one, and is announced once before a neighbour", async () => {
  const words = "桥栏杆断了一根";
  const neighbour = await aNeighbour();
  const stayed = untouched(neighbour);
  const author = await wechat.start({ as: people.villager, url: writing });
  await write(author, /^分享/, words);
  author.network.offline = true;
  await author.tap({ text: "加照片" });
  await author.tap(send);
  await appears(author, "待发送");
  expect(await neighbour.heard(words)).toEqual([]);
  author.network.offline = false;

  await button(neighbour.page, oneNew).waitFor();
  await author.waitFor(async () => !(await author.texts()).includes("待发送"), "nothing waits");
  stayed();
  await button(neighbour.page, oneNew).click();
  await sees(neighbour.page, words);
  expect(await neighbour.page.getByText(words).count()).toBe(1);
  quiet(neighbour);
  await neighbour.close();
});

test("of dangerous words no byte reaches a neighbour, whose open page hears of what the same author says well", async () => {
  const words = "加微信返利日赚三千";
  county().world.outside.wechat.control.judgeWords(words, "risky");
  const neighbour = await aNeighbour();
  const author = await wechat.start({ as: people.villager, url: writing });
  await write(author, /^分享/, words);
  await author.tap(send);
  await appears(author, "没有通过审核，别人看不到");
  await appears(author, words);

  await open(author, writing.slice(1));
  await write(author, /^分享/, "合作社年底分红");
  await author.tap(send);
  await button(neighbour.page, oneNew).click();
  await sees(neighbour.page, "合作社年底分红");
  expect(await neighbour.heard("合作社年底分红")).not.toEqual([]);
  expect(await neighbour.heard(words)).toEqual([]);
  quiet(neighbour);
  await neighbour.close();
});

test("nothing that a neighbour's browser receives names an author who hides, from the first sight of the post to its end", async () => {
  const words = "水渠的账目为什么不贴";
  const hidden = await county().person(people.migrant);
  const neighbour = await aNeighbour();
  const office = await alipay.start({ as: people.secretary, url: `/${pages.messages}` });
  const author = await wechat.start({ as: people.migrant, url: writing });
  await write(author, /^监督/, words);
  await author.tap({ text: "加照片" });
  await author.tap({ role: "checkbox", label: "不让邻居知道是我发的" });
  await author.tap(send);

  await button(neighbour.page, oneNew).click();
  await text(neighbour.page, words).click();
  await standsAt(neighbour.page, "待受理");
  await field(neighbour.page, "写评论").fill("我也想知道");
  await button(neighbour.page, "发出评论").click();
  await appears(author, "我也想知道");
  await author.tap({ label: /^回复：/ });
  await author.type({ label: /^写回复/ }, "三年没有贴了");
  await author.tap({ role: "button", text: "发出回复" });
  await appears(office, words);
  await office.tap({ role: "link", text: new RegExp(words) });
  await office.tap({ role: "button", text: "发送：马上处理" });
  await finish(office, "今天贴在村务栏里了");
  await sees(neighbour.page, "三年没有贴了");
  await stands(author, "待确认");
  await author.tap({ text: /^确认/ });
  await author.tap({ role: "button", text: "确认办结" });
  await standsAt(neighbour.page, "已办结");

  await neighbour.page.goBack();
  await link(neighbour.page, /^我的，\d+ 条未读消息/).click();
  await link(neighbour.page, /^消息/).click();
  await sees(neighbour.page, "有新评论");

  const { me } = await hidden.api.account.me.query({});
  const [post] = (await hidden.api.circle.feed.query({ which: "mine", q: words })).items;
  if (!me?.name || !post) throw new Error("who hides and what they said is known to themselves");
  for (const shown of [words, "匿名村民", "三年没有贴了", "已收到，我们马上处理。", "今天贴在村务栏里了"])
    expect(await neighbour.heard(shown), shown).not.toEqual([]);
  expect((await neighbour.heard(`post:${post.id}`)).join()).toMatch(/ws:.*\/live/);
  expect((await neighbour.heard()).join()).toMatch(/\/m\//);
  const named = [
    hidden.id,
    people.migrant,
    `${people.migrant.slice(0, 3)}****${people.migrant.slice(-4)}`,
    me.name,
    post.by.name,
  ];
  for (const secret of named) expect(await neighbour.heard(secret), secret).toEqual([]);
  quiet(neighbour);
  await neighbour.close();
});
