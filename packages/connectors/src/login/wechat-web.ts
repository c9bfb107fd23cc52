import { healthOf } from "../parse.ts";
import type { WechatWeb } from "../ports.ts";
import { identityOf, type WechatSettings, wechatClient } from "./wechat.client.ts";

const SYSTEM = "wechat-web";

export type WechatWebSettings = WechatSettings & {
  /** https://open.weixin.qq.com/connect/oauth2/authorize */
  authorize: string;
};

/** The official account's OAuth, silent form (`snsapi_base`): an identity and nothing else about the person. */
export function wechatWeb(settings: WechatWebSettings): WechatWeb {
  const client = wechatClient(SYSTEM, settings);
  const { appid, secret, authorize } = settings;
  const exchange = async (code: string) => {
    const params = { appid, secret, code, grant_type: "authorization_code" };
    return identityOf(SYSTEM, await client.get("/sns/oauth2/access_token", params));
  };
  return {
    // WeChat reads these parameters in exactly this order and wants the fragment.
    authorizeUrl: ({ back, state }) =>
      `${authorize}?${new URLSearchParams({ appid, redirect_uri: back, response_type: "code", scope: "snsapi_base", state })}#wechat_redirect`,
    exchange,
    // A code that cannot exist: "bad code" shows that appid and secret were accepted before it.
    check: () => healthOf(() => exchange("health-check")),
  };
}
