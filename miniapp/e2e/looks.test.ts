import { chromiumView, type Found, type MiniHost, type Platform } from "@weimenhu/minihost";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import {
  type County,
  everyPage,
  firstScreenNodes,
  open,
  openCounty,
  Phones,
  pages,
  picture,
  resident,
  secretary,
  tappable,
} from "./kit.ts";

/** Real layout: nothing leaves the screen, everything that is pressed is large enough, and a picture of each page to look at. */
let county: County;
let phones: Phones;
beforeAll(async () => {
  county = await openCounty();
});
afterAll(() => county.close());
afterEach(() => phones.putDown());

/** Height and width of what a finger must hit, in pixels, by edition. */
const touch = [44, 60, 68] as const;
const looks: [Platform, number, 0 | 1 | 2][] = [
  ["weapp", 390, 0],
  ["weapp", 320, 1],
  ["alipay", 320, 0],
  ["alipay", 390, 1],
  ["alipay", 320, 2],
];

describe.each(looks)("%s at %i px, edition %i", (platform, width, edition) => {
  test("every page fits, and every target can be hit", async () => {
    phones = new Phones(platform, () => county);
    await (await county.as(secretary)).account.setElder.mutate({ elder: edition });
    const host = await phones.start({
      as: secretary,
      view: chromiumView({ width, height: width === 320 ? 568 : 844 }),
    });
    const walk = await everyPage(county);
    const faults: string[] = [];
    for (const [name, url] of walk) {
      await open(host, url);
      if (name === "search") {
        await host.type({ label: /^想找什么/ }, "停水");
        await host.tap({ role: "button", text: "搜索" });
      }
      faults.push(...(await misfits(host, width, touch[edition])).map((fault) => `${name}: ${fault}`));
      expect(await host.nodes(), name).toBeLessThanOrEqual(firstScreenNodes);
      await host.screenshot(picture(`${platform}-${width}-${edition}-${name}`), { fullPage: true });
    }
    expect(faults).toEqual([]);
  });

  test("a person who has not signed in sees where to begin", async () => {
    phones = new Phones(platform, () => county);
    const storage = { skin: edition };
    const view = chromiumView({ width, height: width === 320 ? 568 : 844 });
    const host = await phones.start({ storage, view, number: resident });
    for (const name of ["home", "me", "signIn"] as const) {
      await open(host, pages[name]);
      expect(await misfits(host, width, touch[edition]), name).toEqual([]);
      await host.screenshot(picture(`${platform}-${width}-${edition}-out-${name}`), { fullPage: true });
    }
  });
});

async function misfits(host: MiniHost, width: number, least: number): Promise<string[]> {
  const sideways = new Set((await host.findAll(".chips-line wx-view, .b-scroll wx-view")).map(place));
  const all = (await host.findAll("wx-view, wx-text, wx-button, wx-input, wx-textarea, wx-image")).filter(
    (element) => element.visible && !sideways.has(place(element)),
  );
  const out = all.filter(({ rect }) => rect.right > width + 1 || rect.left < -1);
  const small = (await host.findAll(tappable)).filter(
    ({ visible, rect, role }) =>
      visible && role !== "group" && (rect.height < least - 0.5 || rect.width < Math.min(least, 44) - 0.5),
  );
  return [
    ...out.map(
      ({ className, rect, text }) =>
        `outside ${Math.round(rect.left)}…${Math.round(rect.right)} .${className} ${text.slice(0, 20)}`,
    ),
    ...small.map(
      ({ className, rect, text }) =>
        `small ${Math.round(rect.width)}×${Math.round(rect.height)} .${className} ${text.slice(0, 20)}`,
    ),
  ];
}

const place = ({ rect, className, text }: Found): string => `${className}${rect.left},${rect.top},${text}`;
