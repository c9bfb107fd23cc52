import type { Config } from "./config-fields.ts";

const required = [
  "PUBLIC_URL",
  "HOME_COUNTY",
  "COUNTY_NAME",
  "SITE_NAME",
  "SITE_DOMAIN",
  "SITE_HOST_UNIT",
  "SITE_PHONE",
  "SITE_ICP",
  "WECHAT_APPID",
  "WECHAT_SECRET",
  "WECHAT_WEB_APPID",
  "WECHAT_WEB_SECRET",
  "ALIPAY_APPID",
  "ALIPAY_PRIVATE_KEY",
  "ALIPAY_PUBLIC_KEY",
  "ALIPAY_AES_KEY",
  "SMS_ACCESS_KEY",
  "SMS_SECRET",
  "SMS_SIGN_NAME",
  "SMS_TEMPLATE",
] as const;

const outside = [
  "PUBLIC_URL",
  "WECHAT_BASE",
  "WECHAT_WEB_BASE",
  "WECHAT_WEB_AUTHORIZE",
  "ALIPAY_GATEWAY",
  "ALIPAY_AUTHORIZE",
  "SMS_ENDPOINT",
] as const;

const ownMachine = /^(localhost|.*\.localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1?\]|\[::ffff:.*\])$/i;

/** What development may do and production may not. */
export function productionFaults(config: Config, given: Record<string, string | undefined>): string[] {
  const faults: string[] = [];
  for (const name of required) if (!given[name]) faults.push(`${name}: must be given in production`);
  if (config.DEMO) faults.push("DEMO: demo people, printed codes and sandboxes are refused in production");
  for (const name of outside) {
    const url = new URL(config[name]);
    if (url.protocol !== "https:") faults.push(`${name}: must be https in production`);
    if (ownMachine.test(url.hostname))
      faults.push(`${name}: points at this machine; sandboxes are refused in production`);
  }
  const keys = [...config.SEAL_KEYS.map((seal) => seal.key), config.INDEX_KEY, config.AUDIT_KEY];
  if (new Set(keys.map((key) => key.toString("hex"))).size < keys.length) {
    faults.push("SEAL_KEYS, INDEX_KEY, AUDIT_KEY: must all be different");
  }
  for (const key of keys) {
    if (new Set(key).size < 12) faults.push("SEAL_KEYS, INDEX_KEY, AUDIT_KEY: a key is not random");
  }
  return faults;
}
