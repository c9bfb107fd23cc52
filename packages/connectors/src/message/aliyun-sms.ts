import { OutsideFault } from "../fault.ts";
import { healthOf, type Json, textOf } from "../parse.ts";
import type { Sms } from "../ports.ts";
import { type AliyunSettings, aliyunClient, SYSTEM } from "./aliyun-sms.client.ts";

export type AliyunSmsSettings = AliyunSettings & {
  /** 短信签名, without the brackets. */
  signName: string;
  /** A template with one variable, `${code}`. */
  template: string;
};

const NO: Readonly<Record<string, "bad-number" | "too-often" | "unpaid">> = {
  "isv.MOBILE_NUMBER_ILLEGAL": "bad-number",
  "isv.MOBILE_COUNT_OVER_LIMIT": "bad-number",
  "isv.BUSINESS_LIMIT_CONTROL": "too-often",
  "isv.DAY_LIMIT_CONTROL": "too-often",
  "isv.MONTH_LIMIT_CONTROL": "too-often",
  "isv.AMOUNT_NOT_ENOUGH": "unpaid",
  "isv.OUT_OF_SERVICE": "unpaid",
  "isv.ACCOUNT_ABNORMAL": "unpaid",
};

function faultOf(answer: Json): OutsideFault {
  const detail = textOf(answer.Code) || "no code";
  if (detail.startsWith("Throttling")) return new OutsideFault(SYSTEM, "busy", { detail });
  // The service's own failure: whether the message left is not known.
  if (detail.startsWith("isp.SYSTEM") || detail === "no code")
    return new OutsideFault(SYSTEM, "bad-answer", { detail });
  return new OutsideFault(SYSTEM, "config", { detail });
}

/** One-time codes through Aliyun's short message service (SendSms, 2017-05-25). */
export function aliyunSms(settings: AliyunSmsSettings): Sms {
  const call = aliyunClient(settings);
  const { signName, template } = settings;
  return {
    async code(phone, code) {
      const answer = await call("SendSms", {
        PhoneNumbers: phone,
        SignName: signName,
        TemplateCode: template,
        TemplateParam: JSON.stringify({ code }),
      });
      if (answer.Code === "OK") return { sent: true };
      const no = NO[textOf(answer.Code)];
      if (no) return { no };
      throw faultOf(answer);
    },

    check: () =>
      healthOf(async () => {
        const answer = await call("QuerySmsTemplate", { TemplateCode: template });
        if (answer.Code !== "OK") throw faultOf(answer);
        if (answer.TemplateStatus !== 1)
          throw new OutsideFault(SYSTEM, "config", { detail: "template is not approved" });
      }),
  };
}
