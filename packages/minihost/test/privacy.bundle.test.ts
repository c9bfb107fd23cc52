import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { jsdomView, MiniHost } from "../src/index.ts";
import { type Backend, startBackend } from "./backend.ts";
import { sampleDist } from "./sample.ts";
import { Phones } from "./walk.ts";

const DEVICE = "/pkg/device/index?a=1";
let backend: Backend;
beforeAll(async () => {
  backend = await startBackend();
});
afterAll(() => backend.close());

describe("the privacy text of WeChat", () => {
  const phones = new Phones(
    "weapp",
    () => jsdomView(),
    () => backend.origin,
  );
  afterEach(() => phones.putDown());
  const needed = { url: DEVICE, privacy: "needed" } as const;

  test("is asked for before the clipboard, and a no is an error that the page hears", async () => {
    let agrees = false;
    const host = await phones.start({ ...needed, on: { privacy: () => agrees } });
    await host.tap("#copy");
    expect(await host.text("#out")).toContain("privacy permission is not authorized");
    agrees = true;
    await host.tap("#copy");
    expect(await host.text("#out")).toBe("抄下的字");
  });

  test("the app's own pop-up is asked instead of WeChat's; what it was called for waits for the answer", async () => {
    const host = await phones.start(needed);
    await host.tap("#listen");
    await host.tap("#copy");
    expect(await host.text("#out")).toBe("…");
    await host.tap("#refuse");
    expect(await host.text("#out")).toContain("privacy permission is not authorized");
    await host.tap("#copy");
    await host.tap("#agree");
    expect(await host.text("#out")).toBe("抄下的字");
  });

  test("an agreement without a tap on the button for it counts for nothing, and is the app's fault", async () => {
    const host = await MiniHost.start({
      ...{ dist: sampleDist("weapp"), platform: "weapp", view: jsdomView(), allow: [backend.origin] },
      ...needed,
    });
    await host.tap("#listen");
    await host.tap("#copy");
    await host.tap("#lie");
    expect(await host.text("#out")).toContain("privacy permission is not authorized");
    await host.stop();
    expect(host.errors).toEqual([expect.stringContaining('"agree" by button "agree", which was not tapped')]);
  });
});
