import { useEffect } from "react";
import { phoneStore } from "../../platform/store.ts";
import type { NoticeCard } from "../../wire.ts";

/** What was typed and not yet submitted stays on the phone, so that a call or a dead battery loses nothing. */
export type TypedDraft = { title: string; text: string; category: NoticeCard["category"]; region: string };

const key = "typed-notice";

const isDraft = (value: unknown): value is TypedDraft =>
  typeof value === "object" && value !== null && "title" in value && "text" in value && "category" in value;

export function typedBefore(): TypedDraft | null {
  const kept = phoneStore.get(key);
  return isDraft(kept) ? kept : null;
}

export const forgetTyped = (): void => phoneStore.remove(key);

/** Saves a little after the last letter, and when the page goes away. */
export function useKeepTyped(draft: TypedDraft, on: boolean): void {
  const { title, text, category, region } = draft;
  useEffect(() => {
    if (!on || (title === "" && text === "")) return undefined;
    const save = () => phoneStore.set(key, { title, text, category, region });
    const timer = setTimeout(save, 800);
    return () => {
      clearTimeout(timer);
      save();
    };
  }, [title, text, category, region, on]);
}
