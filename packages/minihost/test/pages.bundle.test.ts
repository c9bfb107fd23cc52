import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Backend, startBackend } from "./backend.ts";
import { Phones, PLATFORMS, VIEWS } from "./walk.ts";

let backend: Backend;
beforeAll(async () => {
  backend = await startBackend();
});
afterAll(() => backend.close());

for (const platform of PLATFORMS) {
  for (const [view, make] of Object.entries(VIEWS)) {
    describe(`${platform} in ${view}`, () => {
      let phones: Phones;
      beforeEach(() => {
        phones = new Phones(platform, make, () => backend.origin);
      });
      afterEach(() => phones.putDown());

      test("a tap reaches the page and what it changed is drawn", async () => {
        const host = await phones.start({ url: "/pages/index/index?from=scan&t=%E8%8C%B6" });
        expect(await host.text("#count")).toBe("数 0");
        await host.tap({ label: "加一" });
        await host.tap({ role: "button", label: "加一" });
        expect(await host.text("#count")).toBe("数 2");
        expect(host.query).toEqual({ from: "scan", t: "%E8%8C%B6" });
        expect(host.logs.some((line) => line.text.includes('"from":"scan"'))).toBe(true);
        expect(host.title).toBe("首页");
      });

      test("a list comes over real HTTP; inner buttons keep their taps, rows open a page, back shows the first again", async () => {
        const host = await phones.start();
        await host.tap({ text: "载入" });
        expect(await host.findAll(".row")).toHaveLength(3);
        expect(await host.text("#item-3 .t")).toBe("<b>bold</b>");
        await host.tap({ text: "删", within: "#item-3" });
        expect(await host.findAll(".row")).toHaveLength(2);
        expect(host.route).toBe("pages/index/index");
        await host.tap("#item-2 .t");
        expect(host.route).toBe("pages/detail/index");
        expect(await host.text("#title")).toBe("第2件：绿茶");
        await host.tap({ label: "返回" });
        expect(host.routes).toEqual(["pages/index/index"]);
        expect(await host.text("#shows")).toBe("出现 2");
        expect(host.logs.map((line) => line.text)).toContain("[detail] unload");
      });

      test("typing is seen key by key, Enter confirms, and an answer of 500 reaches the page", async () => {
        const host = await phones.start();
        await host.type("#q", "boom");
        expect(await host.text("#qecho")).toBe("boom");
        await host.key("#q", "Enter");
        expect(await host.text("#err")).toBe(platform === "weapp" ? "HTTP 500" : "http status error");
        expect(host.requests.at(-1)).toMatchObject({ status: 500, method: "GET" });
      });

      test("what is deeper than sixteen levels is drawn and can be tapped", async () => {
        const host = await phones.start({ url: "/pages/detail/index?id=1" });
        expect(await host.text("#deep")).toBe("深处的字");
        await host.tap("#deepbtn");
        expect(await host.text("#state")).toBe("深处点到了");
      });

      test("forms: fields, radios, checkboxes, slider, swiper, a wrapped component, a long press", async () => {
        const host = await phones.start({ url: "/pages/forms/index" });
        await host.type("#name", "阿竹");
        await host.type("#memo", "hi");
        await host.tap("#submit");
        expect(JSON.parse(await host.text("#out"))).toEqual({ name: "阿竹", memo: "hi" });
        await host.tap("#r-b");
        expect(await host.text("#rout")).toBe("b");
        await host.tap("#c-x");
        await host.tap("#c-y");
        expect(await host.text("#cout")).toBe("x,y");
        await host.tap("#c-x");
        expect(await host.text("#cout")).toBe("y");
        expect((await host.find("#c-y"))?.checked).toBe(true);
        await host.choose("#sl", 40);
        expect(await host.text("#sout")).toBe("40");
        await host.choose("#swp", 1);
        expect(await host.text("#swout")).toBe("1");
        await host.tap("#winc");
        await host.tap("#winc");
        expect(await host.text("#w")).toBe("包着 2");
        await host.trigger("#long", platform === "weapp" ? "longpress" : "longtap");
        expect(await host.text("#out")).toBe("长按");
      });

      test("a disabled button says nothing; dialogs and sheets get the person's answer", async () => {
        let yes = true;
        const host = await phones.start({
          url: "/pages/forms/index",
          on: { confirm: () => yes, actionSheet: (items) => items.indexOf("乙") },
        });
        await host.tap("#dis").catch(() => undefined);
        expect(await host.text("#out")).toBe("");
        await host.tap("#modal");
        expect(await host.text("#mout")).toBe("是");
        yes = false;
        await host.tap("#modal");
        expect(await host.text("#mout")).toBe("否");
        await host.tap("#sheet");
        expect(await host.text("#mout")).toBe("1");
      });

      test("tabs keep their pages; a page that does not exist is refused; a subpackage opens", async () => {
        const host = await phones.start();
        await host.tap("#inc");
        await host.tab("表单");
        expect(host.route).toBe("pages/forms/index");
        await host.tap("#bad");
        expect(await host.text("#out")).toContain("is not found");
        await host.tap("#tab");
        expect(host.route).toBe("pages/index/index");
        expect(await host.text("#count")).toBe("数 1");
        await host.tab(1);
        await host.tap("#sub");
        expect(await host.text("#from")).toBe("从 1");
        await expect(host.tab(0)).rejects.toThrow("no tab bar");
        await host.back();
        await host.tab(0);
        expect(await host.text("#shows")).toBe("出现 3");
        expect(host.logs.some((line) => line.text.startsWith("[index] tab"))).toBe(true);
      });

      test("ten pages are the limit", async () => {
        const host = await phones.start();
        await host.tap("#load");
        await host.tap("#item-1 .t");
        for (let i = 0; i < 8; i++) await host.tap("#more");
        expect(host.routes).toHaveLength(10);
        await host.tap("#more");
        expect(await host.text("#state")).toContain("limit exceed");
      });

      test("a name for the screen reader survives the build, and what cannot be seen is not read", async () => {
        const host = await phones.start();
        const tree = await host.a11y();
        expect(tree).toContainEqual(expect.objectContaining({ role: "button", name: "加一" }));
        expect(tree).toContainEqual({ role: "text", name: "数 0", children: [] });
        expect(tree).toContainEqual({ role: "textbox", name: "搜索", children: [] });
        expect(tree).toContainEqual({ role: "img", name: "图", children: [] });
        expect(await host.texts()).not.toContain("看不见的字");
        expect((await host.find("#note"))?.visible).toBe(false);
        await expect(host.tap("#note")).rejects.toThrow("cannot be seen");
      });

      test("five hundred rows are drawn; the size of what crossed is known", async () => {
        const host = await phones.start({ url: "/pages/forms/index" });
        const before = await host.nodes();
        await host.tap("#big");
        expect(await host.findAll(".bi")).toHaveLength(500);
        expect(await host.nodes()).toBe(before + 1000);
        const largest = Math.max(...host.setDatas.map((one) => one.bytes));
        expect(largest).toBeGreaterThan(20_000);
        expect(largest).toBeLessThan(256 * 1024);
      });

      test("an element is measured", async () => {
        const host = await phones.start({ url: "/pages/forms/index" });
        await host.waitFor(async () => (await host.text("#box")) !== "", "the measure");
        expect(await host.text("#box")).toBe(view === "chromium" ? "高 120" : "高 0");
      });
    });
  }
}
