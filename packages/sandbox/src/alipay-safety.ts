import { randomBytes } from "node:crypto";
import { field } from "./serve.ts";

export const SAFETY = "alipay.security.risk.content.sync.detect";
type Suggestion = "pass" | "review" | "block";

export type AlipaySafetyControl = {
  /** Words, or addresses of pictures, that hold `part` are this from now on; everything else passes. */
  judge(part: string, suggestion: Suggestion, label?: string): void;
  /** What was asked last: `TEXT` or `PICTURE`, and how many letters. */
  lookedAt(): { type: string; letters: number; openId: string }[];
};

/** Alipay's content risk detection, which answers at once. */
export function alipaySafety() {
  const list: { part: string; suggestion: Suggestion; label: string }[] = [];
  const looked: { type: string; letters: number; openId: string }[] = [];

  /** The answer, or the sub code of a refusal. */
  function answer(bizContent: string): Record<string, unknown> | string {
    let ask: Record<string, unknown>;
    try {
      ask = JSON.parse(bizContent) as Record<string, unknown>;
    } catch {
      return "PARAM_ERROR";
    }
    const { content_type, data_list, channel, products, request_id } = ask;
    const data: unknown = Array.isArray(data_list) && data_list.length === 1 ? data_list[0] : undefined;
    if (content_type !== "TEXT" && content_type !== "PICTURE") return "CONTENT_TYPE_ERROR";
    if (typeof data !== "string" || data === "" || !channel || !products || !request_id) return "PARAM_ERROR";
    if (content_type === "TEXT" && [...data].length > 2000) return "CONTENT_TOO_LONG";
    looked.push({ type: content_type, letters: [...data].length, openId: field(ask, "open_id") });
    const found = list.findLast(({ part }) => data.includes(part));
    return {
      code: "10000",
      msg: "Success",
      is_sync: true,
      request_id: field(ask, "request_id"),
      result_code: "OK",
      suggestion: found?.suggestion ?? "pass",
      ...(found ? { detect_check_labels: { label: found.label, rate: "0.97" } } : {}),
      trace_id: randomBytes(12).toString("hex"),
    };
  }

  const control: AlipaySafetyControl = {
    judge: (part, suggestion, label = "TJ_ILLEGAL_MC") => void list.push({ part, suggestion, label }),
    lookedAt: () => [...looked],
  };
  return { answer, control };
}
