import { expect } from "vitest";
import { expectClean, MiniHost, type Platform } from "../src/index.ts";
import { VIEWS } from "./walk.ts";

/** What any project's own test would do: walk through the app and look. Throws when something is wrong. */
export async function walk(dist: string, platform: Platform, view: string, origin: string): Promise<void> {
  const make = VIEWS[view];
  if (!make) throw new Error(`there is no view ${view}`);
  const options = { dist, platform, allow: [origin], storage: { base: origin }, privacy: "needed" as const };
  const host = await MiniHost.start({ ...options, view: make() });
  try {
    await host.tap({ label: "加一" });
    await host.tap("#inc");
    expect(await host.text("#count")).toBe("数 2");
    await host.tap("#login");
    expect(await host.text("#who")).toContain(platform);
    await host.tap("#load");
    expect(await host.findAll(".row")).toHaveLength(3);
    await host.tap("#item-2 .t");
    expect(await host.text("#deep")).toBe("深处的字");
    await host.tap("#deepbtn");
    expect(await host.text("#state")).toBe("深处点到了");
    await host.tap("#pay");
    expect(await host.text("#state")).toBe("已支付");
    await host.foreground("/pkg/device/index?a=1");
    if (platform === "weapp") {
      await host.tap("#listen");
      await host.tap("#copy");
      await host.tap("#agree");
      expect(await host.text("#out")).toBe("抄下的字");
    }
    await host.tap("#upload");
    expect(await host.text("#out")).toContain("201");
    const largest = Math.max(...host.setDatas.map((one) => one.bytes));
    expect(largest, "bytes of the largest setData").toBeLessThanOrEqual(64 * 1024);
  } catch (error) {
    // What the phone itself complained about says more than the step that could not be done after it.
    expectClean(host);
    throw error;
  } finally {
    await host.stop();
  }
  expectClean(host);
}
