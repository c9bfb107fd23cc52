import { generateSync } from "otplib";
import type { Note } from "./notes.ts";
import { escape, page } from "./page.ts";
import { type Started, serve } from "./serve.ts";
import type { SmsMessage } from "./sms.ts";

export type TotpSecret = { name: string; secret: string };
export type PhoneOptions = {
  port?: number;
  messages: () => SmsMessage[];
  /** What the vendors' apps show. */
  notes?: () => Note[];
  totp?: readonly TotpSecret[];
};
export type PhoneControl = {
  /** Replaces the second factors that this phone holds; `secret` in base32. */
  setTotp(secrets: TotpSecret[]): void;
  /** The six digits that the page shows for a name now. */
  totp(name: string): string | null;
};

const clock = (ms: number) =>
  new Intl.DateTimeFormat("zh-CN", {
    timeZone: "Asia/Shanghai",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  }).format(ms);

/** "示例手机": a page in place of the person's telephone, with the newest text messages and the codes of a second factor. */
export function startPhone(options: PhoneOptions): Promise<Started<PhoneControl>> {
  let secrets: readonly TotpSecret[] = options.totp ?? [];
  const codeOf = ({ secret }: TotpSecret) => generateSync({ secret });
  return serve<PhoneControl>({
    port: options.port,
    env: () => ({}),
    build(app) {
      app.get("/", async (_request, reply) => {
        const left = 30 - (Math.floor(Date.now() / 1000) % 30);
        const codes = secrets.map(
          (one) =>
            `<div class="card">${escape(one.name)}<b>${codeOf(one)}</b><small>还有 ${left} 秒换新码</small></div>`,
        );
        const newest = new Map<string, SmsMessage[]>();
        for (const message of options.messages().toReversed())
          newest.set(message.phone, [...(newest.get(message.phone) ?? []), message].slice(0, 3));
        const texts = [...newest].map(
          ([phone, messages]) =>
            `<h2>${escape(phone)}</h2>${messages
              .map(
                ({ text, params, at }) =>
                  `<div class="card">${params.code ? `<b>${escape(params.code)}</b>` : ""}${escape(text)}<br><small>${clock(at)}</small></div>`,
              )
              .join("")}`,
        );
        const notes = (options.notes?.() ?? [])
          .toSorted((a, b) => b.at - a.at)
          .slice(0, 20)
          .map(
            ({ way, to, values, at }) =>
              `<div class="card">${escape(Object.values(values).join(" · "))}<br><small>${way} ${escape(to)} ${clock(at)}</small></div>`,
          );
        const body = [
          "<p>演示用：这里代替真实的手机，显示收到的短信、服务通知和动态口令。每 3 秒自动更新。</p>",
          "<h2>短信</h2>",
          texts.join("") || '<div class="card">还没有短信。请在登录页点“获取验证码”。</div>',
          "<h2>微信和支付宝的服务通知</h2>",
          notes.join("") || '<div class="card">还没有通知。</div>',
          codes.length > 0 ? `<h2>动态口令（工作台第二步）</h2>${codes.join("")}` : "",
        ];
        return reply
          .type("text/html; charset=utf-8")
          .header("cache-control", "no-store")
          .send(page("示例手机", body.join(""), 3));
      });
      return {
        setTotp: (next) => {
          secrets = [...next];
        },
        totp: (name) => {
          const one = secrets.find((secret) => secret.name === name);
          return one ? codeOf(one) : null;
        },
      };
    },
  });
}
