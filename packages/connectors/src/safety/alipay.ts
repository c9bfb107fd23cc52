import { createHash } from "node:crypto";
import type { RiskLabel } from "@weimenhu/domain/circle/duty";
import { seenText } from "@weimenhu/domain/circle/words";
import { OutsideFault } from "../fault.ts";
import { type AlipaySettings, alipayClient, SYSTEM } from "../login/alipay.client.ts";
import { healthOf, type Json, textOf } from "../parse.ts";
import type { PictureCheck, TextCheck, Verdict } from "../ports.ts";

export type AlipaySafetySettings = AlipaySettings & {
  /** 来源渠道, by the product that the county has (小程序: tinyapp-eco-open). */
  channel: string;
};

const METHOD = "alipay.security.risk.content.sync.detect";
const PRODUCTS = "TJ_POLITICS_MC;TJ_PORN_MC;TJ_ILLEGAL_MC;TJ_TERRORISM_MC;TJ_ABUSES_MC";
/** How much of a text goes into one question; longer ones are asked in pieces that overlap, so that no word is cut. */
const most = 1_900;
const overlap = 100;

const SAYS: Readonly<Record<string, Verdict["says"]>> = { pass: "pass", review: "review", block: "risky" };
const weight: Record<Verdict["says"], number> = { pass: 0, review: 1, risky: 2 };
const LABELS: [RegExp, RiskLabel][] = [
  [/POLITICS/i, "politics"],
  [/PORN/i, "porn"],
  [/ABUSE/i, "abuse"],
  [/ILLEGAL|TERROR/i, "crime"],
  [/AD(VERT|$|_)/i, "ad"],
];

function faultOf(answer: Json): OutsideFault {
  const code = textOf(answer.code);
  const detail = textOf(answer.sub_code) || textOf(answer.result_code) || code;
  if (code === "20000") return new OutsideFault(SYSTEM, "busy", { detail });
  if (code === "40005") return new OutsideFault(SYSTEM, "busy", { detail });
  return new OutsideFault(SYSTEM, /^(20001|4000[126])$/.test(code) ? "config" : "bad-answer", { detail });
}

/** Alipay's content risk detection (内容风险同步识别), which answers at once for words and pictures alike. */
export function alipaySafety(settings: AlipaySafetySettings): TextCheck & PictureCheck {
  const client = alipayClient(settings);

  async function ask(content_type: "TEXT" | "PICTURE", data: string, who: string): Promise<Verdict> {
    const request_id = createHash("sha256")
      .update(JSON.stringify([content_type, who, data]))
      .digest("hex")
      .slice(0, 32);
    const products = PRODUCTS;
    const about = { channel: settings.channel, content_type, data_list: [data], products, request_id };
    const biz_content = JSON.stringify(who === "" ? about : { ...about, open_id: who });
    const { ok, answer } = await client.call(METHOD, { biz_content });
    if (!ok) throw faultOf(answer);
    const says = SAYS[textOf(answer.suggestion)];
    if (!says) throw new OutsideFault(SYSTEM, "bad-answer", { detail: "no suggestion" });
    return { says, label: labelIn(answer) };
  }

  return {
    async words({ text, who }) {
      let worst: Verdict = { says: "pass", label: "other" };
      for (const piece of pieces(seenText(text))) {
        const verdict = await ask("TEXT", piece, who);
        if (weight[verdict.says] > weight[worst.says]) worst = verdict;
      }
      return worst;
    },
    picture: ({ url, who }) => ask("PICTURE", url, who),
    check: () => healthOf(() => ask("TEXT", "你好", "")),
  };
}

function pieces(text: string): string[] {
  const letters = [...text];
  const found: string[] = [];
  for (let at = 0; at === 0 || at + overlap < letters.length; at += most - overlap)
    found.push(letters.slice(at, at + most).join(""));
  return found;
}

const labelIn = (answer: Json): RiskLabel => {
  const said = JSON.stringify(answer.detect_check_labels ?? "");
  return LABELS.find(([pattern]) => pattern.test(said))?.[1] ?? "other";
};
