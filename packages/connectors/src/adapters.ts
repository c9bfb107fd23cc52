/** The outside world as values. Only the server's main may import this; everybody else takes the types of ports.ts. */
export { type AlipayOpenSettings, alipayOpen } from "./login/alipay.ts";
export type { WechatSettings } from "./login/wechat.client.ts";
export { wechatMini } from "./login/wechat.ts";
export { type WechatWebSettings, wechatWeb } from "./login/wechat-web.ts";
export { type AliyunSmsSettings, aliyunSms } from "./message/aliyun-sms.ts";
export { toBody } from "./portal/body.ts";
export { type PortalSettings, portal } from "./portal/feed.ts";
