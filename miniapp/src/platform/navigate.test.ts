import { beforeEach, expect, test, vi } from "vitest";

vi.stubGlobal("PLATFORM", "alipay");
vi.stubGlobal("API_BASE", "https://wmh.example.cn");
const open = { route: "tabs/home/index", params: {} as Record<string, string> };
const navigateTo = vi.fn((_way: { url: string }) => Promise.resolve());
vi.mock("@tarojs/taro", () => ({
  default: {
    getCurrentInstance: () => ({ router: { params: open.params } }),
    getCurrentPages: () => [{ route: open.route }],
    navigateTo: (way: { url: string }) => navigateTo(way),
  },
}));
const { goWhereHanded, goWhereScanned, handScanned, pageQuery } = await import("./navigate.ts");

const notice = "features/notices/detail";
const code = (id: string) => ({ qrCode: `https://wmh.example.cn/notice?id=${id}` });
beforeEach(() => {
  navigateTo.mockClear();
  handScanned({});
  open.route = "tabs/home/index";
});

test("a code that Alipay hands to the app leads on from the page that it opened, once", () => {
  handScanned(code("01A"));
  goWhereScanned();
  goWhereHanded();
  handScanned(code("01A"));
  goWhereHanded();
  expect(navigateTo.mock.calls).toEqual([[{ url: `/${notice}?id=01A` }]]);
});

test("scanned while the app is open, it leads on from the page in front", async () => {
  await Promise.resolve();
  handScanned(code("01B"));
  goWhereHanded();
  expect(navigateTo.mock.calls).toEqual([[{ url: `/${notice}?id=01B` }]]);
});

test("the page that it means finds what it asks for", () => {
  open.route = notice;
  handScanned(code("01C"));
  expect(pageQuery()).toEqual({ id: "01C" });
  goWhereScanned();
  expect(navigateTo).not.toHaveBeenCalled();
});
