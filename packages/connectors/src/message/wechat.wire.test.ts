import { type Started, startWechat, type WechatControl } from "@weimenhu/sandbox";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { makeDial } from "../../../../server/src/kernel/dial.ts";
import type { NoteTemplate } from "../ports.ts";
import { env, faultOf, quick } from "../wire-help.ts";
import { type WechatMessagesSettings, wechatMessages } from "./wechat.ts";

let vendor: Started<WechatControl>;
let serial = 0;
const fields = { thing1: "title", thing2: "place", phrase3: "state", time4: "at" } as const;
const words = {
  title: "村里有了答复",
  place: "竹溪村",
  state: "有了答复",
  at: Date.parse("2026-11-22T09:05:00+08:00"),
};
const page = "features/messages/index?to=post&id=1";
const template = (more: Partial<NoteTemplate> = {}): NoteTemplate => ({
  id: env(vendor, "WECHAT_TEMPLATE_PROGRESS"),
  fields,
  ...more,
});
const adapter = (more: Partial<WechatMessagesSettings> = {}) =>
  wechatMessages({
    dial: makeDial({ system: "wechat-messages", ...quick }),
    now: Date.now,
    appid: env(vendor, "WECHAT_APPID"),
    secret: env(vendor, "WECHAT_SECRET"),
    base: env(vendor, "WECHAT_BASE"),
    edition: "formal",
    ...more,
  });
/** Somebody who has allowed this template so many times. */
function somebody(times = 1): string {
  const to = `o_note_${++serial}`;
  vendor.control.allow(to, template().id, times);
  return to;
}

beforeAll(async () => {
  vendor = await startWechat();
});
afterAll(() => vendor.close());
beforeEach(() => vendor.control.clearFaults());

test("the phone shows title, place, state and time, and the page that it leads to", async () => {
  const to = somebody();
  expect(await adapter().send({ to, template: template(), page, words })).toEqual({ sent: true });
  expect(vendor.control.notes(to)).toMatchObject([
    { page, values: { thing1: "村里有了答复", thing2: "竹溪村", phrase3: "有了答复", time4: "2026年11月22日 09:05" } },
  ]);
});

test("one allowed message is one message: the next is the no «refused»", async () => {
  const to = somebody();
  const send = () => adapter().send({ to, template: template(), page, words });
  expect([await send(), await send()]).toEqual([{ sent: true }, { no: "refused" }]);
  expect(vendor.control.notes(to)).toHaveLength(1);
});

test("words that are too long for a field are cut by letters, 𠮷 too", async () => {
  const to = somebody();
  const long = { ...words, title: "𠮷".repeat(30), state: "已经转到镇里办理" };
  expect(await adapter().send({ to, template: template(), page, words: long })).toEqual({ sent: true });
  expect(vendor.control.notes(to)[0]?.values).toMatchObject({ thing1: "𠮷".repeat(20), phrase3: "已经转到镇" });
});

test("a person whom WeChat does not know is the no «nobody»", async () => {
  expect(await adapter().send({ to: "x", template: template(), page, words })).toEqual({ no: "nobody" });
});

test("a day's quota that is used up is the no «quota»", async () => {
  vendor.control.fault({ kind: "quota", on: "subscribe" });
  expect(await adapter().send({ to: somebody(), template: template(), page, words })).toEqual({ no: "quota" });
});

test.each([
  ["template", { id: "other" }, page, "errcode 40037"],
  ["field", { fields: { thing9: "title" } as const }, page, "errcode 47003"],
  ["missing field", { fields: { thing1: "title" } as const }, page, "errcode 47003"],
  ["page", {}, "https://elsewhere.example/", "errcode 41030"],
])("a wrong %s is ours to mend, and takes nothing of what was allowed", async (_what, wrong, where, detail) => {
  const to = somebody();
  const fault = await faultOf(adapter().send({ to, template: template(wrong), page: where, words }));
  expect([fault.kind, fault.detail, fault.unknown]).toEqual(["config", detail, false]);
  expect(await adapter().send({ to, template: template(), page, words })).toEqual({ sent: true });
});

test.each(["expired", "superseded", "stuck"] as const)(
  "a token that is %s is renewed once, and one message shows",
  async (how) => {
    const to = somebody(2);
    const messages = adapter();
    await messages.send({ to, template: template(), page, words });
    vendor.control.endTokens(how);
    expect(await messages.send({ to, template: template(), page, words })).toEqual({ sent: true });
    expect(vendor.control.notes(to)).toHaveLength(2);
  },
);

test("an answer that is lost may have shown the message: unknown, and not sent twice", async () => {
  const to = somebody(2);
  const messages = adapter();
  vendor.control.fault({ kind: "lost", on: "subscribe" });
  const fault = await faultOf(messages.send({ to, template: template(), page, words }));
  expect([fault.kind, fault.unknown]).toEqual(["down", true]);
  expect(vendor.control.notes(to)).toHaveLength(1);
});

test.each([
  ["busy", "busy", false],
  ["malformed", "bad-answer", true],
  ["5xx", "down", true],
  ["drop", "down", true],
] as const)("%s: a fault of kind %s", async (kind, expected, unknown) => {
  vendor.control.fault({ kind, on: "subscribe" });
  const fault = await faultOf(adapter().send({ to: somebody(), template: template(), page, words }));
  expect([fault.kind, fault.unknown]).toEqual([expected, unknown]);
});

test("a wrong secret is ours to mend, and shows neither secret nor person", async () => {
  const fault = await faultOf(
    adapter({ secret: "S3CRET" }).send({ to: somebody(), template: template(), page, words }),
  );
  expect(fault.kind).toBe("config");
  expect(JSON.stringify(fault) + fault.stack).not.toMatch(/S3CRET|o_note/);
});
