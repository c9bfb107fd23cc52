import { type AlipayControl, type Started, startAlipay } from "@weimenhu/sandbox";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { makeDial } from "../../../../server/src/kernel/dial.ts";
import type { NoteTemplate } from "../ports.ts";
import { env, faultOf, quick } from "../wire-help.ts";
import { alipayMessages } from "./alipay.ts";

let vendor: Started<AlipayControl>;
let serial = 0;
const fields = { keyword1: "title", keyword2: "place", keyword3: "state", keyword4: "at" } as const;
const words = {
  title: "有一件事交给您办",
  place: "竹溪村",
  state: "交给您办",
  at: Date.parse("2026-11-22T21:30:00+08:00"),
};
const page = "features/messages/index?to=case&id=1";
const template = (more: Partial<NoteTemplate> = {}): NoteTemplate => ({
  id: env(vendor, "ALIPAY_TEMPLATE_DUTY"),
  fields,
  ...more,
});
const send = (to: string, more: Partial<NoteTemplate> = {}, privateKey = env(vendor, "ALIPAY_PRIVATE_KEY")) =>
  alipayMessages({
    dial: makeDial({ system: "alipay-messages", ...quick }),
    now: Date.now,
    appid: env(vendor, "ALIPAY_APPID"),
    privateKey,
    publicKey: env(vendor, "ALIPAY_PUBLIC_KEY"),
    gateway: env(vendor, "ALIPAY_GATEWAY"),
  }).send({ to, template: template(more), page, words });
function somebody(times = 1): string {
  const to = `aOpen_${++serial}`;
  vendor.control.allow(to, template().id, times);
  return to;
}

beforeAll(async () => {
  vendor = await startAlipay();
});
afterAll(() => vendor.close());
beforeEach(() => vendor.control.clearFaults());

test("the phone shows the keywords, and the page that it leads to", async () => {
  const to = somebody();
  expect(await send(to)).toEqual({ sent: true });
  expect(vendor.control.notes(to)).toMatchObject([
    { page, values: { keyword1: "有一件事交给您办", keyword2: "竹溪村", keyword4: "2026年11月22日 21:30" } },
  ]);
});

test("without a subscription (any more) it is the no «refused»", async () => {
  const to = somebody();
  expect([await send(to), await send(to)]).toEqual([{ sent: true }, { no: "refused" }]);
});

test("a person whom Alipay does not know is the no «nobody»", async () => {
  expect(await send("unknown")).toEqual({ no: "nobody" });
});

test("a person from before open ids is written to by the user id", async () => {
  vendor.control.allow("2088102122458832", template().id);
  expect(await send("2088102122458832")).toEqual({ sent: true });
});

test.each([
  ["template", { id: "other" }, "USER_TEMPLATE_ILLEGAL"],
  ["field", { fields: { keyword9: "title" } as const }, "TEMPLATE_DATA_ILLEGAL"],
])("a wrong %s is ours to mend", async (_what, wrong, detail) => {
  const fault = await faultOf(send(somebody(), wrong));
  expect([fault.kind, fault.detail, fault.unknown]).toEqual(["config", detail, false]);
});

test.each([
  ["rate-limit", "busy", false],
  ["busy", "bad-answer", true],
  ["bad-signature", "bad-answer", true],
  ["unsigned", "bad-answer", true],
  ["malformed", "bad-answer", true],
  ["5xx", "down", true],
  ["lost", "down", true],
] as const)("%s: a fault of kind %s", async (kind, expected, unknown) => {
  vendor.control.fault({ kind });
  const fault = await faultOf(send(somebody()));
  expect([fault.kind, fault.unknown]).toEqual([expected, unknown]);
});
