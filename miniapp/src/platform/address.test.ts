import { expect, test, vi } from "vitest";

vi.stubGlobal("PLATFORM", "weapp");
vi.stubGlobal("API_BASE", "https://wmh.example.cn");
const { pageAt, siteIsAlso } = await import("./address.ts");
siteIsAlso(() => "www.example.gov.cn");

test.each([
  ["/notices/01ABC", "notice", { id: "01ABC" }],
  ["/notice?id=01ABC", "notice", { id: "01ABC" }],
  ["https://wmh.example.cn/notices/01ABC#top", "notice", { id: "01ABC" }],
  ["HTTPS://WWW.EXAMPLE.GOV.CN/notices/?region=990101101201&category=outage", "notices", null],
  ["https://wmh.example.cn", "home", {}],
  ["https://wmh.example.cn?from=code", "home", { from: "code" }],
  ["/about", "about", {}],
])("%s means the page %s", (address, name, query) => {
  expect(pageAt(address)).toEqual({ name, query: query ?? { region: "990101101201", category: "outage" } });
});

test.each([
  "https://elsewhere.example/notices/01ABC",
  "https://wmh.example.cn.evil.example/notices/01ABC",
  "https://evil.example/?https://wmh.example.cn/notices/01ABC",
  "https://wmh.example.cn@evil.example/notices/01ABC",
  "//evil.example/notices/01ABC",
  "/\\evil.example",
  "/media/01ABC.pdf",
  "/notices/more",
  "/notices/01ABC/../../x",
  "tel:12345",
  "mailto:cun@example.gov.cn",
  "",
])("%s means no page of ours", (address) => {
  expect(pageAt(address)).toBeNull();
});
