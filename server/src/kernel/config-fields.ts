import * as z from "zod";
import {
  address,
  databaseUrl,
  flag,
  hexKey,
  isHostPort,
  isProxy,
  isSite,
  isWay,
  list,
  minClient,
  noteTemplate,
  oneOf,
  optional,
  sealKeys,
  signInWays,
  text,
  whole,
} from "./config-kinds.ts";

/** Meaning first, then the rule: the meaning becomes the operations manual. */
export const fields = {
  NODE_ENV: oneOf(
    ["development", "test", "production"],
    "development",
    "production refuses sandboxes, demo people and missing keys.",
  ),
  HOST: text("Address to listen on.", "0.0.0.0"),
  PORT: whole("Port of the site and the API; 0 takes a free one.", 8080, 0, 65_535),
  METRICS_HOST: text("Address of the metrics port; keep it off the public network.", "127.0.0.1"),
  METRICS_PORT: whole("Port of the Prometheus metrics; 0 takes a free one.", 9464, 0, 65_535),
  PUBLIC_URL: address(
    "How people reach the site; cookies, links and the same-origin check follow it.",
    "http://localhost:8080",
  ),
  TRUST_PROXY: z
    .string()
    .refine(
      (value) => value.split(",").every((part) => isProxy(part.trim())),
      "must be addresses (10.0.0.5), ranges (10.0.0.0/8) or `loopback`, comma-separated",
    )
    .default("")
    .describe(
      "Proxies whose X-Forwarded-For is believed: addresses, ranges or `loopback`, comma-separated; empty for none.",
    ),
  LOG_LEVEL: oneOf(
    ["trace", "debug", "info", "warn", "error", "fatal", "silent"],
    "info",
    "Least important log line that is written.",
  ),
  DATA_DIR: text("Folder of the server's own files.", ".data"),
  MEDIA_DIR: optional("Folder of pictures and attachments; default DATA_DIR/media."),
  S3_ENDPOINT: z
    .string()
    .default("")
    .refine((value) => value === "" || isSite(value), "must be an http(s) address without a path")
    .transform((value) => value.replace(/\/+$/, ""))
    .describe("Address of a store that speaks S3 and keeps pictures and attachments in place of MEDIA_DIR."),
  S3_REGION: text("Its region.", "us-east-1"),
  S3_BUCKET: z
    .string()
    .default("")
    .refine((value) => value === "" || /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(value), "is no name of a bucket")
    .describe("Its bucket: private, and not used for anything else."),
  S3_ACCESS_KEY: optional("Its access key id."),
  S3_SECRET: optional("Its secret key."),
  S3_PATH_STYLE: flag(
    "1 for stores whose addresses are `https://store/bucket/…` (MinIO), not `https://bucket.store/…`.",
  ),
  CLAMD: z
    .string()
    .default("")
    .refine((value) => value === "" || value.startsWith("/") || isHostPort(value), "must be host:port or a path")
    .describe("ClamAV's daemon, `host:port` or the path of its socket: it scans every upload. Empty: nobody does."),
  DATABASE_URL: databaseUrl,
  DATABASE_POOL: whole(
    "Connections to the database, besides two for what many people write at the same moment; 20 serve more than 200 would.",
    20,
    1,
    500,
  ),
  SEAL_KEYS: sealKeys,
  INDEX_KEY: hexKey(
    "Key of the blind indexes over sealed values, 32 bytes in hex. Cannot be changed later without rebuilding them.",
  ),
  AUDIT_KEY: hexKey("Key of the audit chain, 32 bytes in hex. Keep a copy apart from the database."),
  MIN_CLIENT: minClient,
  RATE_ADDRESS: whole("Calls a minute from one address (a whole village may sit behind one).", 3_000, 1),
  RATE_ACCOUNT: whole("Calls a minute by one account.", 300, 1),
  LIVE: flag("1 tells open pages at once what changed (WebSocket at /live); with 0 they ask now and then.", "1"),
  LIVE_CONNECTIONS: whole("Open pages that one process tells; more of them ask now and then.", 10_000, 1),
  LIVE_ADDRESS: whole("The same from one address (a provider's may stand for thousands of phones).", 2_000, 1),
  SESSION_DAYS: whole("A sign-in ends after so many days, however often it is used (unused: after 30).", 180, 1, 3_650),
  DESK_SESSION_DAYS: whole("The same for the desk (unused: after 12 hours).", 7, 1, 365),
  HOME_COUNTY: z
    .string()
    .regex(/^\d{12}$/, "must be a 12-digit region code")
    .default("990101000000")
    .describe("Region code of the county that this site is for."),
  COUNTY_NAME: text("Name of that county.", "示例县"),
  SITE_FILES: text("Folder of the checkout whose built clients are served; `none` serves the API only.", "."),
  DEMO: flag("1 lets demo people, printed codes and sandboxes in; refused in production."),
  SITE_NAME: text("Name of the site.", "示例县微门户"),
  SITE_DOMAIN: optional("Domain that the site's government meta tags name."),
  SITE_ID_CODE: z
    .string()
    .regex(/^(\d{10})?$/, "must be 10 digits")
    .default("")
    .describe("Government website identification code (10 digits)."),
  SITE_HOST_UNIT: text("Unit that runs the site (主办单位).", "示例县人民政府办公室"),
  SITE_PHONE: text("Telephone of that unit.", "19900000000"),
  SITE_ICP: optional("ICP filing number."),
  SITE_POLICE_FILING: optional("Public-security filing number."),
  SITE_FILING: optional(
    "Filing number of the government app (政务应用备案); `in-preparation` while it is applied for.",
  ),
  CIRCLE_WORDS_FILE: optional("File of words that somebody looks at before a village reads them, one a line."),
  CIRCLE_PHOTOS: oneOf(
    ["held", "shown"],
    "held",
    "Photos that no checker of a platform can look at: `held` until a person has, or `shown` on the county's own answer.",
  ),
  WORKDAYS_FILE: optional(
    'File of local working days, read at the start: {"holidays": ["2027-03-03"], "makeUps": []}; they win over the announced ones.',
  ),
  PORTAL_ALLOW_HOSTS: list(
    "`host:port` of upstream portals on private networks that may be fetched all the same.",
    isHostPort,
    "host:port",
  ),
  SIGN_IN_OFF: list(
    "Ways to sign in that the county does not have: `wechat`, `wechat-web`, `alipay`; they are refused and not offered.",
    isWay,
    `of ${signInWays.join(", ")}`,
  ),
  WECHAT_APPID: optional("WeChat mini-program: app id."),
  WECHAT_SECRET: optional("WeChat mini-program: secret."),
  WECHAT_BASE: address("WeChat mini-program: API address.", "https://api.weixin.qq.com"),
  WECHAT_TEMPLATE_PROGRESS: noteTemplate(
    "WeChat: template of the messages on one's own affair",
    "thing1=title,thing2=place,phrase3=state,time4=at",
  ),
  WECHAT_TEMPLATE_DUTY: noteTemplate(
    "WeChat: template of the messages about work",
    "thing1=title,thing2=place,phrase3=state,time4=at",
  ),
  WECHAT_EDITION: oneOf(
    ["formal", "trial", "developer"],
    "formal",
    "WeChat: which edition of the mini-program a message opens.",
  ),
  WECHAT_PUSH_TOKEN: optional(
    "WeChat message push (消息推送): token. Its address is PUBLIC_URL/callbacks/wechat, safe mode, JSON; without it a person looks at photos.",
  ),
  WECHAT_PUSH_KEY: z
    .string()
    .regex(/^([A-Za-z0-9]{43})?$/, "must be 43 letters and digits")
    .default("")
    .describe("WeChat message push: EncodingAESKey."),
  WECHAT_WEB_APPID: optional("WeChat official account (H5 in WeChat): app id."),
  WECHAT_WEB_SECRET: optional("WeChat official account: secret."),
  WECHAT_WEB_BASE: address("WeChat official account: API address.", "https://api.weixin.qq.com"),
  WECHAT_WEB_AUTHORIZE: address(
    "WeChat official account: page that asks for consent.",
    "https://open.weixin.qq.com/connect/oauth2/authorize",
  ),
  ALIPAY_APPID: optional("Alipay mini-program: app id."),
  ALIPAY_PRIVATE_KEY: optional("Alipay: our private key (PKCS#8, base64)."),
  ALIPAY_PUBLIC_KEY: optional("Alipay: their public key (base64)."),
  ALIPAY_AES_KEY: optional("Alipay: AES key of phone numbers (base64)."),
  ALIPAY_RISK_CHANNEL: text(
    "Alipay: channel of its content check, by the product that the county has.",
    "tinyapp-eco-open",
  ),
  ALIPAY_GATEWAY: address("Alipay: gateway.", "https://openapi.alipay.com/gateway.do"),
  ALIPAY_AUTHORIZE: address(
    "Alipay: page that asks for consent.",
    "https://openauth.alipay.com/oauth2/publicAppAuthorize.htm",
  ),
  ALIPAY_TEMPLATE_PROGRESS: noteTemplate(
    "Alipay: template of the messages on one's own affair",
    "keyword1=title,keyword2=place,keyword3=state,keyword4=at",
  ),
  ALIPAY_TEMPLATE_DUTY: noteTemplate(
    "Alipay: template of the messages about work",
    "keyword1=title,keyword2=place,keyword3=state,keyword4=at",
  ),
  SMS_ACCESS_KEY: optional("Short messages: access key id."),
  SMS_SECRET: optional("Short messages: access key secret."),
  SMS_SIGN_NAME: optional("Short messages: signature."),
  SMS_TEMPLATE: optional("Short messages: template of the one-time code."),
  SMS_TEMPLATE_CHANGED: optional(
    "Short messages: template, without variables, for the number that an account has left; empty tells it nothing.",
  ),
  SMS_TEMPLATE_DUTY: optional(
    "Short messages: template for those in office, with ${title}, ${place} and ${state}; empty sends them none.",
  ),
  SMS_TEMPLATE_AGREE: optional(
    "Short messages: template of the code, ${code}, by which somebody lets another act for them; empty leaves the other ways.",
  ),
  SMS_TEMPLATE_BEHALF: optional(
    "Short messages: template with ${state}, ${time} and ${place}: what was booked for somebody by another; empty sends none.",
  ),
  SMS_ENDPOINT: address("Short messages: API address.", "https://dysmsapi.aliyuncs.com"),
  HOSPITAL_BASE: z
    .string()
    .default("")
    .refine(
      (value) => value === "" || (/^https?:\/\/[^\s?#]+$/.test(value) && URL.canParse(value)),
      "must be an http(s) address",
    )
    .transform((value) => value.replace(/\/+$/, ""))
    .describe("Hospital: address of its FHIR R4 service. Empty: nothing can be booked at a hospital."),
  HOSPITAL_TOKEN: optional("Hospital: bearer token."),
  HOSPITAL_SYSTEM: optional("Hospital: URI under which our keys stand at its appointments; never change it."),
  HOSPITAL_ID_SYSTEM: optional("Hospital: URI under which ID numbers stand in its register of patients."),
};

export type ConfigField = (typeof fields)[keyof typeof fields];
export const shape = z.object(fields).transform((config) => ({
  ...config,
  SITE_FILES: config.SITE_FILES === "none" ? "" : config.SITE_FILES,
  MEDIA_DIR: config.MEDIA_DIR || `${config.DATA_DIR}/media`,
}));
export type Config = z.output<typeof shape>;

/** Whatever was given of it, for rules that look at some settings while others are at fault. */
export const partialShape = z.object(fields).partial();
export type PartialConfig = z.output<typeof partialShape>;
