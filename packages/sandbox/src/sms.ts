import { createHash, createHmac, randomBytes, randomUUID, timingSafeEqual } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import { field, type Started, serve } from "./serve.ts";

export type SmsOptions = {
  port?: number;
  accessKey?: string;
  secret?: string;
  signName?: string;
  template?: string;
  duty?: string;
  changed?: string;
  agree?: string;
  behalf?: string;
};

export type SmsMessage = { phone: string; text: string; params: Record<string, string>; at: number };

export type SmsControl = {
  /** Oldest first. */
  messages(phone?: string): SmsMessage[];
  /** Answer the next messages to this number with the vendor's code, such as isv.BUSINESS_LIMIT_CONTROL; none clears it. */
  refuse(phone: string, code?: string): void;
};

const WINDOW_MS = 15 * 60_000;
const sha256 = (text: string) => createHash("sha256").update(text, "utf8").digest("hex");
const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);

/** The refusal's code, or undefined when the signature holds. */
function verify(
  request: FastifyRequest,
  keys: { accessKey: string; secret: string },
  nonces: Set<string>,
): string | undefined {
  const header = (name: string) => String(request.headers[name] ?? "");
  const parts = /^ACS3-HMAC-SHA256 Credential=([^,]+),SignedHeaders=([^,]+),Signature=([0-9a-f]{64})$/.exec(
    header("authorization"),
  );
  if (!parts) return "IncompleteSignature";
  const [, credential = "", signedHeaders = "", signature = ""] = parts;
  if (credential !== keys.accessKey) return "InvalidAccessKeyId.NotFound";
  const signed = signedHeaders.split(";");
  const present = Object.keys(request.headers).filter((name) => name.startsWith("x-acs-"));
  if ([...present, "host"].some((name) => !signed.includes(name))) return "IncompleteSignature";
  const sent = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(header("x-acs-date"))
    ? Date.parse(header("x-acs-date"))
    : Number.NaN;
  if (!(Math.abs(Date.now() - sent) < WINDOW_MS)) return "InvalidTimeStamp.Expired";
  if (!header("x-acs-signature-nonce")) return "IncompleteSignature";
  const hash = sha256(typeof request.body === "string" ? request.body : "");
  if (header("x-acs-content-sha256") !== hash) return "SignatureDoesNotMatch";
  const url = new URL(request.url, "http://here");
  const query = [...url.searchParams]
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join("&");
  const headers = [...signed].sort().map((name) => `${name}:${header(name).trim()}\n`);
  const canonical = [request.method, url.pathname, query, headers.join(""), signedHeaders, hash].join("\n");
  const expected = createHmac("sha256", keys.secret)
    .update(`ACS3-HMAC-SHA256\n${sha256(canonical)}`)
    .digest("hex");
  if (!timingSafeEqual(Buffer.from(expected), Buffer.from(signature))) return "SignatureDoesNotMatch";
  if (nonces.has(header("x-acs-signature-nonce"))) return "SignatureNonceUsed";
  nonces.add(header("x-acs-signature-nonce"));
  return undefined;
}

/** Aliyun's short message service. Texts are kept, not sent. */
export function startSms(options: SmsOptions = {}): Promise<Started<SmsControl>> {
  const { accessKey = "LTAI0000demo", secret = randomBytes(15).toString("hex") } = options;
  const { signName = "示例县微门户", template = "SMS_000000001", duty = "SMS_000000002" } = options;
  const { changed = "SMS_000000003", agree = "SMS_000000004", behalf = "SMS_000000005" } = options;
  const variables: Record<string, string[]> = {
    [template]: ["code"],
    [duty]: ["title", "place", "state"],
    [changed]: [],
    [agree]: ["code"],
    [behalf]: ["state", "time", "place"],
  };
  const textOf = (of: string, params: Record<string, string>): string => {
    if (of === duty) return `${params.place}：${params.title}（${params.state}）。请打开微门户办理。`;
    if (of === changed)
      return "您的账号已换成别的手机号，这个号码不再能登录这个账号。不是您本人办的，请马上联系村委会。";
    if (of === agree)
      return `有人请求替您预约办事，同意码 ${params.code ?? ""}，10 分钟内有效。同意就把它告诉他，不认识他请不要告诉。`;
    if (of === behalf) return `替您办的预约${params.state}：${params.time}，${params.place}。`;
    return `您的验证码是 ${params.code ?? ""}，5 分钟内有效。请勿告诉他人。`;
  };
  const action = (request: FastifyRequest) => String(request.headers["x-acs-action"] ?? "");
  return serve<SmsControl>({
    port: options.port,
    about: {
      title: "沙箱：短信",
      what: "演示用：这里代替真实的短信平台，收到的短信在“示例手机”页面上看。没有要操作的。",
    },
    nameOf: action,
    env: (url) => ({
      SMS_ACCESS_KEY: accessKey,
      SMS_SECRET: secret,
      SMS_SIGN_NAME: signName,
      SMS_TEMPLATE: template,
      SMS_TEMPLATE_DUTY: duty,
      SMS_TEMPLATE_CHANGED: changed,
      SMS_TEMPLATE_AGREE: agree,
      SMS_TEMPLATE_BEHALF: behalf,
      SMS_ENDPOINT: url,
    }),
    build(app, faults) {
      const kept: SmsMessage[] = [];
      const refused = new Map<string, string>();
      const nonces = new Set<string>();
      const answer = (
        reply: FastifyReply,
        status: number,
        Code: string,
        Message: string,
        more: Record<string, unknown> = {},
      ) => reply.code(status).send({ Code, Message, RequestId: randomUUID().toUpperCase(), ...more });

      app.post("/", async (request, reply) => {
        const refusal = verify(request, { accessKey, secret }, nonces);
        if (refusal)
          return answer(
            reply,
            refusal.startsWith("InvalidAccessKeyId") ? 404 : 400,
            refusal,
            "Specified signature is not matched.",
          );
        if (request.headers["x-acs-version"] !== "2017-05-25")
          return answer(reply, 400, "InvalidVersion", "Specified version is not valid.");
        if (faults.take(action(request), ["rate-limit"]))
          return answer(reply, 400, "Throttling.User", "Request was denied due to user flow control.");
        if (faults.take(action(request), ["busy"])) return answer(reply, 200, "isp.SYSTEM_ERROR", "isp.SYSTEM_ERROR");
        const of = (name: string) => field(request.query, name);
        const wanted = variables[of("TemplateCode")];
        if (!wanted) return answer(reply, 200, "isv.SMS_TEMPLATE_ILLEGAL", "该账号下找不到对应模板");
        if (action(request) === "QuerySmsTemplate")
          return answer(reply, 200, "OK", "OK", { TemplateStatus: 1, TemplateCode: of("TemplateCode") });
        if (action(request) !== "SendSms")
          return answer(reply, 404, "InvalidAction.NotFound", "Specified api is not found.");
        if (of("SignName") !== signName)
          return answer(reply, 200, "isv.SMS_SIGNATURE_ILLEGAL", "该账号下找不到对应签名");
        const phone = of("PhoneNumbers");
        if (!/^1\d{10}$/.test(phone))
          return answer(reply, 200, "isv.MOBILE_NUMBER_ILLEGAL", `${phone}invalid mobile number`);
        const no = refused.get(phone);
        if (no) return answer(reply, 200, no, "触发流控或账户异常");
        let params: Record<string, string>;
        try {
          params = JSON.parse(of("TemplateParam")) as Record<string, string>;
        } catch {
          return answer(reply, 200, "isv.INVALID_JSON_PARAM", "参数格式错误，请修改为字符串值");
        }
        if (wanted.some((name) => !params[name]))
          return answer(reply, 200, "isv.TEMPLATE_MISSING_PARAMETERS", "模板缺少变量");
        const text = `【${signName}】${textOf(of("TemplateCode"), params)}`;
        kept.push({ phone, text, params, at: Date.now() });
        if (kept.length > 500) kept.shift();
        return answer(reply, 200, "OK", "OK", { BizId: `${Date.now()}^0` });
      });

      return {
        messages: (phone) => kept.filter((message) => !phone || message.phone === phone),
        refuse: (phone, code) => void (code ? refused.set(phone, code) : refused.delete(phone)),
      };
    },
  });
}
