import type { ViewMessage } from "../client/protocol.ts";
import type { Phone } from "../phone.ts";
import { messageOf } from "../values.ts";
import { requirePrivacy } from "./privacy.ts";
import { shareCard } from "./share.ts";
import type { Stack } from "./stack.ts";

type OpenType = Extract<ViewMessage, { kind: "open-type" }>;
interface ButtonEvent {
  type: string;
  detail: unknown;
}

/** A tap on a button with an open-type: asks person or vendor, and tells the button's handler. */
export function answerOpenType(phone: Phone, stack: Stack, message: OpenType): void {
  phone.record(`button.${message.openType}`, { scope: message.scope });
  const end = phone.activity.begin();
  void eventsFor(phone, stack, message)
    .then((events) => phone.view.call("resolveOpenType", message.ticket, events))
    .catch((error: unknown) => phone.fail(error))
    .then(end);
}

async function eventsFor(phone: Phone, stack: Stack, message: OpenType): Promise<ButtonEvent[]> {
  // WeChat lets a button do two things: "getPhoneNumber|agreePrivacyAuthorization".
  const types = message.openType.split("|");
  const events: ButtonEvent[] = [];
  if (types.includes("agreePrivacyAuthorization") && phone.platform === "weapp") {
    phone.privacyNeeded = false;
    phone.agreeButtons.add(String(message.target.id));
    events.push({ type: "agreeprivacyauthorization", detail: { errMsg: "agreePrivacyAuthorization:ok" } });
  }
  if (types.includes("getPhoneNumber") && phone.platform === "weapp") events.push(await wechatPhone(phone));
  if (types.includes("getAuthorize") && phone.platform === "alipay")
    events.push(await alipayAuthorize(phone, message.scope));
  if (types.includes("openSetting"))
    events.push({ type: "opensetting", detail: { errMsg: "openSetting:ok", authSetting: {} } });
  if (types.includes("share")) {
    const page = stack.find(message.page);
    if (page) phone.shares.push(await shareCard(phone, page, "button", message.target));
  }
  return events;
}

async function wechatPhone(phone: Phone): Promise<ButtonEvent> {
  const type = "getphonenumber";
  try {
    await requirePrivacy(phone, "getPhoneNumber");
    const { code } = await phone.answers.phone();
    return { type, detail: { errMsg: "getPhoneNumber:ok", code } };
  } catch (error) {
    return { type, detail: { errMsg: `getPhoneNumber:fail ${messageOf(error)}`, errno: 103 } };
  }
}

/** Alipay asks first; the encrypted number is fetched afterwards with `my.getPhoneNumber`. */
async function alipayAuthorize(phone: Phone, scope: string): Promise<ButtonEvent> {
  try {
    if (scope === "phoneNumber") phone.pendingPhone = await phone.answers.phone();
    phone.granted.add(scope);
    return { type: "getauthorize", detail: {} };
  } catch (error) {
    return { type: "error", detail: { type: "getAuthorize", errorMessage: messageOf(error) } };
  }
}
