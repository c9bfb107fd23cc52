import { useCallback, useEffect, useRef } from "react";
import { mine, whoIsHere } from "../../mine.ts";
import { isWeb } from "../../platform/env.ts";
import type { NoticeCard } from "../../wire.ts";

/** What was typed and not yet submitted stays on the phone, so that a call or a dead battery loses nothing. */
export type TypedDraft = { title: string; text: string; category: NoticeCard["category"]; region: string };

const key = "typed-notice";

const isDraft = (value: unknown): value is TypedDraft =>
  typeof value === "object" && value !== null && "title" in value && "text" in value && "category" in value;

export function typedBefore(): TypedDraft | null {
  const kept = mine.get(key);
  return isDraft(kept) ? kept : null;
}

/** Saves at or a little after the last letter, and when the page goes away. The answer forgets it all: the words were sent. */
export function useKeepTyped(draft: TypedDraft, on: boolean): () => void {
  const { title, text, category, region } = draft;
  const sent = useRef(false);
  const writer = useRef(whoIsHere());
  useEffect(() => {
    if (!on || (title === "" && text === "")) return undefined;
    const save = () => {
      // Whoever has signed out since has taken their words along.
      if (sent.current || whoIsHere() === null || whoIsHere() !== writer.current) return;
      mine.set(key, { title, text, category, region });
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
    mine.remove(key);
  }, []);
}
