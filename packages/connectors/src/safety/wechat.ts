import { seenText } from "@weimenhu/domain/circle/words";
import { OutsideFault } from "../fault.ts";
import { refusalOf, type WechatSettings, wechatClient } from "../login/wechat.client.ts";
import { healthOf, isObject, type Json, textOf } from "../parse.ts";
import type { CheckNo, PictureCheck, TextCheck, Verdict } from "../ports.ts";
import { verdictOf } from "./wechat-verdict.ts";

const SYSTEM = "wechat-safety";
/** Too many calls a minute (45011) or a day (45009): nothing was looked at, come again. */
const LATER: ReadonlySet<string> = new Set(["45009", "45011"]);
/** An openid that is not of this app, or of somebody who has not opened it for two hours. */
const NOT_ACTIVE: ReadonlySet<string> = new Set(["40003", "61010"]);
const scenes = { comment: 2, post: 3 } as const;

function noOrFault(answer: Json): CheckNo | null {
  const code = textOf(answer.errcode);
  if (code === "" || code === "0") return null;
  if (NOT_ACTIVE.has(code)) return { no: "not-active" };
  if (LATER.has(code)) throw new OutsideFault(SYSTEM, "busy", { detail: `errcode ${code}` });
  throw refusalOf(SYSTEM, answer);
}

/** WeChat's content security, second edition: words at once, pictures by a push within half an hour. */
export function wechatSafety(settings: WechatSettings): TextCheck & PictureCheck {
  const client = wechatClient(SYSTEM, settings);
  return {
    async words({ text, who, what }): Promise<Verdict | CheckNo> {
      const content = seenText(text);
      const ask = { version: 2, scene: scenes[what], openid: who, content };
      const answer = await client.call("/wxa/msg_sec_check", ask);
      // The first edition's word for "risky", which some gateways still give.
      if (textOf(answer.errcode) === "87014") return { says: "risky", label: "other" };
      return noOrFault(answer) ?? verdictIn(answer);
    },

    async picture({ url, who }) {
      const ask = { version: 2, scene: scenes.post, openid: who, media_url: url, media_type: 2 };
      const answer = await client.call("/wxa/media_check_async", ask);
      const no = noOrFault(answer);
      if (no) return no;
      const trace = textOf(answer.trace_id);
      if (!/^[\w-]{1,128}$/.test(trace)) throw new OutsideFault(SYSTEM, "bad-answer", { detail: "no trace_id" });
      return { pushed: trace };
    },

    check: () => healthOf(() => client.token()),
  };
}

function verdictIn(answer: Json): Verdict {
  const verdict = isObject(answer.result) ? verdictOf(answer.result) : null;
  if (!verdict) throw new OutsideFault(SYSTEM, "bad-answer", { detail: "no result" });
  return verdict;
}
