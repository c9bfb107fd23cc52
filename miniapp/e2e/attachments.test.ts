import { beforeAll, describe, expect, test } from "vitest";
import { startFront } from "./front.ts";
import { aCounty, pages, phonesOf, platforms } from "./kit.ts";

/** Files under a notice, on a network as it is in a village. */
const county = aCounty();
let id = "";
beforeAll(async () => {
  id = await county().noticeId("路灯亮了");
});

const row = { role: "button", text: /验收单\.pdf/ } as const;

describe.each(platforms)("attachments on %s", (platform) => {
  const phones = phonesOf(platform, county);

  test("a file on its way says so, is fetched once however often it is pressed, and then opens", async () => {
    const host = await phones.start({ url: `/${pages.notice}?id=${id}` });
    host.network.hold = true;
    await host.tap(row);
    expect(await host.text(row)).toContain("正在打开");
    await host.tap(row);
    await host.tap(row);
    host.network.release();
    await host.waitFor(async () => host.callsOf("openDocument").length === 1, "the file");
    expect(host.callsOf("downloadFile")).toHaveLength(1);
    await host.waitFor(async () => !(await host.text(row)).includes("正在打开"), "the row at rest");
  });

  test("a page that came instead of the file is not opened as one", async () => {
    const front = await startFront(county().world.url);
    try {
      const host = await phones.start({ url: `/${pages.notice}?id=${id}`, server: front.url });
      front.fail(404);
      await host.tap(row);
      expect(await host.texts()).toContain("“验收单.pdf”没有打开");
      expect(host.callsOf("openDocument")).toEqual([]);
      front.heal();
      await host.tap(row);
      expect(host.callsOf("openDocument")).toHaveLength(1);
      expect(await host.texts()).not.toContain("没有打开");
    } finally {
      await front.close();
    }
  });
});
