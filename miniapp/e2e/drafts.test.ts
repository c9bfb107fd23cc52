import type { MiniHost } from "@weimenhu/minihost";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stalledMs } from "../src/platform/stall.ts";
import { startFront } from "./front.ts";
import { aCounty, committee, pages, phonesOf, platforms, supervisor, zhuxi } from "./kit.ts";
import { newcomers } from "./people.ts";

/** What somebody wrote and did not hand in yet: words, photos, and the draft that the server may have already. */
const county = aCounty();
let front: Awaited<ReturnType<typeof startFront>>;
beforeAll(async () => {
  front = await startFront(county().world.url);
});
afterAll(() => front.close());

const value = async (host: MiniHost, label: RegExp) => (await host.find({ label }))?.value;
const write = async (host: MiniHost, title: string, text: string) => {
  await host.type({ label: /^标题/ }, title);
  await host.type({ label: /^内容/ }, text);
};
/** What is typed is kept a moment after the last letter. */
const kept = (host: MiniHost, words: string) =>
  host.waitFor(async () => JSON.stringify(host.storage.all()).includes(words), `"${words}" on the phone`);
const named = async (title: string) => {
  const { items } = await (await county().as(committee)).notices.desk.query({ limit: 50 });
  return items.filter((item) => item.title === title);
};
/** Each photo that is chosen is another one. */
function otherPhotos() {
  let width = 20;
  return async () => {
    width += 1;
    const drawn = sharp({ create: { width, height: 20, channels: 3, background: "#385" } });
    return [{ name: "photo.png", bytes: await drawn.png().toBuffer(), type: "image" as const, width, height: 20 }];
  };
}

describe.each(platforms)("what was written on %s", (platform) => {
  const phones = phonesOf(platform, county);

  test("photos that were sent are there after a restart; one that was not must be chosen again, and it says so", async () => {
    const host = await phones.start({ as: committee, url: `/${pages.compose}` });
    await write(host, `有照片 ${platform}`, "见照片");
    await host.tap({ text: "加照片" });
    expect(await host.texts()).toContain("照片已传好 1 / 1 张");
    host.network.dropNext = 1;
    await host.tap({ text: "加照片" });
    expect(await host.texts()).toContain("照片 2 没有传上");
    await kept(host, '"unsent":1');
    const later = await phones.start({ storage: host.storage, url: `/${pages.compose}` });
    expect(await value(later, /^标题/)).toBe(`有照片 ${platform}`);
    expect(await later.texts()).toContain("照片已传好 1 / 1 张");
    expect(await later.texts()).toContain("上次有 1 张照片没有传完，请重新添加");
    await later.tap({ role: "button", text: "提交审核" });
    expect(later.route).toBe(pages.deskNotice);
    expect(later.storage.get("typed-notice:")).toBeFalsy();
  });

  test("a draft whose first answer was lost is not made a second time after a new start", async () => {
    const title = `答复丢了 ${platform}`;
    const host = await phones.start({ as: committee, url: `/${pages.compose}`, server: front.url });
    await write(host, title, "一句话");
    front.lose("notices.draft");
    await host.tap({ role: "button", text: "提交审核" });
    expect(await host.texts()).toContain("没有连上网络");
    expect(await named(title)).toHaveLength(1);
    const { storage } = host;
    await host.stop();
    const later = await phones.start({ storage, url: `/${pages.compose}` });
    await later.tap({ role: "button", text: "提交审核" });
    expect(later.route).toBe(pages.deskNotice);
    expect(await named(title)).toHaveLength(1);
  });

  test("words changed in a draft are there after a restart, and can be dropped", async () => {
    const title = `改到一半 ${platform}`;
    const { id } = await (await county().as(committee)).notices.draft.mutate({
      key: crypto.randomUUID(),
      region: zhuxi.code,
      title,
      category: "announcement",
      body: [{ t: "p", c: [{ t: "text", v: "原来的话" }] }],
    });
    const url = `/${pages.compose}?id=${id}`;
    const host = await phones.start({ as: committee, url });
    await host.type({ label: /^内容/ }, "改到一半的话");
    await kept(host, "改到一半的话");
    const later = await phones.start({ storage: host.storage, url });
    expect(await value(later, /^内容/)).toBe("改到一半的话");
    expect(await later.texts()).toContain("这是您上次没有交的内容，可以接着写");
    await later.tap({ text: "不要了，看现在的内容" });
    expect(await value(later, /^内容/)).toBe("原来的话");
    const last = await phones.start({ storage: later.storage, url });
    expect(await last.texts()).not.toContain("上次没有交");
  });

  test("a draft whose handing in failed goes on as the same one after a restart", async () => {
    const title = `交了一半 ${platform}`;
    const host = await phones.start({ as: committee, url: `/${pages.compose}`, server: front.url });
    await write(host, title, "第一次");
    front.fail(503, undefined, "notices.move");
    await host.tap({ role: "button", text: "提交审核" });
    expect(host.route).toBe(pages.compose);
    await kept(host, '"saved":{');
    front.heal();
    const later = await phones.start({ storage: host.storage, url: `/${pages.compose}` });
    await later.tap({ role: "button", text: "提交审核" });
    expect(later.route).toBe(pages.deskNotice);
    expect((await named(title)).map(({ state }) => state)).toEqual(["review"]);
  });

  test("a draft that was handed in though its answer was lost is not handed in twice", async () => {
    const title = `其实交了 ${platform}`;
    const host = await phones.start({ as: committee, url: `/${pages.compose}`, server: front.url });
    await write(host, title, "第一次");
    front.lose("notices.move");
    await host.tap({ role: "button", text: "提交审核" });
    expect(host.route).toBe(pages.compose);
    await host.tap({ role: "button", text: "提交审核" });
    expect(host.route).toBe(pages.deskNotice);
    expect((await named(title)).map(({ state }) => state)).toEqual(["review"]);
  });

  test("words changed after a handing in whose answer was lost stay there, and the page says that they are not in it", async () => {
    const title = `交了又改 ${platform}`;
    const host = await phones.start({ as: committee, url: `/${pages.compose}`, server: front.url });
    await write(host, title, "第一稿");
    front.lose("notices.move");
    await host.tap({ role: "button", text: "提交审核" });
    expect(host.route).toBe(pages.compose);
    await host.type({ label: /^内容/ }, "第二稿，改了时间");
    await host.tap({ role: "button", text: "提交审核" });
    expect(host.route).toBe(pages.compose);
    expect(await host.texts()).toContain("这里写的没有带上");
    expect(await value(host, /^内容/)).toBe("第二稿，改了时间");
    expect((await named(title)).map(({ state }) => state)).toEqual(["review"]);
  });

  test.each([
    ["another column", async (host: MiniHost) => host.choose("wx-picker", 1)],
    [
      "another photo in the place of the first",
      async (host: MiniHost) => {
        await host.tap({ label: /^移除/ });
        await host.tap({ text: "加照片" });
        expect(await host.texts()).toContain("照片已传好 1 / 1 张");
      },
    ],
  ])("%s after such a handing in is not lost silently either", async (what, change) => {
    const images = otherPhotos();
    const title = `交了又换 ${what} ${platform}`;
    const host = await phones.start({ as: committee, url: `/${pages.compose}`, server: front.url, on: { images } });
    await write(host, title, "见照片");
    await host.tap({ text: "加照片" });
    expect(await host.texts()).toContain("照片已传好 1 / 1 张");
    front.lose("notices.move");
    await host.tap({ role: "button", text: "提交审核" });
    expect(host.route).toBe(pages.compose);
    await change(host);
    await host.tap({ role: "button", text: "提交审核" });
    expect(host.route).toBe(pages.compose);
    expect(await host.texts()).toContain("这里写的没有带上");
    expect((await named(title)).map(({ state }) => state)).toEqual(["review"]);
  });

  test("a notice longer than a phone's text box holds is not put into one", async () => {
    const line = "村里的事情慢慢说。".repeat(50);
    const { id } = await (await county().as(committee)).notices.draft.mutate({
      key: crypto.randomUUID(),
      region: zhuxi.code,
      title: `很长的话 ${platform}`,
      category: "announcement",
      body: Array.from({ length: 95 }, () => ({ t: "p" as const, c: [{ t: "text" as const, v: line }] })),
    });
    // Putting the phone down checks what each message to the page carried.
    const host = await phones.start({ as: committee, url: `/${pages.compose}?id=${id}` });
    expect(await host.texts()).toContain("请在电脑上修改");
    expect(await host.findAll("wx-textarea")).toEqual([]);
  });

  test("what was emptied is forgotten", async () => {
    const host = await phones.start({ as: committee, url: `/${pages.compose}` });
    await write(host, "不写了", "算了");
    await kept(host, "不写了");
    await write(host, "", "");
    await host.waitFor(async () => !JSON.stringify(host.storage.all()).includes("不写了"), "nothing of it");
    const later = await phones.start({ storage: host.storage, url: `/${pages.compose}` });
    expect(await value(later, /^标题/)).toBe("");
  });

  test("a phone that keeps its album closed says how to open it; a changed mind says nothing", async () => {
    let answer: "deny" | "cancel" = "deny";
    const images = () => {
      if (answer === "deny") throw new Error("auth deny");
      return [];
    };
    const host = await phones.start({ as: committee, url: `/${pages.compose}`, on: { images } });
    await host.tap({ text: "加照片" });
    expect(await host.texts()).toContain("没有打开相册");
    expect(await host.texts()).toContain("允许使用照片和相机");
    answer = "cancel";
    await host.tap({ text: "加照片" });
    expect(await host.texts()).not.toContain("没有打开相册");
  });

  test("a photo on a network that hangs is given up soon, and can be sent again", async () => {
    const host = await phones.start({ as: committee, url: `/${pages.compose}` });
    host.network.hold = true;
    await host.tap({ text: "加照片" });
    await host.waitFor(
      async () => (await host.texts()).includes("等了很久没有回应"),
      "the end of patience",
      stalledMs + 5_000,
    );
    host.network.release();
    await host.tap({ text: "重试" });
    expect(await host.texts()).toContain("照片已传好 1 / 1 张");
  });
});

/** 石桥村, which has no roster yet: its groups are written, not chosen. */
const shiqiao = "990101101203";

describe.each(platforms)("a session that ends elsewhere on %s, while something is typed", (platform) => {
  const at = platform === "weapp" ? 0 : 1;
  const phones = phonesOf(platform, county);
  const elsewhere = async (host: MiniHost) => {
    const headers = {
      authorization: `Bearer ${host.storage.get("token")}`,
      "x-client": `${platform}/1.0.0`,
      "content-type": "application/json",
    };
    const url = `${county().world.url}/trpc/account.signOut`;
    expect((await fetch(url, { method: "POST", headers, body: "{}" })).status).toBe(200);
  };
  const signInAgain = async (host: MiniHost) => {
    await host.tap({ text: "去登录" });
    await host.tap({ role: "checkbox" });
    await host.tap({ text: /一键登录$/ });
  };

  test("takes nothing of a notice: the last letter is there after signing in, and a photo that was sent", async () => {
    const host = await phones.start({
      as: committee,
      openid: `o-walk-${committee}`,
      url: `/${pages.compose}`,
    });
    await write(host, `登录断了 ${platform}`, "还没说完");
    await host.tap({ text: "加照片" });
    expect(await host.texts()).toContain("照片已传好 1 / 1 张");
    await elsewhere(host);
    await host.type({ label: /^内容/ }, "说完了");
    await host.tap({ role: "button", text: "提交审核" });
    await signInAgain(host);
    expect(host.route).toBe(pages.compose);
    expect(await value(host, /^标题/)).toBe(`登录断了 ${platform}`);
    expect(await value(host, /^内容/)).toBe("说完了");
    expect(await host.texts()).toContain("照片已传好 1 / 1 张");
    expect(await host.texts()).not.toContain("没有传完");
    await host.tap({ role: "button", text: "提交审核" });
    expect(host.route).toBe(pages.deskNotice);
  });

  test("takes nothing of an application; its ID number is never stored, and goes with the page", async () => {
    const phone = `1990000069${at}`;
    const line = newcomers[at];
    if (!line) throw new Error("the roster is too short");
    const openid = `o-walk-${phone}`;
    const host = await phones.start({ as: phone, openid, url: `/${pages.me}` });
    const fill = async () => {
      await host.foreground(`/${pages.verify}?region=${shiqiao}`);
      await host.type({ role: "textbox", label: /^姓名/ }, line.name);
      await host.type({ role: "textbox", label: /^身份证号/ }, line.idCard);
      await host.type({ role: "textbox", label: /^村民小组/ }, "一组");
      await host.tap({ role: "checkbox" });
      await elsewhere(host);
      await host.tap({ text: "提交申请" });
      expect(JSON.stringify(host.storage.all())).not.toContain(line.idCard);
    };
    await fill();
    await signInAgain(host);
    expect(host.route).toBe(pages.verify);
    expect(await value(host, /^姓名/)).toBe(line.name);
    expect(await value(host, /^身份证号/)).toBe(line.idCard);
    expect(JSON.stringify(host.storage.all())).not.toContain(line.idCard);
    await fill();
    await host.foreground(`/${pages.me}`);
    await host.foreground(`/${pages.verify}?region=${shiqiao}`);
    await signInAgain(host);
    expect(await value(host, /^身份证号/)).toBe("");
  });
});

describe("WeChat's privacy text", () => {
  const phones = phonesOf("weapp", county);

  test("who refuses it learns why no album opened, and may still agree", async () => {
    const host = await phones.start({ as: supervisor, url: `/${pages.me}`, privacy: "needed" });
    expect(await host.texts()).not.toContain("写公告");
    const author = await phones.start({ as: committee, url: `/${pages.compose}`, privacy: "needed" });
    await author.tap({ text: "加照片" });
    await author.tap({ text: "不同意" });
    await author.waitFor(async () => (await author.texts()).includes("您没有同意隐私保护说明"), "the reason");
    await author.tap({ text: "加照片" });
    await author.tap({ text: "同意" });
    await author.waitFor(async () => (await author.texts()).includes("照片已传好 1 / 1 张"), "the photo");
  });
});
