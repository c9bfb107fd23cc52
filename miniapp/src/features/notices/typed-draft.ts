import { useCallback, useEffect, useRef } from "react";
import { mine, whoIsHere } from "../../mine.ts";
import { isWeb } from "../../platform/env.ts";
import type { DeskNotice, NoticeCard } from "../../wire.ts";

/** The draft on the server that the words belong to, as it was when they were typed. */
export type Saved = Pick<DeskNotice, "id" | "version">;

/** What was typed and not yet submitted stays on the phone, so that a call or a dead battery loses nothing. */
export type TypedDraft = {
  title: string;
  text: string;
  category: NoticeCard["category"];
  region: string;
  /** Addresses of the photos that were sent. */
  pictures: string[];
  /** How many others were still on their way: these must be chosen anew. */
  unsent: number;
  saved: Saved | null;
};

/** By the notice that is changed; a new one has no id. */
type Drafts = Record<string, TypedDraft>;

const key = "typed-notice";
const fresh = "new";
/** The oldest go first. */
const most = 5;

const isDraft = (value: unknown): value is TypedDraft =>
  typeof value === "object" && value !== null && "title" in value && "pictures" in value && "saved" in value;

function drafts(): Drafts {
  const kept = mine.get(key);
  const lines = typeof kept === "object" && kept !== null ? Object.entries(kept) : [];
  return Object.fromEntries(lines.filter((line): line is [string, TypedDraft] => isDraft(line[1])));
}

function keep(notice: string, draft: TypedDraft): void {
  const { [notice]: _old, ...others } = drafts();
  mine.set(key, Object.fromEntries([...Object.entries(others).slice(1 - most), [notice, draft]]));
}

export const typedBefore = (notice: string | null): TypedDraft | null => drafts()[notice ?? fresh] ?? null;

export function forgetTyped(notice: string | null): void {
  const { [notice ?? fresh]: old, ...others } = drafts();
  if (old === undefined) return;
  if (Object.keys(others).length === 0) mine.remove(key);
  else mine.set(key, others);
}

/**
 * Saves at or a little after the last letter, and when the page goes away; forgets when nothing is worth keeping. The
 * answer forgets it all: the words were sent.
 */
export function useKeepTyped(notice: string | null, draft: TypedDraft, worth: boolean): () => void {
  const line = JSON.stringify(draft);
  const sent = useRef(false);
  const writer = useRef(whoIsHere());
  useEffect(() => {
    const save = () => {
      // Whoever has signed out since has taken their words along.
      if (sent.current || whoIsHere() === null || whoIsHere() !== writer.current) return;
      if (worth) keep(notice ?? fresh, JSON.parse(line) as TypedDraft);
      else forgetTyped(notice);
    };
    // A browser's page may be gone the next moment, and writing costs it nothing.
    if (isWeb) return save();
    const timer = setTimeout(save, 800);
    return () => {
      clearTimeout(timer);
      save();
    };
  }, [notice, line, worth]);
  return useCallback(() => {
    sent.current = true;
    forgetTyped(notice);
  }, [notice]);
}
