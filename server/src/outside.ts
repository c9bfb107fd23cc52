/** Every system outside, made from the configuration: the one file that knows which vendor stands behind a port. */
import {
  alipayMessages,
  alipayOpen,
  alipaySafety,
  aliyunDuty,
  aliyunSms,
  clamd,
  fhirHospital,
  localStorage,
  portal,
  s3Storage,
  wechatMessages,
  wechatMini,
  wechatPush,
  wechatSafety,
  wechatTokens,
  wechatWeb,
} from "@weimenhu/connectors/adapters";
import { OutsideFault } from "@weimenhu/connectors/fault";
import type { AlipayOpen, PictureCheck, Storage, TextCheck, VirusScan } from "@weimenhu/connectors/ports";
import { systemClock } from "./kernel/clock.ts";
import type { Config } from "./kernel/config.ts";
import { makeDial } from "./kernel/dial.ts";
import { makeStreamDial } from "./kernel/dial-stream.ts";
import type { Log } from "./kernel/log.ts";
import { insideTx } from "./kernel/tx.ts";

type OnDial = (system: string, outcome: string, ms: number) => void;

/** Without keys (development only) the rest of the site runs, and signing in with Alipay is refused as if it were down. */
function noAlipay(authorize: string): AlipayOpen {
  const why = "ALIPAY_PRIVATE_KEY is not given";
  const refused = async () => {
    throw new OutsideFault("alipay", "config", { detail: why });
  };
  return { session: refused, phone: refused, check: async () => ({ ok: false, why }), authorizeUrl: () => authorize };
}

const brief = { timeoutMs: 4_000 };

/** Without an address for WeChat's pushes its answers about pictures never come, so it is not asked. */
const checkedBy = (wechat: TextCheck & PictureCheck, push: string): TextCheck & PictureCheck =>
  push ? wechat : { ...wechat, picture: async () => ({ no: "not-active" }) };

/** Every system outside, each behind a dial of its own with its own circuit. */
export function outsideOf(config: Config, onCall: OnDial) {
  // Signed requests carry the real time, whatever time a test or the demo lives in.
  const now = () => systemClock.now();
  const dial = (system: string, more: { maxBytes?: number; timeoutMs?: number } = {}) =>
    makeDial({ system, insideTx, onCall, allowHosts: config.PORTAL_ALLOW_HOSTS, ...more });
  const { WECHAT_APPID: appid, WECHAT_SECRET: secret, WECHAT_BASE: base } = config;
  const miniApp = { now, appid, secret, base, dial: dial("wechat") };
  // Signing in, messages and the check of content share one access token.
  const wechat = { ...miniApp, tokens: wechatTokens("wechat", miniApp) };
  const alipay = {
    now,
    dial: dial("alipay"),
    appid: config.ALIPAY_APPID,
    privateKey: config.ALIPAY_PRIVATE_KEY,
    publicKey: config.ALIPAY_PUBLIC_KEY,
    aesKey: config.ALIPAY_AES_KEY,
    gateway: config.ALIPAY_GATEWAY,
    authorize: config.ALIPAY_AUTHORIZE,
  };
  const sms = {
    now,
    dial: dial("aliyun-sms"),
    accessKey: config.SMS_ACCESS_KEY,
    secret: config.SMS_SECRET,
    endpoint: config.SMS_ENDPOINT,
    signName: config.SMS_SIGN_NAME,
    template: config.SMS_TEMPLATE,
    changed: config.SMS_TEMPLATE_CHANGED,
    agree: config.SMS_TEMPLATE_AGREE,
    behalf: config.SMS_TEMPLATE_BEHALF,
  };
  const messages = {
    weapp: wechatMessages({ ...wechat, dial: dial("wechat-messages"), edition: config.WECHAT_EDITION }),
    alipay: config.ALIPAY_PRIVATE_KEY ? alipayMessages({ ...alipay, dial: dial("alipay-messages") }) : null,
    sms: config.SMS_TEMPLATE_DUTY
      ? aliyunDuty({ ...sms, dial: dial("aliyun-duty"), template: config.SMS_TEMPLATE_DUTY })
      : null,
  };
  const login = {
    wechatMini: wechatMini(wechat),
    wechatWeb: wechatWeb({
      now,
      dial: dial("wechat-web"),
      appid: config.WECHAT_WEB_APPID,
      secret: config.WECHAT_WEB_SECRET,
      base: config.WECHAT_WEB_BASE,
      authorize: config.WECHAT_WEB_AUTHORIZE,
    }),
    alipay: config.ALIPAY_PRIVATE_KEY ? alipayOpen(alipay) : noAlipay(config.ALIPAY_AUTHORIZE),
    sms: aliyunSms(sms),
  };
  const push = config.WECHAT_PUSH_TOKEN && config.WECHAT_PUSH_KEY;
  const safety = {
    // People wait while their words are looked at; what takes longer is asked again afterwards.
    wechat: config.WECHAT_APPID
      ? checkedBy(wechatSafety({ ...wechat, dial: dial("wechat-safety", brief) }), push)
      : null,
    alipay: config.ALIPAY_PRIVATE_KEY
      ? alipaySafety({ ...alipay, dial: dial("alipay-safety", brief), channel: config.ALIPAY_RISK_CHANNEL })
      : null,
  };
  const pushes = push ? wechatPush({ appid, token: config.WECHAT_PUSH_TOKEN, aesKey: config.WECHAT_PUSH_KEY }) : null;
  const large = { maxBytes: 6 * 1024 * 1024, timeoutMs: 20_000 };
  const hospital = config.HOSPITAL_BASE
    ? fhirHospital({
        dial: dial("hospital", large),
        base: config.HOSPITAL_BASE,
        token: config.HOSPITAL_TOKEN,
        system: config.HOSPITAL_SYSTEM,
        idSystem: config.HOSPITAL_ID_SYSTEM,
      })
    : null;
  return {
    login,
    hospital,
    messages,
    safety,
    pushes,
    portal: portal({ dial: dial("portal", large) }),
    pictures: dial("portal-pictures", large),
    files: (log: Log) => filesOf(config, log, onCall),
  };
}

/** Where pictures and files lie: a folder of this machine, unless a store that speaks S3 is named; and who scans them. */
async function filesOf(
  config: Config,
  log: Log,
  onCall: OnDial,
): Promise<{ storage: Storage; scan: VirusScan | null }> {
  const storage = config.S3_ENDPOINT
    ? s3Storage({
        dial: makeStreamDial({ system: "s3", insideTx, onCall }),
        now: () => systemClock.now(),
        endpoint: config.S3_ENDPOINT,
        region: config.S3_REGION,
        bucket: config.S3_BUCKET,
        accessKey: config.S3_ACCESS_KEY,
        secret: config.S3_SECRET,
        pathStyle: config.S3_PATH_STYLE,
      })
    : await localStorage(config.MEDIA_DIR);
  const scan = config.CLAMD ? clamd({ address: config.CLAMD, insideTx, onCall }) : null;
  // Neither keeps the site closed; what they refuse now they will refuse the people too.
  for (const part of [storage, scan])
    void part?.check().then(
      (health) => health.ok || log.error({ why: health.why }, "pictures and files cannot be kept"),
      (err: unknown) => log.error({ err }, "pictures and files cannot be kept"),
    );
  return { storage, scan };
}
