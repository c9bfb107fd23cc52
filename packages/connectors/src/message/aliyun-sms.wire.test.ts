import { type SmsControl, type Started, startSms } from "@weimenhu/sandbox";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { makeDial } from "../../../../server/src/kernel/dial.ts";
import { env, faultOf, quick } from "../wire-help.ts";
import { signAcs3 } from "./aliyun-sms.client.ts";
import { type AliyunSmsSettings, aliyunSms } from "./aliyun-sms.ts";

let vendor: Started<SmsControl>;
const adapter = (more: Partial<AliyunSmsSettings> = {}) =>
  aliyunSms({
    dial: makeDial({ system: "aliyun-sms", ...quick }),
    now: Date.now,
    accessKey: env(vendor, "SMS_ACCESS_KEY"),
    secret: env(vendor, "SMS_SECRET"),
    signName: env(vendor, "SMS_SIGN_NAME"),
    template: env(vendor, "SMS_TEMPLATE"),
    endpoint: env(vendor, "SMS_ENDPOINT"),
    ...more,
  });

beforeAll(async () => {
  vendor = await startSms();
});
afterAll(() => vendor.close());
beforeEach(() => vendor.control.clearFaults());

const phone = "19900000001";

test("the signature equals the vendor's published example", () => {
  const { headers } = signAcs3(
    { accessKey: "YourAccessKeyId", secret: "YourAccessKeySecret" },
    {
      host: "ecs.cn-shanghai.aliyuncs.com",
      action: "RunInstances",
      version: "2014-05-26",
      date: "2023-10-26T10:22:32Z",
      nonce: "3156853299f313e23d1673dc12e1703d",
      params: { RegionId: "cn-shanghai", ImageId: "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd" },
    },
  );
  expect(headers.authorization).toContain("Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0");
});

test("a code is sent to the number, in the signed template", async () => {
  expect(await adapter().code(phone, "246810")).toEqual({ sent: true });
  const message = vendor.control.messages(phone).at(-1);
  expect([message?.params.code, message?.text]).toEqual(["246810", expect.stringContaining("【示例县微门户】")]);
});

test("the number that an account left is told in a template of its own; without one there is no such way", async () => {
  const told = adapter({ changed: env(vendor, "SMS_TEMPLATE_CHANGED") });
  expect(await told.changed?.(phone)).toEqual({ sent: true });
  const message = vendor.control.messages(phone).at(-1);
  expect([message?.params, message?.text]).toEqual([
    {},
    expect.stringContaining("【示例县微门户】您的账号已换成别的手机号"),
  ]);
  expect([adapter().changed, adapter({ changed: "" }).changed]).toEqual([undefined, undefined]);
});

test.each([
  ["isv.BUSINESS_LIMIT_CONTROL", "too-often"],
  ["isv.DAY_LIMIT_CONTROL", "too-often"],
  ["isv.MOBILE_NUMBER_ILLEGAL", "bad-number"],
  ["isv.AMOUNT_NOT_ENOUGH", "unpaid"],
  ["isv.OUT_OF_SERVICE", "unpaid"],
])("%s is the no «%s»", async (code, no) => {
  vendor.control.refuse("19900000009", code);
  expect(await adapter().code("19900000009", "123456")).toEqual({ no });
});

test("an impossible number is a no", async () => {
  expect(await adapter().code("12", "123456")).toEqual({ no: "bad-number" });
});

test("an answer that is lost may have sent the message: unknown, and not sent twice", async () => {
  vendor.control.fault({ kind: "lost" });
  const before = vendor.control.messages(phone).length;
  const fault = await faultOf(adapter().code(phone, "111111"));
  expect([fault.kind, fault.unknown]).toEqual(["down", true]);
  expect(vendor.control.messages(phone).length - before).toBe(1);
});

test.each([
  ["rate-limit", "busy", false],
  ["busy", "bad-answer", true],
  ["malformed", "bad-answer", true],
  ["5xx", "down", true],
] as const)("%s: a fault of kind %s", async (kind, expected, unknown) => {
  vendor.control.fault({ kind });
  const fault = await faultOf(adapter().code(phone, "222222"));
  expect([fault.kind, fault.unknown]).toEqual([expected, unknown]);
});

test.each([
  ["secret", { secret: "S3CRET" }, "SignatureDoesNotMatch"],
  ["key", { accessKey: "S3CRET" }, "InvalidAccessKeyId.NotFound"],
  ["clock", { now: () => Date.now() - 16 * 60_000 }, "InvalidTimeStamp.Expired"],
  ["signature name", { signName: "别家" }, "isv.SMS_SIGNATURE_ILLEGAL"],
  ["template", { template: "SMS_9" }, "isv.SMS_TEMPLATE_ILLEGAL"],
])("a wrong %s is ours to mend and shows no secret, number or code", async (_what, wrong, detail) => {
  const fault = await faultOf(adapter(wrong).code(phone, "333333"));
  expect([fault.kind, fault.detail]).toEqual(["config", detail]);
  expect(JSON.stringify(fault) + fault.stack).not.toMatch(/S3CRET|19900000001|333333/);
});

test("health asks for the template, without sending anything", async () => {
  const before = vendor.control.messages().length;
  expect(await adapter().check()).toEqual({ ok: true });
  expect(await adapter({ secret: "wrong" }).check()).toEqual({
    ok: false,
    why: "aliyun-sms: config (SignatureDoesNotMatch)",
  });
  expect(vendor.control.messages()).toHaveLength(before);
});
