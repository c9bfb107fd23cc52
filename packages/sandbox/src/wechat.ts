import { randomBytes } from "node:crypto";
import type { FastifyReply } from "fastify";
import { createCodes } from "./codes.ts";
import type { NotesControl } from "./notes.ts";
import { demoPeople, identities } from "./people.ts";
import { field, type Started, serve } from "./serve.ts";
import { wechatNotes } from "./wechat-notes.ts";
import { type WechatSafetyControl, wechatSafety } from "./wechat-safety.ts";

export type WechatOptions = {
  port?: number;
  appid?: string;
  secret?: string;
  /** Codes that we did not give out (from the vendor's own developer tool) belong to one stable demo person. */
  lenient?: boolean;
};

export type WechatControl = WechatSafetyControl &
  NotesControl & {
    /** A login code as `wx.login` gives it. */
    issueCode(openid: string, unionid?: string): string;
    /** A code as the phone button gives it. `countryCode` is 86 and the number made out to this app unless told otherwise. */
    issuePhoneCode(phone: string, countryCode?: string, madeOutTo?: string): string;
    /** From now on the vendor holds this person for a risk. */
    block(openid: string): void;
    /**
     * The access tokens given out so far stop working: `expired` 42001, `superseded` 40001, `stuck` 40001 while the same token
     * is given out again until it is forced to change.
     */
    endTokens(how: "expired" | "superseded" | "stuck"): void;
  };

const rid = () =>
  `rid: ${randomBytes(4).toString("hex")}-${randomBytes(4).toString("hex")}-${randomBytes(4).toString("hex")}`;
/** The vendor's own sentences. */
const words: Record<number, string> = {
  [-1]: "system error",
  40001: "invalid credential, access_token is invalid or not latest",
  40002: "invalid grant_type",
  40013: "invalid appid",
  40003: "invalid openid",
  40004: "invalid media type",
  40029: "invalid code",
  40037: "invalid template_id",
  40125: "invalid appsecret",
  40163: "code been used",
  40226: "code blocked",
  41008: "missing code",
  41030: "invalid page",
  42001: "access_token expired",
  43101: "user refuse to accept the msg",
  44004: "empty content",
  45002: "content size out of limit",
  45009: "reach max api daily quota limit",
  45011: "api minute-quota reach limit  mustslower  retry next minute",
  47001: "data format error",
  47003: "argument invalid!",
  61010: "code is expired",
};

/** Errors come with status 200; the sns paths label their JSON as plain text. */
export const wechatError = (reply: FastifyReply, errcode: number): FastifyReply =>
  reply.type("text/plain").send(JSON.stringify({ errcode, errmsg: `${words[errcode] ?? "unknown"}, ${rid()}` }));

/** The WeChat mini-program platform: login codes, the stable token, phone numbers. */
export function startWechat(options: WechatOptions = {}): Promise<Started<WechatControl>> {
  const { appid = "wx00000000demo0001", secret = randomBytes(16).toString("hex"), lenient = false } = options;
  const push: Record<string, string> = {};
  return serve<WechatControl>({
    port: options.port,
    about: {
      title: "沙箱：微信小程序",
      what: "演示用：这里代替真实的微信小程序平台，服务端向它换登录身份和手机号。没有要操作的。",
    },
    env: (url) => ({ WECHAT_APPID: appid, WECHAT_SECRET: secret, WECHAT_BASE: url, ...push }),
    build(app, faults) {
      const logins = createCodes<{ openid: string; unionid?: string }>();
      const phones = createCodes<{ phone: string; countryCode: string; madeOutTo: string }>();
      const blocked = new Set<string>();
      const tokens = new Map<string, "good" | "expired" | "superseded">();
      let current: string | undefined;
      const planned = (url: string): number | undefined =>
        faults.take(url, ["rate-limit"])
          ? 45011
          : faults.take(url, ["quota"])
            ? 45009
            : faults.take(url, ["busy"])
              ? -1
              : undefined;
      const tokenError = (query: unknown): number | undefined => {
        const token = tokens.get(field(query, "access_token"));
        return token === "good" ? undefined : token === "expired" ? 42001 : 40001;
      };

      app.get("/sns/jscode2session", async (request, reply) => {
        const of = (name: string) => field(request.query, name);
        const fault = planned(request.url);
        if (fault) return wechatError(reply, fault);
        if (of("appid") !== appid) return wechatError(reply, 40013);
        if (of("secret") !== secret) return wechatError(reply, 40125);
        if (of("grant_type") !== "authorization_code") return wechatError(reply, 40002);
        if (!of("js_code")) return wechatError(reply, 41008);
        const redeemed = logins.redeem(of("js_code"));
        const stranger = "no" in redeemed && redeemed.no === "unknown" && lenient;
        const demo = identities(demoPeople[0]?.key ?? "demo");
        const who = stranger
          ? { openid: demo.miniOpenid, unionid: demo.unionid }
          : "what" in redeemed
            ? redeemed.what
            : undefined;
        if (!who) return wechatError(reply, "no" in redeemed && redeemed.no === "used" ? 40163 : 40029);
        if (blocked.has(who.openid)) return wechatError(reply, 40226);
        return reply
          .type("text/plain")
          .send(JSON.stringify({ session_key: randomBytes(16).toString("base64"), ...who }));
      });

      app.post("/cgi-bin/stable_token", async (request, reply) => {
        const fault = planned(request.url);
        if (fault) return wechatError(reply, fault);
        if (field(request.body, "appid") !== appid) return wechatError(reply, 40013);
        if (field(request.body, "secret") !== secret) return wechatError(reply, 40125);
        if (field(request.body, "grant_type") !== "client_credential") return wechatError(reply, 40002);
        const force = (request.body as { force_refresh?: unknown }).force_refresh === true;
        if (!current || force) {
          current = randomBytes(32).toString("hex");
          tokens.set(current, "good");
        }
        return reply.send({ access_token: current, expires_in: 7200 });
      });

      app.post("/wxa/business/getuserphonenumber", async (request, reply) => {
        const fault = planned(request.url);
        if (fault) return wechatError(reply, fault);
        const dead = tokenError(request.query);
        if (dead) return wechatError(reply, dead);
        const code = field(request.body, "code");
        if (!code) return wechatError(reply, 47001);
        const redeemed = phones.redeem(code);
        const stranger = "no" in redeemed && redeemed.no === "unknown" && lenient;
        const demo = { phone: demoPeople[0]?.phone ?? "", countryCode: "86", madeOutTo: appid };
        const what = stranger ? demo : "what" in redeemed ? redeemed.what : undefined;
        if (!what) return wechatError(reply, "no" in redeemed && redeemed.no === "used" ? 40163 : 40029);
        const { phone, countryCode, madeOutTo } = what;
        return reply.send({
          errcode: 0,
          errmsg: "ok",
          phone_info: {
            phoneNumber: countryCode === "86" ? phone : `+${countryCode}${phone}`,
            purePhoneNumber: phone,
            countryCode,
            watermark: { timestamp: Math.floor(Date.now() / 1000), appid: madeOutTo },
          },
        });
      });

      const gate = (url: string, query: unknown) => planned(url) ?? tokenError(query);
      const safety = wechatSafety(app, { appid, faults, gate, error: wechatError });
      const notes = wechatNotes(app, { lenient, gate, error: wechatError });
      Object.assign(push, safety.env, notes.env);

      return {
        ...safety.control,
        ...notes.control,
        issueCode: (openid, unionid) => logins.issue(unionid ? { openid, unionid } : { openid }),
        issuePhoneCode: (phone, countryCode = "86", madeOutTo = appid) =>
          phones.issue({ phone, countryCode, madeOutTo }),
        block: (openid) => void blocked.add(openid),
        endTokens(how) {
          for (const token of tokens.keys()) tokens.set(token, how === "expired" ? how : "superseded");
          if (how !== "stuck") current = undefined;
        },
      };
    },
  });
}
