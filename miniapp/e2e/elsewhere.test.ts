import type { MiniHost } from "@weimenhu/minihost";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { filesOf } from "../../server/test/seed/media.ts";
import { startFront } from "./front.ts";
import { aCounty, committee, pages, phonesOf, platforms, supervisor, taoping, zhuxi } from "./kit.ts";

/** Words that stand in the form of a notice while something changes at another place: its draft at the desk, or the writer's office. */
const county = aCounty();
let front: Awaited<ReturnType<typeof startFront>>;
beforeAll(async () => {
  front = await startFront(county().world.url);
});
afterEach(() => front.heal());
afterAll(() => front.close());

const submit = { role: "button", text: "提交审核" } as const;
const asNew = { role: "button", text: "写成新的一份" } as const;
const replace = { role: "button", text: "用这里写的换掉它" } as const;
const value = async (host: MiniHost, label: RegExp) => (await host.find({ label }))?.value;
const write = async (host: MiniHost, title: string, text: string) => {
  await host.type({ label: /^标题/ }, title);
  await host.type({ label: /^内容/ }, text);
};
const kept = (host: MiniHost, words: string) =>
  host.waitFor(async () => JSON.stringify(host.storage.all()).includes(words), `"${words}" on the phone`);
const said = (host: MiniHost, words: string) =>
  host.waitFor(async () => (await host.texts()).includes(words), `"${words}"`);
const paragraph = (v: string) => [{ t: "p" as const, c: [{ t: "text" as const, v }] }];
const api = async () => (await county().as(committee)).notices;
const named = async (title: string, phone = committee) => {
  const { items } = await (await county().as(phone)).notices.desk.query({ limit: 50 });
  const [card, ...more] = items.filter((item) => item.title === title);
  if (!card || more.length > 0) throw new Error(`${more.length === 0 ? "no notice is" : "more are"} called ${title}`);
  return (await county().as(phone)).notices.deskGet.query({ id: card.id });
};
const stands = async (title: string) => {
  const { state, body } = await named(title);
  return [state, body];
};
const begin = async (title: string, attachments: string[] = []) =>
  (await api()).draft.mutate({
    key: crypto.randomUUID(),
    region: zhuxi.code,
    title,
    category: "announcement",
    body: paragraph("原来的话"),
    attachments,
  });
/** The same writer, at the desk. */
const writeThere = async (title: string, text: string) => {
  const { id, version, category } = await named(title);
  await (await api()).save.mutate({ id, version, title, category, body: paragraph(text) });
};

describe.each(platforms)("a notice in the form on %s", (platform) => {
  const phones = phonesOf(platform, county);
  const compose = `/${pages.compose}`;
  const start = (url = compose, as = committee) => phones.start({ as, url, server: front.url });
  const restart = async (host: MiniHost) => {
    const { storage } = host;
    await host.stop();
    return phones.start({ storage, url: compose, server: front.url });
  };

  test("that is changed does not replace what the same writer saved at the desk, however often it is pressed, until they say so", async () => {
    const title = `两台设备 ${platform}`;
    const { id } = await begin(title);
    const host = await start(`${compose}?id=${id}`);
    await host.type({ label: /^内容/ }, "手机上写的");
    await writeThere(title, "电脑上写的");
    await host.tap(submit);
    expect(await host.texts()).toContain(`《${title}》在别处改过了，还没有交`);
    expect(await host.find(submit)).toBeNull();
    expect(await value(host, /^内容/)).toBe("手机上写的");
    await host.tap(replace);
    await writeThere(title, "电脑上又写的");
    await host.tap(submit);
    expect(host.route).toBe(pages.compose);
    expect(await stands(title)).toEqual(["draft", paragraph("电脑上又写的")]);
    await host.tap(replace);
    await host.tap(submit);
    expect(host.route).toBe(pages.deskNotice);
    expect(await stands(title)).toEqual(["review", paragraph("手机上写的")]);
  });

  test("that was kept from an earlier sitting says that its draft changed since, and asks which words count", async () => {
    const title = `上次没交 ${platform}`;
    const { id } = await begin(title);
    const before = await start(`${compose}?id=${id}`);
    await before.type({ label: /^内容/ }, "手机上写的");
    await kept(before, "手机上写的");
    await writeThere(title, "电脑上写的");
    const { storage } = before;
    await before.stop();
    const host = await phones.start({ storage, url: `${compose}?id=${id}`, server: front.url });
    await said(host, "这篇后来在别处又改过，提交时会问您用哪一份");
    await host.tap(submit);
    expect(host.route).toBe(pages.compose);
    await host.tap({ role: "button", text: "不用了，清空" });
    expect(host.route).toBe(pages.deskNotice);
    expect(await stands(title)).toEqual(["draft", paragraph("电脑上写的")]);
  });

  test("whose handing in failed asks after a restart when its draft was worked on at the desk", async () => {
    const [first, second] = [`手机稿 ${platform}`, `另写的 ${platform}`];
    const before = await start();
    await write(before, first, "手机稿");
    front.fail(502, undefined, "notices.move");
    await before.tap(submit);
    await kept(before, '"saved":{');
    front.heal();
    await writeThere(first, "在电脑上改好的长稿");
    const host = await restart(before);
    await said(host, `前一份《${first}》在别处改过了，还没有交`);
    await host.tap(submit);
    expect(host.route).toBe(pages.compose);
    expect(await stands(first)).toEqual(["draft", paragraph("在电脑上改好的长稿")]);
    await host.tap(asNew);
    await host.type({ label: /^标题/ }, second);
    await host.tap(submit);
    expect(host.route).toBe(pages.deskNotice);
    expect(await stands(first)).toEqual(["draft", paragraph("在电脑上改好的长稿")]);
    expect(await stands(second)).toEqual(["review", paragraph("手机稿")]);
  });

  test("whose first answer was lost hands in no words of the desk in the place of those on the screen", async () => {
    const title = `第一次丢了 ${platform}`;
    const host = await start();
    await write(host, title, "手机稿");
    front.lose("notices.draft");
    await host.tap(submit);
    await writeThere(title, "电脑稿");
    await host.tap(submit);
    expect(await host.texts()).toContain(`前一份《${title}》在别处改过了，还没有交`);
    expect(await stands(title)).toEqual(["draft", paragraph("电脑稿")]);
    await host.tap(replace);
    await host.tap(submit);
    expect(host.route).toBe(pages.deskNotice);
    expect(await stands(title)).toEqual(["review", paragraph("手机稿")]);
  });

  test("is asked nothing about its own words, whose answer was lost, when they are changed once more", async () => {
    const title = `自己存的 ${platform}`;
    const { id } = await begin(title);
    const host = await start(`${compose}?id=${id}`);
    await host.type({ label: /^内容/ }, "第二稿");
    front.lose("notices.save");
    await host.tap(submit);
    expect(await stands(title)).toEqual(["draft", paragraph("第二稿")]);
    await host.type({ label: /^内容/ }, "第三稿");
    await host.tap(submit);
    expect(host.route).toBe(pages.deskNotice);
    expect(await stands(title)).toEqual(["review", paragraph("第三稿")]);
  });

  test("that changes one which was sent back, and whose answer was lost, is told to be saved and not handed in", async () => {
    const [first, second] = [`先退回 ${platform}`, `再改好 ${platform}`];
    const before = await start();
    await write(before, first, "第一稿");
    front.lose("notices.move");
    await before.tap(submit);
    const { id, version } = await named(first);
    const reviewer = (await county().as(supervisor)).notices;
    await reviewer.move.mutate({ id, version, move: "return", reason: "写清地点" });
    await write(before, second, "地点在村委会");
    await before.tap(submit);
    await before.tap({ role: "button", text: "用来改前一份" });
    front.lose("notices.save");
    await before.tap(submit);
    expect(before.route).toBe(pages.compose);
    await kept(before, '"sent":');
    const host = await restart(before);
    await said(host, `改好的已经存在《${second}》里，还没有交`);
    expect(await value(host, /^标题/)).toBe("");
    expect(await host.texts()).not.toContain("退回");
    expect(await stands(second)).toEqual(["draft", paragraph("地点在村委会")]);
  });

  test("that becomes a new one says before and after that the files of the first stay behind", async () => {
    const title = `有附件 ${platform}`;
    const { world } = county();
    const writer = await world.person({ phone: committee, openid: `o-demo-${committee}` });
    const { id, version } = await begin(title, await filesOf(world, writer, [`报名表 ${platform}.pdf`]));
    const host = await start(`${compose}?id=${id}`);
    await host.type({ label: /^内容/ }, "手机上写的");
    await (await api()).move.mutate({ id, version, move: "submit" });
    await host.tap(submit);
    expect(await host.texts()).toContain("附件不会带到新的一份里");
    await host.tap(asNew);
    expect(await host.texts()).toContain("这是新的一份了");
    expect(await host.texts()).toContain("附件不会带到新的一份里");
  });

  describe("of a writer who loses the office of the village it was typed for", () => {
    const at = platform === "weapp" ? 1 : 2;
    const writerOf = async (phone: string) => {
      await county().as(phone);
      const admin = await county().as("19900000031");
      for (const region of [zhuxi.code, taoping.code])
        await admin.grants.give.mutate({ phone, role: "committee", region, name: "周清明" });
      return start(compose, phone);
    };
    /** The name of the village that is left. */
    const lose = async (host: MiniHost, phone: string) => {
      const village = /"region":"(\d+)"/.exec(JSON.stringify(host.storage.all()))?.[1] ?? "";
      const admin = await county().as("19900000031");
      const before = await admin.grants.list.query({ region: village });
      const own = before.items.filter((one) => one.region === village && one.role === "committee");
      const grant = own.find((one) => one.phone.endsWith(phone.slice(-4)));
      if (!grant) throw new Error(`${phone} has no office in ${village}`);
      await admin.grants.end.mutate({ id: grant.id, reason: "调整" });
      return village === zhuxi.code ? taoping.name : zhuxi.name;
    };
    const handInThere = async (host: MiniHost, phone: string, title: string, village: string) => {
      await said(host, "原来选的地方您现在不能发了");
      expect(await value(host, /^标题/)).toBe(title);
      await host.tap(submit);
      expect(host.route).toBe(pages.compose);
      expect(await host.texts()).toContain("请选发在哪里");
      await host.choose("wx-picker", 0);
      await host.tap(submit);
      expect(host.route).toBe(pages.deskNotice);
      const { state, regionName } = await named(title, phone);
      expect([state, regionName]).toEqual(["review", village]);
    };

    test("goes to the one that is left, once they choose it", async () => {
      const phone = `1990000096${at}`;
      const title = `失村 ${platform}`;
      const before = await writerOf(phone);
      await write(before, title, "一些话");
      await kept(before, "一些话");
      const left = await lose(before, phone);
      await handInThere(await restart(before), phone, title, left);
    });

    test("goes there also when its draft was begun in the lost one", async () => {
      const phone = `1990000097${at}`;
      const title = `失村有稿 ${platform}`;
      const before = await writerOf(phone);
      await write(before, title, "一些话");
      front.fail(502, undefined, "notices.move");
      await before.tap(submit);
      await kept(before, '"saved":{');
      front.heal();
      const left = await lose(before, phone);
      await handInThere(await restart(before), phone, title, left);
    });
  });
});
