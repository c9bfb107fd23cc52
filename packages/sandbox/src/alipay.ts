import { createCipheriv, createSign, createVerify, generateKeyPairSync, randomBytes } from "node:crypto";
import type { FastifyRequest } from "fastify";
import { alipayNotes, NOTES } from "./alipay-notes.ts";
import { type AlipaySafetyControl, alipaySafety, SAFETY } from "./alipay-safety.ts";
import { createCodes } from "./codes.ts";
import type { NotesControl } from "./notes.ts";
import { choose, mayReturnTo, page, withParams } from "./page.ts";
import { demoPeople, identities, type Person } from "./people.ts";
import { field, type Started, serve } from "./serve.ts";

export type AlipayOptions = { port?: number; appid?: string; lenient?: boolean; people?: readonly Person[] };

export type AlipayControl = AlipaySafetyControl &
  NotesControl & {
    /** A code as `my.getAuthCode` gives it. */
    issueCode(openId: string): string;
    /** What `my.getPhoneNumber` hands to the page. `failure` makes Alipay's signed refusal of that code. */
    issuePhone(phone: string, failure?: string): { response: string; sign: string };
  };

const METHODS: ReadonlySet<string> = new Set(["alipay.system.oauth.token", SAFETY, NOTES]);
const WINDOW_MS = 15 * 60_000;
/** Beijing wall time without a zone, as the gateway writes and reads it. */
const beijing = (ms: number) =>
  new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai", dateStyle: "short", timeStyle: "medium" }).format(ms);
const sign = (text: string, key: string) => createSign("RSA-SHA256").update(text, "utf8").sign(key, "base64");

function keyPair() {
  const pair = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  /** Alipay's key tool hands out the base64 alone. */
  const bare = (pem: string) => pem.replace(/-----[^-]+-----|\s/g, "");
  return { ...pair, barePublic: bare(pair.publicKey), barePrivate: bare(pair.privateKey) };
}

/** Query and form together, as the gateway takes them. */
const fieldsOf = (request: FastifyRequest): Record<string, string> => ({
  ...(request.query as Record<string, string>),
  ...(request.body as Record<string, string> | undefined),
});

/** Alipay's open platform: the signed gateway, the phone number of the mini-program, the authorize page of H5. */
export function startAlipay(options: AlipayOptions = {}): Promise<Started<AlipayControl>> {
  const { appid = "2021000000000001", lenient = false, people = demoPeople } = options;
  const appKeys = keyPair();
  const alipayKeys = keyPair();
  const strangerKeys = keyPair();
  const aesKey = randomBytes(16);
  const notes = alipayNotes(lenient);
  return serve<AlipayControl>({
    port: options.port,
    about: {
      title: "沙箱：支付宝",
      what: "演示用：这里代替真实的支付宝开放平台，服务端向它换登录身份。没有要操作的。",
    },
    nameOf: (request) => `${request.url} ${field(fieldsOf(request), "method")}`,
    env: (url) => ({
      ALIPAY_APPID: appid,
      ALIPAY_PRIVATE_KEY: appKeys.barePrivate,
      ALIPAY_PUBLIC_KEY: alipayKeys.barePublic,
      ALIPAY_AES_KEY: aesKey.toString("base64"),
      ALIPAY_GATEWAY: `${url}/gateway.do`,
      ALIPAY_AUTHORIZE: `${url}/oauth2/publicAppAuthorize.htm`,
      ...notes.env,
    }),
    build(app, faults) {
      const codes = createCodes<string>();
      const safety = alipaySafety();

      app.post("/gateway.do", async (request, reply) => {
        const all = fieldsOf(request);
        const name = `${request.url} ${all.method}`;
        const answer = (node: string, inner: Record<string, unknown>) => {
          // The gateway escapes slashes, so only the raw text of the node can be verified.
          const raw = JSON.stringify(inner).replaceAll("/", "\\/");
          const key = faults.take(name, ["bad-signature"]) ? strangerKeys.privateKey : alipayKeys.privateKey;
          const signature = `"sign":"${sign(raw, key)}"`;
          if (faults.take(name, ["unsigned"])) return reply.type("text/html;charset=utf-8").send(`{"${node}":${raw}}`);
          if (faults.take(name, ["duplicate-node"]))
            return reply
              .type("text/html;charset=utf-8")
              .send(`{"${node}":${raw},"${node}":{"open_id":"aOpen_forged"},${signature}}`);
          return reply.type("text/html;charset=utf-8").send(`{"${node}":${raw},${signature}}`);
        };
        const refuse = (code: string, msg: string, sub_code: string, sub_msg: string) =>
          answer("error_response", { code, msg, sub_code, sub_msg });
        const invalid = (sub_code: string, sub_msg: string) => refuse("40002", "Invalid Arguments", sub_code, sub_msg);

        if (all.app_id !== appid) return invalid("isv.invalid-app-id", "无效的AppID参数");
        if (all.sign_type !== "RSA2" || all.version !== "1.0")
          return invalid("isv.invalid-signature-type", "无效的签名类型");
        const sent = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(all.timestamp ?? "")
          ? Date.parse(`${all.timestamp?.replace(" ", "T")}+08:00`)
          : Number.NaN;
        if (!(Math.abs(Date.now() - sent) < WINDOW_MS)) return invalid("isv.invalid-timestamp", "非法的时间戳参数");
        const text = Object.keys(all)
          .filter((key) => key !== "sign" && all[key] !== "")
          .sort()
          .map((key) => `${key}=${all[key]}`)
          .join("&");
        if (
          !createVerify("RSA-SHA256")
            .update(text, "utf8")
            .verify(appKeys.publicKey, all.sign ?? "", "base64")
        )
          return invalid("isv.invalid-signature", "验签出错，建议检查签名字符串或签名私钥与应用公钥是否匹配");
        if (!METHODS.has(all.method ?? "")) return invalid("isv.invalid-method", "不存在的方法名");
        if (faults.take(name, ["busy"]))
          return refuse("20000", "Service Currently Unavailable", "isp.unknow-error", "系统繁忙");
        if (faults.take(name, ["rate-limit"]))
          return refuse("40005", "Call Limited", "isv.app-call-limited", "应用调用次数超限");
        if (all.method === SAFETY) {
          const said = safety.answer(all.biz_content ?? "");
          if (typeof said === "string") return refuse("40004", "Business Failed", said, "参数有误");
          return answer("alipay_security_risk_content_sync_detect_response", said);
        }
        if (all.method === NOTES) {
          const no = notes.answer(all.biz_content ?? "");
          if (no !== null) return refuse("40004", "Business Failed", no, "发送失败");
          return answer("alipay_open_app_mini_templatemessage_send_response", { code: "10000", msg: "Success" });
        }
        if (all.grant_type !== "authorization_code") return invalid("isv.grant-type-invalid", "grant_type参数不正确");

        const redeemed = codes.redeem(all.code ?? "");
        const stranger = "no" in redeemed && redeemed.no === "unknown" && lenient && all.code;
        const openId = stranger
          ? identities(people[0]?.key ?? "demo").alipayOpenId
          : "what" in redeemed
            ? redeemed.what
            : "";
        if (!openId) return invalid("isv.code-invalid", "授权码code无效");
        return answer("alipay_system_oauth_token_response", {
          access_token: `authbseB${randomBytes(16).toString("hex")}`,
          auth_start: beijing(Date.now()),
          expires_in: 1296000,
          open_id: openId,
          re_expires_in: 2592000,
          refresh_token: `authbseB${randomBytes(16).toString("base64")}`,
        });
      });

      app.get("/oauth2/publicAppAuthorize.htm", async (request, reply) => {
        const of = (name: string) => field(request.query, name);
        const wrong = (text: string) =>
          reply.type("text/html; charset=utf-8").send(page("系统有点忙", `<p>${text}</p>`));
        if (of("app_id") !== appid) return wrong("app_id 不正确");
        if (!mayReturnTo(of("redirect_uri"))) return wrong("redirect_uri 与配置的授权回调地址不一致");
        if (!/^auth_(base|user)$/.test(of("scope"))) return wrong("scope 不正确");
        const person = people.find(({ key }) => key === of("as"));
        if (person) {
          const auth_code = codes.issue(identities(person.key).alipayOpenId);
          const back = { auth_code, app_id: appid, scope: of("scope"), state: of("state") };
          return reply.redirect(withParams(of("redirect_uri"), back));
        }
        const again = new URL(request.url, "http://here");
        const html = choose("示例支付宝授权", people, (key) =>
          withParams(again.href, { as: key }).replace("http://here", ""),
        );
        return reply.type("text/html; charset=utf-8").send(html);
      });

      return {
        ...safety.control,
        ...notes.control,
        issueCode: (openId) => codes.issue(openId),
        issuePhone(phone, failure) {
          const inner = failure
            ? { code: failure, msg: "Business Failed", subCode: "isv.missing-or-invalid", subMsg: "无权限" }
            : { code: "10000", msg: "Success", mobile: phone };
          const cipher = createCipheriv("aes-128-cbc", aesKey, Buffer.alloc(16));
          const response = cipher.update(JSON.stringify(inner), "utf8", "base64") + cipher.final("base64");
          // The signed text is the ciphertext inside double quotes.
          return { response, sign: sign(`"${response}"`, alipayKeys.privateKey) };
        },
      };
    },
  });
}
