/** The outside world on real ports: for tests, the demo world and `npm start`. Imports nothing of ours. */
export { type AlipayControl, type AlipayOptions, startAlipay } from "./alipay.ts";
export { type AllOptions, type Sandbox, startAll } from "./all.ts";
export { type ClamdControl, type ClamdOptions, demoVirus, startClamd } from "./clamd/index.ts";
export type { Fault, FaultKind } from "./faults.ts";
export { type HospitalControl, type HospitalOptions, startHospital } from "./hospital/index.ts";
export type { Note } from "./notes.ts";
export { demoPeople, identities, type Person } from "./people.ts";
export { type PhoneControl, type PhoneOptions, startPhone, type TotpSecret } from "./phone.ts";
export type { ChannelName, Notice } from "./portal/notices.ts";
export { type PortalControl, type PortalOptions, type PortalStarted, startPortal } from "./portal.ts";
export { type S3Control, type S3Options, startS3 } from "./s3/index.ts";
export type { FaultControl, Started } from "./serve.ts";
export { type SmsControl, type SmsMessage, type SmsOptions, startSms } from "./sms.ts";
export { startWechat, type WechatControl, type WechatOptions } from "./wechat.ts";
export type { PushAs, Suggest } from "./wechat-safety.ts";
export { startWechatWeb, type WechatWebControl, type WechatWebOptions } from "./wechat-web.ts";
