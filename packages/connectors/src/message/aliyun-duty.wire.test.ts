import { type SmsControl, type Started, startSms } from "@weimenhu/sandbox";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { makeDial } from "../../../../server/src/kernel/dial.ts";
import { env, faultOf, quick } from "../wire-help.ts";
import { aliyunDuty } from "./aliyun-duty.ts";

let vendor: Started<SmsControl>;
const words = { title: "有一件事超过期限", place: "竹溪村", state: "已超期", at: 0 };
const phone = "19900000010";
const send = (template = env(vendor, "SMS_TEMPLATE_DUTY")) =>
  aliyunDuty({
    dial: makeDial({ system: "aliyun-duty", ...quick }),
    now: Date.now,
    accessKey: env(vendor, "SMS_ACCESS_KEY"),
    secret: env(vendor, "SMS_SECRET"),
    signName: env(vendor, "SMS_SIGN_NAME"),
    endpoint: env(vendor, "SMS_ENDPOINT"),
    template,
  }).duty(phone, words);

beforeAll(async () => {
  vendor = await startSms();
});
afterAll(() => vendor.close());
beforeEach(() => vendor.control.clearFaults());

test("the message says what, where and how it stands", async () => {
  expect(await send()).toEqual({ sent: true });
  expect(vendor.control.messages(phone).at(-1)?.text).toBe(
    "【示例县微门户】竹溪村：有一件事超过期限（已超期）。请打开微门户办理。",
  );
});

test("the template of one-time codes does not do for it", async () => {
  const fault = await faultOf(send(env(vendor, "SMS_TEMPLATE")));
  expect([fault.kind, fault.detail]).toEqual(["config", "isv.TEMPLATE_MISSING_PARAMETERS"]);
});

test("an answer that is lost may have sent the message: unknown, and not sent twice", async () => {
  vendor.control.fault({ kind: "lost" });
  const before = vendor.control.messages(phone).length;
  expect((await faultOf(send())).unknown).toBe(true);
  expect(vendor.control.messages(phone).length - before).toBe(1);
});
