import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { PayOutcome } from "../src/index.ts";
import { type Backend, startBackend } from "./backend.ts";
import { Phones, PLATFORMS, VIEWS } from "./walk.ts";

const DEVICE = "/pkg/device/index?a=1";
let backend: Backend;
beforeAll(async () => {
  backend = await startBackend();
});
afterAll(() => backend.close());

for (const platform of PLATFORMS) {
  const wechat = platform === "weapp";
  for (const [view, make] of Object.entries(VIEWS)) {
    describe(`${platform} in ${view}`, () => {
      let phones: Phones;
      beforeEach(() => {
        phones = new Phones(platform, make, () => backend.origin);
      });
      afterEach(() => phones.putDown());

      test("signing in keeps a token, and a second start of the same phone still has it", async () => {
        const host = await phones.start({ on: { login: () => ({ code: "abc" }) } });
        await host.tap("#login");
        expect(await host.text("#who")).toBe(`${platform}-abc`);
        expect(host.toast).toBe(`你好 ${platform}-abc`);
        expect(host.storage.get("token")).toBe(`tok-${platform}-abc`);
        const again = await phones.start({ storage: host.storage });
        expect(again.storage.all()).toMatchObject({ token: `tok-${platform}-abc` });
      });

      test("paying: done, cancelled, unknown; the order has what the platform needs", async () => {
        let outcome: PayOutcome = "paid";
        const host = await phones.start({ url: "/pages/detail/index?id=1", on: { pay: () => outcome } });
        await host.tap("#pay");
        expect(await host.text("#state")).toBe("已支付");
        outcome = "cancelled";
        await host.tap("#pay");
        expect(await host.text("#state")).toBe(wechat ? "失败：requestPayment:fail cancel" : "失败：pay 6001");
        outcome = "unknown";
        await host.tap("#pay");
        expect(await host.text("#state")).toContain(wechat ? "unknown" : "6004");
        const [first] = host.callsOf(wechat ? "requestPayment" : "tradePay");
        expect(first?.args).toMatchObject(wechat ? { paySign: "x", signType: "RSA" } : { tradeNO: "T1" });
      });

      test("sharing from the menu and by a button gives the page's card", async () => {
        const host = await phones.start({ url: "/pages/detail/index?id=7" });
        expect(await host.share()).toMatchObject({ title: "第7件", path: "/pages/detail/index?id=7&from=menu" });
        await host.tap("#share");
        expect(host.shares.at(-1)).toMatchObject({ from: "button", path: "/pages/detail/index?id=7&from=button" });
        const other = await phones.start({ url: DEVICE });
        expect(other.shareable).toBe(false);
      });

      test("pulling down, the bottom and scrolling reach the page", async () => {
        const host = await phones.start();
        await host.pullDown();
        expect(await host.findAll(".row")).toHaveLength(3);
        expect(host.refreshing).toBe(false);
        await host.reachBottom();
        expect(await host.findAll(".row")).toHaveLength(4);
        await host.scrollTo(120);
        expect(await host.text("#scrolled")).toBe("120");
        const other = await phones.start({ url: "/pages/forms/index" });
        await expect(other.pullDown()).rejects.toThrow("does not enable");
      });

      test("coming back with another link replaces all pages; coming back as it was shows the page again", async () => {
        const host = await phones.start();
        await host.background();
        await host.foreground();
        expect(await host.text("#shows")).toBe("出现 2");
        await host.foreground("/pages/detail/index?id=5&t=x");
        expect(host.routes).toEqual(["pages/detail/index"]);
        expect(await host.text("#title")).toBe("第5件：x");
        expect(host.logs.map((line) => line.text)).toContain('[app] show pages/detail/index {"id":"5","t":"x"}');
      });

      test("a link to a page that is gone is told to the app, which leads home", async () => {
        const host = await phones.start({ url: "/pages/gone/index?x=1" });
        await host.waitFor(() => host.route === "pages/index/index", "the home page");
        expect(host.query).toMatchObject({ lost: "1" });
      });

      test("no network: the app hears it, fails at once, and works again afterwards", async () => {
        const host = await phones.start();
        expect(await host.text("#network")).toBe("wifi");
        host.network.offline = true;
        await host.tap("#load");
        expect(await host.text("#network")).toBe("断");
        expect(await host.text("#err")).toContain("net::ERR_INTERNET_DISCONNECTED");
        host.network.offline = false;
        await host.tap("#load");
        expect(await host.findAll(".row")).toHaveLength(3);
      });

      test("a phone may be switched on where there is no network", async () => {
        const host = await phones.start({ network: "none" });
        await host.tap("#load");
        expect(host.requests.at(-1)).toMatchObject({ status: 0, failure: "net::ERR_INTERNET_DISCONNECTED" });
        host.network.offline = false;
        await host.tap("#load");
        expect(await host.findAll(".row")).toHaveLength(3);
      });

      test("a slow network shows the loading state; a lost answer is lost after the server did its work", async () => {
        const host = await phones.start();
        host.network.hold = true;
        await host.tap("#load");
        expect(await host.text("#loading")).toBe("正在载入");
        host.network.release();
        await host.waitFor(async () => (await host.findAll(".row")).length === 3, "the rows");
        const served = backend.seen.length;
        host.network.loseAnswers = 1;
        await host.tap("#load");
        expect(await host.text("#err")).toContain("net::ERR_CONNECTION_CLOSED");
        host.network.dropNext = 1;
        await host.tap("#load");
        expect(backend.seen.length - served).toBe(1);
      });

      test.each(["hold", "latency"])("uploads and downloads wait as requests do: %s", async (how) => {
        const host = await phones.start({ url: DEVICE });
        for (const [button, outcome] of [
          ["#upload", '201 {"whole":true}'],
          ["#open", "打开了"],
        ] as const) {
          if (how === "hold") host.network.hold = true;
          else host.network.latencyMs = 400;
          await host.tap(button);
          expect(await host.text("#out")).toBe("…");
          host.network.release();
          await host.waitFor(async () => (await host.text("#out")) === outcome, outcome);
        }
      });

      test("WeChat sends ten requests at once and the others after them; Alipay all", async () => {
        const host = await phones.start({ url: DEVICE });
        host.network.hold = true;
        await host.tap("#many");
        expect(host.network.held).toBe(wechat ? 10 : 12);
        host.network.release();
        await host.waitFor(async () => (await host.text("#out")) === "12 个回答", "twelve answers");
      });

      test("more than five seconds in the background interrupt WeChat's requests, and only WeChat's", async () => {
        const host = await phones.start();
        host.network.hold = true;
        await host.tap("#load");
        await host.background({ seconds: 6 });
        await host.foreground();
        host.network.release();
        await host.waitFor(async () => (await host.find("#loading")) === null, "the end of loading");
        const seen = wechat ? await host.text("#err") : (await host.findAll(".row")).length;
        expect(seen).toBe(wechat ? "request:fail interrupted" : 3);
      });

      test("a listed origin may really answer elsewhere, and the bundle does not notice", async () => {
        const listed = "http://listed.test";
        const host = await phones.start({
          allow: [listed],
          hosts: { [listed]: backend.origin },
          storage: { base: listed },
          on: { login: () => ({ code: "abc" }) },
        });
        await host.tap("#login");
        expect(host.toast).toBe(`你好 ${platform}-abc`);
        expect(host.requests.at(-1)).toMatchObject({ status: 200, url: expect.stringContaining(listed) });
      });

      test("an origin that is not listed is refused before anything leaves the phone", async () => {
        const served = backend.seen.length;
        const host = await phones.start({ allow: ["http://127.0.0.1:9"] });
        await host.tap("#load");
        expect(await host.text("#err")).toContain("url not in domain list");
        expect(backend.seen).toHaveLength(served);
        expect(host.requests.at(-1)).toMatchObject({ status: 0, failure: "url not in domain list" });
      });

      test("a picture from the album is sent as multipart; a person who goes back is heard", async () => {
        let images = [{ name: "tea.png", bytes: new Uint8Array([1, 2, 3]) }];
        const host = await phones.start({ url: DEVICE, on: { images: () => images } });
        await host.tap("#upload");
        expect(await host.text("#out")).toBe('201 {"whole":true}');
        expect(host.requests.at(-1)).toMatchObject({ kind: "upload", status: 201, body: "multipart: photo=tea.png" });
        images = [];
        await host.tap("#upload");
        expect(await host.text("#out")).toContain(wechat ? "cancel" : "取消");
      });

      test("a file is fetched and opened", async () => {
        const host = await phones.start({ url: DEVICE });
        await host.tap("#open");
        expect(await host.text("#out")).toBe("打开了");
        expect(host.requests.at(-1)).toMatchObject({ kind: "download", status: 200 });
        host.mock("openDocument", () => {
          throw new Error("filetype not supported");
        });
        await host.tap("#open");
        expect(await host.text("#out")).toContain("filetype not supported");
      });

      test("a page that says 404 is no document, whatever its name", async () => {
        const host = await phones.start({ url: DEVICE });
        await host.tap("#gone");
        expect(await host.text("#out")).toContain("the file is damaged, it is no pdf");
      });

      test("clipboard, phone call, code, preview, subscription: each reaches the platform in its own words", async () => {
        let code: string | null = "竹溪";
        let says: Record<string, "accept" | "reject" | "ban"> | "off" = {};
        const host = await phones.start({ url: DEVICE, on: { scan: () => code, subscribe: () => says } });
        await host.tap("#copy");
        expect([await host.text("#out"), host.clipboard]).toEqual(["抄下的字", "抄下的字"]);
        await host.tap("#call");
        const call = wechat ? { phoneNumber: "19900000001" } : { number: "19900000001" };
        expect(host.callsOf("makePhoneCall")[0]?.args).toMatchObject(call);
        await host.tap("#scan");
        expect(await host.text("#out")).toBe("竹溪");
        code = null;
        await host.tap("#scan");
        expect(await host.text("#out")).toContain("失败");
        await host.tap("#preview");
        expect(host.callsOf("previewImage")).toHaveLength(1);
        await host.tap("#ask");
        // To refuse is an answer on WeChat and a failure on Alipay.
        expect(await host.text("#out")).toContain(wechat ? '"T1":"reject"' : "用户取消订阅");
        says = { T1: "accept" };
        await host.tap("#ask");
        expect(await host.text("#out")).toContain('"T1":"accept"');
        says = "off";
        await host.tap("#ask");
        expect(await host.text("#out")).toContain(wechat ? "The main switch is switched off" : "用户取消订阅");
      });

      test("the sheet of subscriptions comes only straight from a tap on WeChat, and for three templates at most on both", async () => {
        const host = await phones.start({ url: DEVICE });
        await host.tap("#ask-late");
        expect(await host.text("#out")).toContain(
          wechat ? "can only be invoked by user TAP gesture" : '"behavior":"subscribe"',
        );
        await host.tap("#ask-many");
        expect(await host.text("#out")).toContain(wechat ? "out of max bound" : "无效的参数");
      });

      test("the phone button answers a code on WeChat, response and sign on Alipay, and a refusal on both", async () => {
        let refuses = false;
        const phone = () => {
          if (refuses) throw new Error("user deny");
          return wechat ? { code: "P1" } : { response: "R1", sign: "S1" };
        };
        const host = await phones.start({ url: DEVICE, on: { phone } });
        await host.tap("#phone");
        expect(await host.text("#out")).toBe(wechat ? "P1" : "R1/S1");
        refuses = true;
        await host.tap("#phone");
        expect(await host.text("#out")).toBe("不给");
      });

      test("storage has the platform's limits", async () => {
        const host = await phones.start({ url: DEVICE });
        await host.tap("#fits");
        expect(await host.text("#out")).toBe("存了");
        await host.tap("#over");
        expect(await host.text("#out")).toContain("entry size limit reached");
        expect(String(host.storage.get("big"))).toHaveLength(100 * 1024);
      });

      test("the system's font size is what the test says", async () => {
        const host = await phones.start({ url: DEVICE, system: { fontSizeSetting: 23 } });
        expect(await host.text("#font")).toBe("23");
      });

      test("the size of every setData is known", async () => {
        const host = await phones.start({ url: DEVICE });
        expect(host.setDatas.every((one) => one.bytes <= 64 * 1024)).toBe(true);
        await host.tap("#huge");
        expect(host.setDatas.some((one) => one.bytes > 64 * 1024)).toBe(true);
      });
    });
  }
}
