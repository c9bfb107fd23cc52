import { useCallback, useEffect, useRef } from "react";
import { isWeb } from "../../platform/env.ts";
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

/** Saves at or a little after the last letter, and when the page goes away. The answer forgets it all: the words were sent. */
export function useKeepTyped(draft: TypedDraft, on: boolean): () => void {
  const { title, text, category, region } = draft;
  const sent = useRef(false);
  useEffect(() => {
    if (!on || (title === "" && text === "")) return undefined;
    const save = () => {
      if (!sent.current) phoneStore.set(key, { title, text, category, region });
    };
    // A browser's page may be gone the next moment, and writing costs it nothing.
    if (isWeb) return save();
    const timer = setTimeout(save, 800);
    return () => {
      clearTimeout(timer);
      save();
    };
  }, [title, text, category, region, on]);
  return useCallback(() => {
    sent.current = true;
    phoneStore.remove(key);
  }, []);
}
