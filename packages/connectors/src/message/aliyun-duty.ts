import type { DutySms } from "../ports.ts";
import { aliyunClient } from "./aliyun-sms.client.ts";
import { type AliyunSmsSettings, sendTemplate } from "./aliyun-sms.ts";

/** Text messages about work. The template has three variables: `${title}`, `${place}`, `${state}`. */
export function aliyunDuty(settings: AliyunSmsSettings): DutySms {
  const call = aliyunClient(settings);
  return { duty: (phone, { title, place, state }) => sendTemplate(call, settings, phone, { title, place, state }) };
}
