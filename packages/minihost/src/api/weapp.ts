import type { Stack } from "../logic/stack.ts";
import type { Bag } from "../types.ts";
import { wechatCalendar } from "./calendar.ts";
import { type Kit, needText, Refused, texts } from "./kit.ts";
import { wechatMedia } from "./media.ts";
import { sharedApis } from "./shared.ts";
import { wechatSockets } from "./socket.ts";
import { wechatStorage } from "./storage.ts";
import { wechatSubscribe } from "./subscribe.ts";

const APP_ID = "wxminihost";

/** `wx`: exactly these names exist; another one is undefined, so calling it throws as on a phone. */
export function weappApi(kit: Kit, stack: Stack): Record<string, unknown> {
  const { phone } = kit;
  return {
    ...sharedApis(kit, stack),
    ...wechatStorage(kit),
    ...wechatMedia(kit),
    ...wechatSockets(kit),
    ...wechatCalendar(kit),
    ...privacy(kit),
    ...kit.listen("NeedPrivacyAuthorization", "ThemeChange", "WindowResize"),
    ...kit.noted(
      "checkSession",
      "setNavigationBarColor",
      "hideHomeButton",
      "exitMiniProgram",
      "openCustomerServiceChat",
    ),
    login: kit.later("login", () => phone.answers.login()),
    requestPayment: kit.later("requestPayment", (options) => pay(kit, options)),
    requestSubscribeMessage: wechatSubscribe(kit),
    authorize: kit.later("authorize"),
    showModal: kit.later("showModal", async (options) => {
      const confirm = await phone.answers.confirm({
        title: String(options.title ?? ""),
        content: String(options.content ?? ""),
      });
      return { confirm, cancel: !confirm, content: null };
    }),
    showActionSheet: kit.later("showActionSheet", async ({ itemList }) => {
      const tapIndex = await phone.answers.actionSheet(texts(itemList));
      if (tapIndex === null) throw new Refused("cancel");
      return { tapIndex };
    }),
    scanCode: kit.later("scanCode", async () => {
      const result = await phone.answers.scan();
      if (result === null) throw new Refused("cancel");
      return { result, scanType: "QR_CODE", charSet: "utf-8", path: "" };
    }),
    shareFileMessage: kit.fromTap("shareFileMessage", (options) => {
      const { bytes, name } = phone.files.need(options.filePath);
      phone.sent.push({ name: typeof options.fileName === "string" ? options.fileName : name, bytes, type: "file" });
    }),
    setClipboardData: kit.later("setClipboardData", (options) => {
      phone.clipboard = needText(options, "data");
    }),
    getClipboardData: kit.later("getClipboardData", () => ({ data: phone.clipboard })),
    setNavigationBarTitle: kit.later("setNavigationBarTitle", ({ title }) => {
      if (stack.top) stack.top.title = String(title);
    }),
    getNetworkType: kit.later("getNetworkType", () => ({ networkType: phone.network.type })),
    getLocation: kit.later("getLocation", async () => {
      declared(kit, "getLocation");
      return { ...(await phone.answers.location()), accuracy: 30, speed: -1 };
    }),
    chooseLocation: kit.later("chooseLocation", async () => {
      declared(kit, "chooseLocation");
      return { name: "", address: "", ...(await phone.answers.location()) };
    }),
    getAccountInfoSync: kit.now("getAccountInfoSync", () => ({
      miniProgram: { appId: APP_ID, envVersion: "develop", version: "" },
    })),
    getAppAuthorizeSetting: kit.now("getAppAuthorizeSetting", () => ({ notificationAuthorized: "authorized" })),
    getSystemSetting: kit.now("getSystemSetting", () => ({
      locationEnabled: true,
      wifiEnabled: true,
      deviceOrientation: "portrait",
    })),
    getSystemInfoAsync: kit.later("getSystemInfoAsync", () => ({ ...phone.system })),
    env: { USER_DATA_PATH: "http://usr" },
  };
}

function privacy(kit: Kit): Record<string, unknown> {
  const { phone } = kit;
  return {
    getPrivacySetting: kit.later("getPrivacySetting", () => ({
      needAuthorization: phone.privacyNeeded,
      privacyContractName: "《隐私保护指引》",
    })),
    // The agreement itself is asked for by the kit, as for every API that touches personal data.
    ...kit.noted("requirePrivacyAuthorize", "openPrivacyContract"),
  };
}

async function pay({ phone }: Kit, options: Bag): Promise<void> {
  for (const name of ["timeStamp", "nonceStr", "package", "paySign"]) needText(options, name);
  const outcome = await phone.answers.pay(options);
  if (outcome === "cancelled") throw new Refused("cancel");
  if (outcome !== "paid") throw new Refused(`(detail message: ${outcome})`);
}

/** WeChat refuses location APIs that app.json does not declare. */
function declared({ phone }: Kit, api: string): void {
  if (texts(phone.bundle.app.requiredPrivateInfos).includes(api)) return;
  throw new Refused("the api need to be declared in the requiredPrivateInfos field in app.json/ext.json", {
    errno: 112,
  });
}
