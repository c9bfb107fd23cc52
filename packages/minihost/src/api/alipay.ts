import type { Stack } from "../logic/stack.ts";
import { networkStatus } from "../phone.ts";
import type { Bag, PayOutcome } from "../types.ts";
import { type Kit, needText, Refused, texts } from "./kit.ts";
import { alipayMedia } from "./media.ts";
import { sharedApis } from "./shared.ts";
import { alipaySockets } from "./socket.ts";
import { alipayStorage } from "./storage.ts";
import { alipaySubscribe } from "./subscribe.ts";

const APP_ID = "2021000000000000";
/** `tradePay` succeeds as a call whatever became of the money; the code says what. */
const RESULT_CODES: Record<PayOutcome, string> = { paid: "9000", cancelled: "6001", failed: "4000", unknown: "6004" };

/** `my`: exactly these names exist; another one is undefined, so calling it throws as on a phone. */
export function alipayApi(kit: Kit, stack: Stack): Record<string, unknown> {
  const { phone } = kit;
  return {
    ...sharedApis(kit, stack),
    ...alipayStorage(kit),
    ...alipayMedia(kit),
    ...alipaySockets(kit),
    ...dialogs(kit),
    ...kit.noted("hideBackHome", "setOptionMenu", "getOpenUserInfo", "datePicker", "optionsSelect", "call"),
    getAuthCode: kit.later("getAuthCode", async () => {
      const { code } = await phone.answers.login();
      return { authCode: code, authSuccessScopes: ["auth_base"], authErrorScopes: {} };
    }),
    getPhoneNumber: kit.later("getPhoneNumber", async () => {
      if (!phone.granted.has("phoneNumber")) throw new Refused("用户未授权", { error: 40003 });
      const { response, sign } = phone.pendingPhone ?? (await phone.answers.phone());
      phone.pendingPhone = undefined;
      // A text: what the gateway sealed, with its signature when one is configured.
      return { response: JSON.stringify({ response, sign }) };
    }),
    tradePay: kit.later("tradePay", (options) => pay(kit, options)),
    requestSubscribeMessage: alipaySubscribe(kit),
    getSetting: kit.later("getSetting", () => ({
      authSetting: Object.fromEntries([...phone.granted].map((scope) => [scope, true])),
    })),
    openSetting: kit.later("openSetting", () => ({ authSetting: {} })),
    scan: kit.later("scan", async () => {
      const code = await phone.answers.scan();
      if (code === null) throw new Refused("用户取消", { error: 10 });
      return { code, qrCode: code };
    }),
    setClipboard: kit.later("setClipboard", (options) => {
      phone.clipboard = needText(options, "text");
    }),
    getClipboard: kit.later("getClipboard", () => ({ text: phone.clipboard })),
    setNavigationBar: kit.later("setNavigationBar", ({ title }) => {
      if (stack.top && typeof title === "string") stack.top.title = title;
    }),
    getNetworkType: kit.later("getNetworkType", () => networkStatus("alipay", phone.network.type)),
    getLocation: kit.later("getLocation", async () => {
      const { latitude, longitude } = await phone.answers.location();
      return { latitude: String(latitude), longitude: String(longitude), accuracy: "30" };
    }),
    chooseLocation: kit.later("chooseLocation", () => phone.answers.location()),
    getAppIdSync: kit.now("getAppIdSync", () => ({ appId: APP_ID })),
    getAccountInfoSync: kit.now("getAccountInfoSync", () => ({
      miniProgram: { appId: APP_ID, envVersion: "develop", version: "" },
    })),
    SDKVersion: phone.system.SDKVersion,
    env: { USER_DATA_PATH: "https://usr" },
  };
}

function dialogs(kit: Kit): Record<string, unknown> {
  const { answers } = kit.phone;
  const asked = ({ title, content }: Bag) =>
    answers.confirm({ title: String(title ?? ""), content: String(content ?? "") });
  return {
    alert: kit.later("alert", async (options) => {
      await asked(options);
      return { success: true };
    }),
    confirm: kit.later("confirm", async (options) => ({ confirm: await asked(options) })),
    showActionSheet: kit.later("showActionSheet", async ({ items }) => ({
      index: (await answers.actionSheet(texts(items))) ?? -1,
    })),
  };
}

async function pay({ phone }: Kit, options: Bag): Promise<Bag> {
  const named = [options.tradeNO, options.orderStr].some((value) => typeof value === "string" && value !== "");
  const outcome = named ? await phone.answers.pay(options) : "failed";
  return { resultCode: RESULT_CODES[outcome], memo: "", result: "" };
}
