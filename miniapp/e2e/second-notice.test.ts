import type { MiniHost } from "@weimenhu/minihost";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { startFront } from "./front.ts";
import { aCounty, committee, pages, phonesOf, platforms, secretary, supervisor, taoping } from "./kit.ts";

/** Words that stand in the form of a notice which was handed in already: the same notice, a change of it, or another one. */
const county = aCounty();
let front: Awaited<ReturnType<typeof startFront>>;
beforeAll(async () => {
  front = await startFront(county().world.url);
});
afterEach(() => front.heal());
afterAll(() => front.close());

const submit = { role: "button", text: "提交审核" } as const;
const asNew = { role: "button", text: "写成新的一份" } as const;
const value = async (host: MiniHost, label: RegExp) => (await host.find({ label }))?.value;
const write = async (host: MiniHost, title: string, text: string) => {
  await host.type({ label: /^标题/ }, title);
  await host.type({ label: /^内容/ }, text);
};
const kept = (host: MiniHost, words: string) =>
  host.waitFor(async () => JSON.stringify(host.storage.all()).includes(words), `"${words}" on the phone`);
const said = (host: MiniHost, words: string) =>
  host.waitFor(async () => (await host.texts()).includes(words), `"${words}"`);
const named = async (title: string) => {
  const { items } = await (await county().as(committee)).notices.desk.query({ limit: 50 });
  return items.filter((item) => item.title === title);
};
const states = async (title: string) => (await named(title)).map(({ state }) => state);
/** What others do with it meanwhile. */
const move = async (phone: string, title: string, step: "approve" | "publish" | "revise" | "return") => {
  const [notice] = await named(title);
  if (!notice) throw new Error(`no notice is called ${title}`);
  const { id, version } = notice;
  const reason = step === "return" ? { reason: "写清地点" } : {};
  return (await county().as(phone)).notices.move.mutate({ id, version, move: step, ...reason });
};

describe.each(platforms)("a second notice on %s", (platform) => {
  const phones = phonesOf(platform, county);
  const compose = `/${pages.compose}`;
  /** Handed in, but the phone never heard of it. */
  const lost = async (title: string) => {
    const host = await phones.start({ as: committee, url: compose, server: front.url });
    await write(host, title, "第一稿");
    front.lose("notices.move");
    await host.tap(submit);
    expect(host.route).toBe(pages.compose);
    await kept(host, '"saved":{');
    return host;
  };
  const restart = async (host: MiniHost) => {
    const { storage } = host;
    await host.stop();
    return phones.start({ storage, url: compose, server: front.url });
  };

  test("typed over one whose handing in was never answered, is handed in as its own, and the first one stays", async () => {
    const [first, second] = [`第一份 ${platform}`, `另一份 ${platform}`];
    const host = await lost(first);
    await write(host, "", "");
    await write(host, second, "完全不同的事");
    await host.tap(submit);
    expect(await host.texts()).toContain(`前一份《${first}》已经提交审核了`);
    expect(await host.find(submit)).toBeNull();
    expect(await named(second)).toEqual([]);
    await host.tap(asNew);
    expect(await value(host, /^标题/)).toBe(second);
    expect(await value(host, /^内容/)).toBe("完全不同的事");
    await host.tap(submit);
    expect(host.route).toBe(pages.deskNotice);
    expect(await host.texts()).toContain("完全不同的事");
    expect([await states(first), await states(second)]).toEqual([["review"], ["review"]]);
    expect(host.storage.all()).not.toHaveProperty("typed-notice");
  });

  test("is still another one after a restart, and is not handed in twice though its answers are lost too", async () => {
    const [first, second] = [`先交的 ${platform}`, `后写的 ${platform}`];
    const before = await lost(first);
    await write(before, second, "后来的事");
    await kept(before, "后来的事");
    const host = await restart(before);
    await said(host, `前一份《${first}》已经提交审核了`);
    await host.tap(asNew);
    await kept(host, '"saved":null');
    front.lose("notices.draft");
    await host.tap(submit);
    expect(host.route).toBe(pages.compose);
    const again = await restart(host);
    expect(await value(again, /^标题/)).toBe(second);
    front.lose("notices.move");
    await again.tap(submit);
    await again.tap(submit);
    expect(again.route).toBe(pages.deskNotice);
    expect([await states(first), await states(second)]).toEqual([["review"], ["review"]]);
  });

  test("begins blank when the words of the first are all in what was handed in, and it says so", async () => {
    const title = `交过了 ${platform}`;
    const host = await restart(await lost(title));
    await said(host, `《${title}》已经提交审核了，不用再交`);
    expect(await value(host, /^标题/)).toBe("");
    expect(await value(host, /^内容/)).toBe("");
    expect(await host.find(asNew)).toBeNull();
    const second = `接着写 ${platform}`;
    await write(host, second, "第二件事");
    await host.tap(submit);
    expect(host.route).toBe(pages.deskNotice);
    expect([await states(title), await states(second)]).toEqual([["review"], ["review"]]);
  });

  test("is not begun for words that are not wanted: the form is blank, also after a restart, and leads to the first", async () => {
    const title = `不用了 ${platform}`;
    const host = await lost(title);
    await write(host, title, "改了一点");
    await host.tap(submit);
    await host.tap({ role: "button", text: "不用了，清空" });
    expect(await value(host, /^内容/)).toBe("");
    expect(await host.texts()).toContain(`已清空。《${title}》已经提交审核了`);
    const later = await restart(host);
    expect(await value(later, /^内容/)).toBe("");
    await later.stop();
    expect(await states(title)).toEqual(["review"]);
  });

  test("a way leads from the question to the first notice and back to the words", async () => {
    const title = `看前一份 ${platform}`;
    const host = await lost(title);
    await write(host, title, "我改的话");
    await host.tap(submit);
    await host.tap({ role: "link", text: "看前一份" });
    expect(host.route).toBe(pages.deskNotice);
    await said(host, "第一稿");
    await host.back();
    expect(await value(host, /^内容/)).toBe("我改的话");
    expect(await host.find(asNew)).not.toBeNull();
  });

  test("takes a photo of the first along", async () => {
    const [first, second] = [`有图 ${platform}`, `也有图 ${platform}`];
    const host = await phones.start({ as: committee, url: compose, server: front.url });
    await write(host, first, "见照片");
    await host.tap({ text: "加照片" });
    expect(await host.texts()).toContain("照片已传好 1 / 1 张");
    front.lose("notices.move");
    await host.tap(submit);
    await host.type({ label: /^标题/ }, second);
    await host.tap(submit);
    await host.tap(asNew);
    expect(await host.texts()).toContain("照片已传好 1 / 1 张");
    await host.tap(submit);
    expect(host.route).toBe(pages.deskNotice);
    expect(await states(second)).toEqual(["review"]);
  });

  test("may go to another place than the first", async () => {
    const [first, second] = [`在竹溪 ${platform}`, `在桃坪 ${platform}`];
    const phone = platform === "weapp" ? "19900000951" : "19900000952";
    await county().as(phone);
    const admin = await county().as("19900000031");
    for (const region of ["990101101201", taoping.code])
      await admin.grants.give.mutate({ phone, role: "committee", region, name: "周清明" });
    const host = await phones.start({ as: phone, url: compose, server: front.url });
    await write(host, first, "竹溪的事");
    front.lose("notices.move");
    await host.tap(submit);
    const frozen = (await host.texts()).includes("发在竹溪村");
    await write(host, second, "桃坪的事");
    await host.tap(submit);
    await host.tap(asNew);
    await host.choose("wx-picker", frozen ? 1 : 0);
    await host.tap(submit);
    expect(host.route).toBe(pages.deskNotice);
    const { items } = await (await county().as(phone)).notices.desk.query({ limit: 50 });
    const places = new Map(items.map(({ title, regionName }) => [title, regionName]));
    expect(new Set([places.get(first), places.get(second)])).toEqual(new Set(["竹溪村", "桃坪村"]));
  });

  test("can be written while the first is published and a colleague revises it, of which it says so", async () => {
    const [first, second] = [`同事在改 ${platform}`, `我的新事 ${platform}`];
    const host = await lost(first);
    await move(supervisor, first, "approve");
    await move(secretary, first, "publish");
    await write(host, second, "新的事");
    await host.tap(submit);
    expect(await host.texts()).toContain(`前一份《${first}》已经发布了`);
    await move(secretary, first, "revise");
    const later = await restart(host);
    await said(later, `前一份《${first}》现在不归您改了`);
    await later.tap(asNew);
    await later.tap(submit);
    expect(later.route).toBe(pages.deskNotice);
    expect([await states(first), await states(second)]).toEqual([["draft"], ["review"]]);
  });

  test("does not write over a first one that was sent back, unless its writer says that it is the same", async () => {
    const [first, second] = [`退回的 ${platform}`, `退回后的 ${platform}`];
    const host = await lost(first);
    await move(supervisor, first, "return");
    await write(host, second, "地点在村委会");
    await host.tap(submit);
    expect(await host.texts()).toContain("提交后被退回了，意见：写清地点");
    expect(await states(first)).toEqual(["draft"]);
    await host.tap({ role: "button", text: "用来改前一份" });
    expect(await host.texts()).toContain("用这里写的改前一份");
    await host.tap(submit);
    expect(host.route).toBe(pages.deskNotice);
    expect([await states(first), await states(second)]).toEqual([[], ["review"]]);
  });

  test("can be made of changes to a notice that was handed in meanwhile", async () => {
    const [first, second] = [`从别处交了 ${platform}`, `改成新的 ${platform}`];
    const api = await county().as(committee);
    const { id, version } = await api.notices.draft.mutate({
      key: crypto.randomUUID(),
      region: "990101101201",
      title: first,
      category: "announcement",
      body: [{ t: "p", c: [{ t: "text", v: "原来的话" }] }],
    });
    const host = await phones.start({ as: committee, url: `${compose}?id=${id}` });
    await write(host, second, "改过的话");
    await api.notices.move.mutate({ id, version, move: "submit" });
    await host.tap(submit);
    expect(await host.texts()).toContain(`《${first}》已经提交审核了，刚才改的没有带上`);
    await host.tap(asNew);
    expect(await value(host, /^内容/)).toBe("改过的话");
    await host.tap(submit);
    expect(host.route).toBe(pages.deskNotice);
    expect([await states(first), await states(second)]).toEqual([["review"], ["review"]]);
  });
});
