import { mkdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chromiumView, jsdomView, MiniHost, officialSyntax } from "../src/index.ts";
import { type Backend, startBackend } from "./backend.ts";
import { sampleDist } from "./sample.ts";
import { Phones, PLATFORMS, shot } from "./walk.ts";

/** Width and height of a PNG in its own pixels. */
const sizeOf = (file: string) => [16, 20].map((at) => readFileSync(file).readUInt32BE(at));

let backend: Backend;
beforeAll(async () => {
  backend = await startBackend();
});
afterAll(() => backend.close());

describe("what Chromium adds", () => {
  for (const platform of PLATFORMS) {
    for (const width of [390, 320]) {
      test(`${platform}: pixels at ${width}, laid out to that width`, async () => {
        const phones = new Phones(
          platform,
          () => chromiumView({ width }),
          () => backend.origin,
        );
        const host = await phones.start();
        await host.tap("#load");
        expect(host.system.windowWidth).toBe(width);
        const row = await host.find("#item-1");
        // 20 rpx-scaled pixels of padding on both sides, from the sample's stylesheet.
        expect(row?.rect.width).toBeCloseTo(width - (40 * width) / 750, 0);
        const file = shot(`${platform}-${width}.png`);
        mkdirSync(dirname(file), { recursive: true });
        rmSync(file, { force: true });
        await host.screenshot(file);
        expect(statSync(file).size).toBeGreaterThan(5000);
        await phones.putDown();
      });
    }
  }

  for (const platform of PLATFORMS) {
    test(`${platform}: a server's picture is drawn in its proportions, and one that is not there is an error`, async () => {
      const phones = new Phones(
        platform,
        () => chromiumView(),
        () => backend.origin,
      );
      const listed = "https://pictures.test";
      const host = await phones.start({
        url: "/pkg/device/index?photo=photo.png",
        ...{ storage: { base: listed }, allow: [listed], hosts: { [listed]: backend.origin } },
      });
      expect(await host.text("#out")).toBe("宽 1");
      const drawn = await host.find("#photo");
      expect(drawn?.rect.height).toBe(drawn?.rect.width);
      await phones.putDown();

      for (const [photo, reason] of [
        ["gone.png", "the server answered 404"],
        ["paper.pdf", "the server gave application/pdf"],
        ["text.png", "it cannot be drawn"],
        ["https://other.test/a.png", "its origin is not listed"],
      ] as const) {
        const other = await phones.start({ url: `/pkg/device/index?photo=${photo}` });
        expect(await other.text("#out")).toBe("没有图");
        expect(other.errors).toEqual([expect.stringContaining(`${photo}: ${reason}`)]);
        await expect(phones.putDown()).rejects.toThrow(reason);
      }
      const away = await phones.start({ url: "/pkg/device/index?photo=photo.png", network: "none" });
      expect(await away.text("#out")).toBe("没有图");
      await phones.putDown();
    });

    test(`${platform}: the client's tab bar takes room below tab pages and is in their pictures`, async () => {
      const view = chromiumView({ width: 320, height: 568 });
      const phones = new Phones(
        platform,
        () => view,
        () => backend.origin,
      );
      const host = await phones.start();
      const file = shot(`${platform}-tabs.png`);
      expect(await view.call("viewport")).toMatchObject({ width: 320, height: 518 });
      await host.screenshot(file);
      expect(sizeOf(file)).toEqual([640, 1136]);
      await host.foreground("/pkg/device/index?a=1");
      expect(await view.call("viewport")).toMatchObject({ width: 320, height: 568 });
      await host.screenshot(file);
      expect(sizeOf(file)).toEqual([640, 1136]);
      await phones.putDown();
    });
  }

  test("scrolling to the bottom reaches it once; again after the page has grown", async () => {
    const phones = new Phones(
      "weapp",
      () => chromiumView(),
      () => backend.origin,
    );
    const host = await phones.start();
    await host.scrollTo(100_000);
    await host.waitFor(async () => (await host.findAll(".row")).length === 1, "a row from the bottom");
    await host.idle(200);
    expect(await host.findAll(".row")).toHaveLength(1);
    await host.scrollTo(100_000);
    await host.waitFor(async () => (await host.findAll(".row")).length === 2, "another row");
    await phones.putDown();
  });
});

describe("refusals of the host itself", () => {
  test("jsdom takes no screenshot", async () => {
    const phones = new Phones(
      "weapp",
      () => jsdomView(),
      () => backend.origin,
    );
    const host = await phones.start();
    await expect(host.screenshot("/nowhere.png")).rejects.toThrow("jsdom draws nothing");
    await phones.putDown();
  });

  test("a text that fits two elements is no target", async () => {
    const phones = new Phones(
      "weapp",
      () => jsdomView(),
      () => backend.origin,
    );
    const host = await phones.start();
    await host.tap("#load");
    await expect(host.tap({ text: "删" })).rejects.toThrow("3 elements fit");
    await host.tap({ text: "删", nth: 1 });
    expect(await host.findAll(".row")).toHaveLength(2);
    await phones.putDown();
  });

  test("a folder that is no mini-program is refused with words", async () => {
    const start = MiniHost.start({ dist: import.meta.dirname, platform: "weapp", view: jsdomView(), allow: [] });
    await expect(start).rejects.toThrow("holds no app.json");
  });
});

describe("WeChat's own compilers", () => {
  test("have nothing to say about the sample", () => {
    expect(officialSyntax(sampleDist("weapp"))).toEqual([]);
  });
});
