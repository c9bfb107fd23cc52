import { normalPhone } from "@weimenhu/domain/base/phone";
import { OutsideFault } from "../fault.ts";
import { healthOf, isObject, textOf } from "../parse.ts";
import type { WechatMini } from "../ports.ts";
import { identityOf, loginNo, refusalOf, type WechatSettings, wechatClient } from "./wechat.client.ts";

const SYSTEM = "wechat-mini";

/** The WeChat mini-program. The session key that WeChat sends along is dropped here: we have no use for it. */
export function wechatMini(settings: WechatSettings): WechatMini {
  const client = wechatClient(SYSTEM, settings);
  const { appid, secret } = settings;
  return {
    async session(code) {
      const params = { appid, secret, js_code: code, grant_type: "authorization_code" };
      return identityOf(SYSTEM, await client.get("/sns/jscode2session", params));
    },

    async phone(code) {
      const answer = await client.call("/wxa/business/getuserphonenumber", { code });
      const no = loginNo(answer);
      if (no) return no;
      const info = answer.phone_info;
      if (textOf(answer.errcode) !== "0" || !isObject(info)) throw refusalOf(SYSTEM, answer);
      // A number that was made out to another app is not this person's word to us.
      if (!isObject(info.watermark) || info.watermark.appid !== appid)
        throw new OutsideFault(SYSTEM, "bad-answer", { detail: "another app's number" });
      const phone = textOf(info.countryCode) === "86" ? normalPhone(textOf(info.purePhoneNumber)) : null;
      return phone ? { phone } : { no: "foreign-number" };
    },

    check: () => healthOf(() => client.token()),
  };
}
