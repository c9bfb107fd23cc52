import type { RiskLabel } from "@weimenhu/domain/circle/duty";
import { type Json, textOf } from "../parse.ts";
import type { Verdict } from "../ports.ts";

const LABELS: Readonly<Record<string, RiskLabel>> = {
  10001: "ad",
  20001: "politics",
  20002: "porn",
  20003: "abuse",
  20006: "crime",
  20008: "fraud",
  20012: "porn",
  20013: "copyright",
};

/** `result` of an answer or a push in our words; null when it says nothing that we know, which is never a pass. */
export function verdictOf(result: Json): Verdict | null {
  const says = textOf(result.suggest);
  if (says !== "pass" && says !== "review" && says !== "risky") return null;
  return { says, label: LABELS[textOf(result.label)] ?? "other" };
}
