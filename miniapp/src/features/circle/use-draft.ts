import { useCallback, useEffect, useRef } from "react";
import { hasLeft } from "../../mine.ts";
import { keepDraft, type WrittenPost } from "../../outbox.ts";
import { isWeb } from "../../platform/env.ts";

/**
 * What is typed stays on the phone: a little after the last letter, at once when a photo came, and when the page goes away
 * (also because the session ended elsewhere). `forget`: it was handed in.
 */
export function useDraft(of: string, slot: string, draft: WrittenPost, worth: boolean) {
  const line = JSON.stringify(draft);
  const photos = JSON.stringify(draft.photos);
  const before = useRef(photos);
  const handed = useRef(false);
  const save = useCallback(() => {
    // Whoever signed out has taken their words along.
    if (handed.current || hasLeft(of)) return;
    keepDraft(of, slot, worth ? (JSON.parse(line) as WrittenPost) : null);
  }, [of, slot, line, worth]);
  useEffect(() => {
    const news = before.current !== photos;
    before.current = photos;
    // A browser's page may be gone the next moment, and writing costs it nothing.
    if (isWeb) return save();
    if (news) save();
    const timer = setTimeout(save, 800);
    return () => {
      clearTimeout(timer);
      save();
    };
  }, [save, photos]);
  const forget = useCallback(() => {
    handed.current = true;
    keepDraft(of, slot, null);
  }, [of, slot]);
  /** It came back: it is a draft again. */
  const resume = useCallback(() => {
    handed.current = false;
    save();
  }, [save]);
  return { forget, resume };
}
