import { randomBytes } from "node:crypto";
import { createCodes } from "./codes.ts";
import { choose, mayReturnTo, page, withParams } from "./page.ts";
import { demoPeople, identities, type Person } from "./people.ts";
import { field, type Started, serve } from "./serve.ts";
import { wechatError } from "./wechat.ts";

export type WechatWebOptions = { port?: number; appid?: string; secret?: string; people?: readonly Person[] };

export type WechatWebControl = {
  /** The code that the authorize page would send back. */
  issueCode(openid: string, unionid?: string): string;
};

/** The official account's OAuth: a page to say who one is (in WeChat itself it answers silently), and the exchange. */
export function startWechatWeb(options: WechatWebOptions = {}): Promise<Started<WechatWebControl>> {
  const { appid = "wx00000000demo0002", secret = randomBytes(16).toString("hex"), people = demoPeople } = options;
  return serve<WechatWebControl>({
    port: options.port,
    about: {
      title: "沙箱：微信公众号",
      what: "演示用：这里代替真实的微信公众号平台，网页在微信里打开时用它登录。没有要操作的。",
    },
    env: (url) => ({
      WECHAT_WEB_APPID: appid,
      WECHAT_WEB_SECRET: secret,
      WECHAT_WEB_BASE: url,
      WECHAT_WEB_AUTHORIZE: `${url}/connect/oauth2/authorize`,
    }),
    build(app, faults) {
      const codes = createCodes<{ openid: string; unionid?: string }>();

      app.get("/connect/oauth2/authorize", async (request, reply) => {
        const of = (name: string) => field(request.query, name);
        const wrong = (text: string) => reply.type("text/html; charset=utf-8").send(page("无法访问", `<p>${text}</p>`));
        if (of("appid") !== appid) return wrong("appid 参数错误（10013）");
        if (!mayReturnTo(of("redirect_uri"))) return wrong("redirect_uri 域名与后台配置不一致（10003）");
        if (of("response_type") !== "code" || !/^snsapi_(base|userinfo)$/.test(of("scope")))
          return wrong("Scope 参数错误（10005）");
        const person = people.find(({ key }) => key === of("as"));
        if (person) {
          const { webOpenid, unionid } = identities(person.key);
          const code = codes.issue({ openid: webOpenid, unionid });
          return reply.redirect(withParams(of("redirect_uri"), { code, state: of("state") }));
        }
        const again = new URL(request.url, "http://here");
        const html = choose("示例微信授权", people, (key) =>
          withParams(again.href, { as: key }).replace("http://here", ""),
        );
        return reply.type("text/html; charset=utf-8").send(html);
      });

      app.get("/sns/oauth2/access_token", async (request, reply) => {
        const of = (name: string) => field(request.query, name);
        if (faults.take(request.url, ["rate-limit"])) return wechatError(reply, 45011);
        if (faults.take(request.url, ["busy"])) return wechatError(reply, -1);
        if (of("appid") !== appid) return wechatError(reply, 40013);
        if (of("secret") !== secret) return wechatError(reply, 40125);
        if (of("grant_type") !== "authorization_code") return wechatError(reply, 40002);
        if (!of("code")) return wechatError(reply, 41008);
        const redeemed = codes.redeem(of("code"));
        if ("no" in redeemed) return wechatError(reply, redeemed.no === "used" ? 40163 : 40029);
        const tokens = {
          access_token: randomBytes(32).toString("hex"),
          refresh_token: randomBytes(32).toString("hex"),
        };
        const answer = { ...tokens, expires_in: 7200, scope: "snsapi_base", ...redeemed.what };
        return reply.type("text/plain").send(JSON.stringify(answer));
      });

      return { issueCode: (openid, unionid) => codes.issue(unionid ? { openid, unionid } : { openid }) };
    },
  });
}
