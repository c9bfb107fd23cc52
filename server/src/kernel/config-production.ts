import { fields, type PartialConfig } from "./config-fields.ts";
import { type SignInWay, signInWays } from "./config-kinds.ts";

const required: readonly string[] = [
  ...["PUBLIC_URL", "HOME_COUNTY", "COUNTY_NAME", "SITE_NAME", "SITE_DOMAIN", "SITE_HOST_UNIT", "SITE_PHONE"],
  ...["SITE_ICP", "SITE_FILING", "SMS_ACCESS_KEY", "SMS_SECRET", "SMS_SIGN_NAME", "SMS_TEMPLATE"],
];

/** What a way to sign in needs, unless the county does without it. */
const ofWay: Record<SignInWay, readonly string[]> = {
  wechat: ["WECHAT_APPID", "WECHAT_SECRET"],
  "wechat-web": ["WECHAT_WEB_APPID", "WECHAT_WEB_SECRET"],
  alipay: ["ALIPAY_APPID", "ALIPAY_PRIVATE_KEY", "ALIPAY_PUBLIC_KEY", "ALIPAY_AES_KEY"],
};

/** The way to sign in without which production does not ask for this setting; null: it always does; undefined: never. */
export function requiredInProduction(name: string): SignInWay | null | undefined {
  return required.includes(name) ? null : signInWays.find((way) => ofWay[way].includes(name));
}

const outside = [
  "PUBLIC_URL",
  "WECHAT_BASE",
  "WECHAT_WEB_BASE",
  "WECHAT_WEB_AUTHORIZE",
  "ALIPAY_GATEWAY",
  "ALIPAY_AUTHORIZE",
  "SMS_ENDPOINT",
  "S3_ENDPOINT",
  "HOSPITAL_BASE",
] as const;

const hints: Record<string, string> = { SITE_FILING: "; `in-preparation` while the number is applied for" };

const ownMachine = /^(localhost|.*\.localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1?\]|\[::ffff:.*\])$/i;

const appIds = ["WECHAT_APPID", "WECHAT_WEB_APPID", "ALIPAY_APPID"] as const;
/** The app ids that our sandboxes go by unless told otherwise. */
const sandboxId = /^(wx00000000demo|2021000000000001$)/;

/** What development may do and production may not. */
export function productionFaults(config: PartialConfig, given: Record<string, string | undefined>): string[] {
  const faults: string[] = [];
  for (const name of Object.keys(fields)) {
    const way = requiredInProduction(name);
    if (given[name] || way === undefined || (way !== null && config.SIGN_IN_OFF?.includes(way))) continue;
    faults.push(
      `${name}: must be given in production${way === null ? "" : ` (or SIGN_IN_OFF names ${way})`}${hints[name] ?? ""}`,
    );
  }
  if (config.DEMO) faults.push("DEMO: demo people, printed codes and sandboxes are refused in production");
  for (const name of outside) {
    const address = config[name];
    if (!address) continue;
    const url = new URL(address);
    if (url.protocol !== "https:") faults.push(`${name}: must be https in production`);
    if (ownMachine.test(url.hostname))
      faults.push(`${name}: points at this machine; sandboxes are refused in production`);
  }
  for (const name of appIds) {
    if (sandboxId.test(config[name] ?? "")) faults.push(`${name}: is a sandbox's; sandboxes are refused in production`);
  }
  for (const host of config.PORTAL_ALLOW_HOSTS ?? []) {
    if (ownMachine.test(host.replace(/:\d+$/, "")))
      faults.push(`PORTAL_ALLOW_HOSTS: ${host} points at this machine; sandboxes are refused in production`);
  }
  faults.push(...keyFaults(config));
  return faults;
}

function keyFaults({ SEAL_KEYS = [], INDEX_KEY, AUDIT_KEY }: PartialConfig): string[] {
  const faults: string[] = [];
  const keys = [...SEAL_KEYS.map((seal) => seal.key), INDEX_KEY, AUDIT_KEY].filter((key) => key !== undefined);
  if (new Set(keys.map((key) => key.toString("hex"))).size < keys.length) {
    faults.push("SEAL_KEYS, INDEX_KEY, AUDIT_KEY: must all be different");
  }
  for (const key of keys) {
    if (new Set(key).size < 12) faults.push("SEAL_KEYS, INDEX_KEY, AUDIT_KEY: a key is not random");
  }
  return faults;
}
