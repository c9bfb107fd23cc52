import { OutsideFault } from "../fault.ts";
import { healthOf, type Json, textOf } from "../parse.ts";
import type { Sms } from "../ports.ts";
import { type AliyunSettings, aliyunClient, SYSTEM } from "./aliyun-sms.client.ts";

export type AliyunSmsSettings = AliyunSettings & {
  /** 短信签名, without the brackets. */
  signName: string;
  /** A template with one variable, `${code}`. */
  template: string;
  /** A template without variables, for the number that an account has left; none when empty or left out. */
  changed?: string;
  /** A template with one variable, `${code}`, that says what telling it allows; none when empty or left out. */
  agree?: string;
  /** A template with `${state}`, `${time}` and `${place}`: what was booked or cancelled for somebody; none when empty or left out. */
  behalf?: string;
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

/** A message in one of the approved templates. Values longer than 35 letters are refused, so they are cut. */
export async function sendTemplate(
  call: ReturnType<typeof aliyunClient>,
  { signName, template }: Pick<AliyunSmsSettings, "signName" | "template">,
  phone: string,
  params: Readonly<Record<string, string>>,
): Promise<Awaited<ReturnType<Sms["code"]>>> {
  const values = Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, [...value].slice(0, 35).join("")]),
  );
  const answer = await call("SendSms", {
    PhoneNumbers: phone,
    SignName: signName,
    TemplateCode: template,
    TemplateParam: JSON.stringify(values),
  });
  if (answer.Code === "OK") return { sent: true };
  const no = NO[textOf(answer.Code)];
  if (no) return { no };
  throw faultOf(answer);
}

/** One-time codes through Aliyun's short message service (SendSms, 2017-05-25). */
export function aliyunSms(settings: AliyunSmsSettings): Sms {
  const call = aliyunClient(settings);
  const { signName, template, changed, agree, behalf } = settings;
  return {
    code: (phone, code) => sendTemplate(call, settings, phone, { code }),
    changed: changed ? (phone) => sendTemplate(call, { signName, template: changed }, phone, {}) : undefined,
    behalf: behalf
      ? (phone, { state, time, place }) =>
          sendTemplate(call, { signName, template: behalf }, phone, { state, time, place })
      : undefined,
    agree: agree ? (phone, code) => sendTemplate(call, { signName, template: agree }, phone, { code }) : undefined,

    check: () =>
      healthOf(async () => {
        const answer = await call("QuerySmsTemplate", { TemplateCode: template });
        if (answer.Code !== "OK") throw faultOf(answer);
        if (answer.TemplateStatus !== 1)
          throw new OutsideFault(SYSTEM, "config", { detail: "template is not approved" });
      }),
  };
}
