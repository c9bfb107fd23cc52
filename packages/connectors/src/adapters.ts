/** The outside world as values. Only the server's main may import this; everybody else takes the types of ports.ts. */
export { fhirHospital, type HospitalSettings } from "./hospital/fhir.ts";
export { type AlipayOpenSettings, alipayOpen } from "./login/alipay.ts";
export { type WechatSettings, type WechatTokens, wechatTokens } from "./login/wechat.client.ts";
export { wechatMini } from "./login/wechat.ts";
export { type WechatWebSettings, wechatWeb } from "./login/wechat-web.ts";
export { alipayMessages } from "./message/alipay.ts";
export { aliyunDuty } from "./message/aliyun-duty.ts";
export { type AliyunSmsSettings, aliyunSms } from "./message/aliyun-sms.ts";
export { type WechatMessagesSettings, wechatMessages } from "./message/wechat.ts";
export { toBody } from "./portal/body.ts";
export { type PortalSettings, portal } from "./portal/feed.ts";
export { type AlipaySafetySettings, alipaySafety } from "./safety/alipay.ts";
export { wechatSafety } from "./safety/wechat.ts";
export { type WechatPushSettings, wechatPush } from "./safety/wechat-push.ts";
export { localStorage } from "./storage/local.ts";
export { type S3Settings, s3Storage } from "./storage/s3.ts";
export { type ClamdSettings, clamd } from "./virus/clamd.ts";
