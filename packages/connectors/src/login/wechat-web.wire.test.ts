import { identities, type Started, startWechatWeb, type WechatWebControl } from "@weimenhu/sandbox";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeDial } from "../../../../server/src/kernel/dial.ts";
import { env, faultOf, quick } from "../wire-help.ts";
import { wechatWeb } from "./wechat-web.ts";

let vendor: Started<WechatWebControl>;
const adapter = (secret = env(vendor, "WECHAT_WEB_SECRET")) =>
  wechatWeb({
    dial: makeDial({ system: "wechat-web", ...quick }),
    now: Date.now,
    appid: env(vendor, "WECHAT_WEB_APPID"),
    secret,
    base: env(vendor, "WECHAT_WEB_BASE"),
    authorize: env(vendor, "WECHAT_WEB_AUTHORIZE"),
  });

beforeAll(async () => {
  vendor = await startWechatWeb();
});
afterAll(() => vendor.close());

const back = "http://localhost:8080/wechat/back?from=%E9%A6%96%E9%A1%B5";

test("the hop: the page asks who one is, sends the browser back with code and state, the code gives the same person's unionid", async () => {
  const page = await (await fetch(adapter().authorizeUrl({ back, state: "a b&c" }))).text();
  const link = /href="([^"]+as=resident[^"]*)"/.exec(page)?.[1]?.replaceAll("&#38;", "&") ?? "";
  const hop = await fetch(new URL(link, vendor.url), { redirect: "manual" });
  const landed = new URL(hop.headers.get("location") ?? "");
  expect(landed.origin + landed.pathname).toBe("http://localhost:8080/wechat/back");
  expect(landed.searchParams.get("state")).toBe("a b&c");
  expect(landed.searchParams.get("from")).toBe("首页");
  const { webOpenid: openid, unionid } = identities("resident");
  const code = landed.searchParams.get("code") ?? "";
  expect(await adapter().exchange(code)).toEqual({ openid, unionid });
  expect(await adapter().exchange(code)).toEqual({ no: "used-code" });
});

test("the vendor's page sends nobody to a foreign site", async () => {
  const url = adapter().authorizeUrl({ back: "https://evil.example/", state: "s" });
  const hop = await fetch(`${url.replace("#wechat_redirect", "")}&as=resident`, { redirect: "manual" });
  expect([hop.status, await hop.text()]).toEqual([200, expect.stringContaining("10003")]);
});

test("a made-up code is a no, a lost answer is unknown, a wrong secret is ours to mend", async () => {
  expect(await adapter().exchange("made-up")).toEqual({ no: "bad-code" });
  vendor.control.fault({ kind: "lost" });
  expect((await faultOf(adapter().exchange(vendor.control.issueCode("o")))).unknown).toBe(true);
  expect((await faultOf(adapter("wrong").exchange("x"))).kind).toBe("config");
  expect(await adapter().check()).toEqual({ ok: true });
  expect((await adapter("wrong").check()).ok).toBe(false);
});
