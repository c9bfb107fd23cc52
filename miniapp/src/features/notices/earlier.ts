import type { DeskNotice } from "../../wire.ts";
import type { Saved } from "./typed-draft.ts";
import { saysOf, typedOf, type Words } from "./words-body.ts";

/** A notice that was begun in this form before, as it is now. */
export type Earlier = Pick<
  DeskNotice,
  "id" | "version" | "title" | "state" | "note" | "publishedAt" | "may" | "attachments"
>;

/**
 * The form is to begin anew, for what stood in it was `in` the earlier notice, or is `saved` there and still to be handed in,
 * or was `dropped`, or is kept as that of a new one (`apart`).
 */
export type End = { earlier: Earlier; why: "in" | "saved" | "dropped" | "apart" };

/** Somebody else had it after its writer: in review, sent back, shown, or being changed after it was shown. */
const wasHandedIn = ({ state, note, publishedAt }: DeskNotice): boolean =>
  state !== "draft" || note !== null || publishedAt !== null;

export const mayChange = ({ may }: Pick<Earlier, "may">): boolean => may.includes("edit");

/**
 * Was it written in since (at the desk, on another phone)? Then it is another version, and says neither what went there from
 * here nor what stands here.
 */
export function writtenElsewhere(now: DeskNotice, from: Saved, words: Words | null): boolean {
  if (now.version === from.version) return false;
  // Headings, links and tables are written at the desk only, and would be gone.
  if (typedOf(now.body) === null) return true;
  const says = saysOf(now);
  return says !== from.sent && (words === null || says !== saysOf(words));
}

/**
 * What words that were typed over an earlier try mean for it. `open`: they belong into it. `in`: it was handed in and says
 * the same. `apart`: they are in no version of it, and only the writer knows whether they are another notice, or are to
 * replace what was written elsewhere. `changing`: the writer opened this very notice to change it, so what was sent back is
 * open. No words: not all of them are known.
 */
export function standingOf(
  now: DeskNotice,
  from: Saved,
  words: Words | null,
  changing: boolean,
): "open" | "in" | "apart" {
  const given = changing ? now.state !== "draft" : wasHandedIn(now);
  if (given && words !== null && saysOf(now) === saysOf(words)) return "in";
  return !given && mayChange(now) && !writtenElsewhere(now, from, words) ? "open" : "apart";
}

/** What became of it, after its name. */
export function becameOf({ state, note, publishedAt, may }: Earlier): string {
  if (state === "published") return "已经发布了";
  if (state === "withdrawn") return "发布后又撤回了";
  if (state !== "draft") return "已经提交审核了";
  if (!mayChange({ may })) return "现在不归您改了";
  if (note !== null) return `提交后被退回了，意见：${note}`;
  return publishedAt === null ? "还没有交" : "发布过，正在改";
}
