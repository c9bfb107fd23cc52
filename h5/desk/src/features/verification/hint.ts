import type { ItemOf } from "../../query.ts";
import type { Tone } from "../../ui/mark.tsx";

export type Applicant = ItemOf<"verification.queue">;

/** How the application compares with the household roster; names are masked, so equal masks are only a hint. */
export function rosterHint(one: Pick<Applicant, "name" | "group" | "rosterName" | "rosterGroup">): {
  tone: Tone;
  words: string;
} {
  if (one.rosterName === null) return { tone: "bad", words: "花名册里没有这个身份证号" };
  if (one.rosterName !== one.name) return { tone: "bad", words: `花名册上的姓名是 ${one.rosterName}` };
  if (one.rosterGroup !== null && one.rosterGroup !== one.group) {
    return { tone: "wait", words: `花名册上的小组是 ${one.rosterGroup}` };
  }
  return { tone: "good", words: "与花名册对得上" };
}
