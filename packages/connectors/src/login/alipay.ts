import { createDecipheriv } from "node:crypto";
import { normalPhone } from "@weimenhu/domain/base/phone";
import { OutsideFault } from "../fault.ts";
import { healthOf, isObject, type Json, textOf } from "../parse.ts";
import type { AlipayOpen } from "../ports.ts";
import { type AlipaySettings, alipayClient, SYSTEM } from "./alipay.client.ts";

export type AlipayOpenSettings = AlipaySettings & {
  /** The app's content key (接口内容加密), base64 of 16 bytes. */
  aesKey: string;
  /** https://openauth.alipay.com/oauth2/publicAppAuthorize.htm */
  authorize: string;
};

/** The gateway's refusal of a call in our words; `undefined` when it is about the code. */
function faultOf(answer: Json): OutsideFault {
  const code = textOf(answer.code);
  const detail = textOf(answer.sub_code) || code;
  // 20000: the service cannot say, so nobody can; 40005: too many calls for the app, nothing was done.
  if (code === "20000") return new OutsideFault(SYSTEM, "bad-answer", { detail });
  if (code === "40005") return new OutsideFault(SYSTEM, "busy", { detail });
  return new OutsideFault(SYSTEM, /^(20001|4000[126])$/.test(code) ? "config" : "bad-answer", { detail });
}

export function alipayOpen(settings: AlipayOpenSettings): AlipayOpen {
  const client = alipayClient(settings);
  const aesKey = Buffer.from(settings.aesKey, "base64");
  if (aesKey.length !== 16) throw new OutsideFault(SYSTEM, "config", { detail: "AES key is not 16 bytes" });

  const session: AlipayOpen["session"] = async (authCode) => {
    const fields = { grant_type: "authorization_code", code: authCode };
    const { ok, answer } = await client.call("alipay.system.oauth.token", fields);
    // One sub code for wrong, used and expired alike; an empty code never gets that far.
    if (!ok && /^isv\.(code-invalid|missing-code)/.test(textOf(answer.sub_code))) return { no: "bad-code" };
    if (!ok) throw faultOf(answer);
    // Apps from before open ids still get a user id; both are this app's name for one person.
    const openId = textOf(answer.open_id) || textOf(answer.user_id);
    if (!openId) throw new OutsideFault(SYSTEM, "bad-answer", { detail: "no open_id" });
    return { openId };
  };

  return {
    session,

    async phone(response, sign) {
      // The signed text is the ciphertext inside double quotes, as it stands in the JSON.
      if (!client.signed(`"${response}"`, sign)) return { no: "forged" };
      const answer = decrypt(response, aesKey);
      if (textOf(answer.code) !== "10000") return { no: "not-allowed" };
      const phone = normalPhone(textOf(answer.mobile));
      return phone ? { phone } : { no: "foreign-number" };
    },

    authorizeUrl: ({ back, state }) =>
      `${settings.authorize}?${new URLSearchParams({ app_id: settings.appid, scope: "auth_base", redirect_uri: back, state })}`,

    // A code that cannot exist: the signed "bad code" shows that our key and theirs fit.
    check: () => healthOf(() => session("health-check")),
  };
}

/** AES-128-CBC with an all-zero IV, as Alipay prescribes. The signature has vouched for the text before this. */
function decrypt(response: string, aesKey: Buffer): Json {
  let value: unknown;
  try {
    const cipher = createDecipheriv("aes-128-cbc", aesKey, Buffer.alloc(16));
    value = JSON.parse(cipher.update(response, "base64", "utf8") + cipher.final("utf8"));
  } catch {
    throw new OutsideFault(SYSTEM, "config", { detail: "signed by Alipay, yet our AES key does not open it" });
  }
  if (isObject(value)) return value;
  throw new OutsideFault(SYSTEM, "bad-answer", { detail: "not an object" });
}
