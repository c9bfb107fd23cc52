import { useCallback, useEffect, useRef } from "react";
import { hasLeft, mine, whoIsHere } from "../../mine.ts";
import { isWeb } from "../../platform/env.ts";
import { newKey } from "../../platform/id.ts";
import type { DeskNotice, NoticeCard } from "../../wire.ts";

/**
 * The draft on the server that the words belong to, as it was when they were typed. `sent`: what the last words that went
 * there say (`saysOf`), also while it is not known whether they arrived.
 */
export type Saved = Pick<DeskNotice, "id" | "version"> & { sent?: string };

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
  /** Of the act that begins the draft on the server: with it a try whose answer was lost makes no second one. */
  key: string;
};

/** By the notice that is changed; a new one has no id. */
type Drafts = Record<string, TypedDraft>;

const key = "typed-notice";
const fresh = "new";
/** The oldest go first. */
const most = 5;

const isDraft = (value: unknown): value is TypedDraft =>
  typeof value === "object" && value !== null && "title" in value && "pictures" in value && "saved" in value;

function drafts(of = whoIsHere()): Drafts {
  const kept = mine.get(key, of);
  const lines = typeof kept === "object" && kept !== null ? Object.entries(kept) : [];
  return Object.fromEntries(lines.filter((line): line is [string, TypedDraft] => isDraft(line[1])));
}

function keep(of: string, notice: string, draft: TypedDraft): void {
  const { [notice]: _old, ...others } = drafts(of);
  mine.set(key, Object.fromEntries([...Object.entries(others).slice(1 - most), [notice, draft]]), of);
}

export const typedBefore = (notice: string | null): TypedDraft | null => drafts()[notice ?? fresh] ?? null;

/** The words of a notice that is out of their writer's hands, as those of a new one. */
export function keepAsNew(draft: TypedDraft): void {
  const of = whoIsHere();
  if (of !== null) keep(of, fresh, { ...draft, saved: null, key: newKey() });
}

export function forgetTyped(notice: string | null, of = whoIsHere()): void {
  const { [notice ?? fresh]: old, ...others } = drafts(of);
  if (old === undefined) return;
  if (Object.keys(others).length === 0) mine.remove(key, of);
  else mine.set(key, others, of);
}

/**
 * Saves a little after the last letter, at once when a photo or the server's draft is there, and when the page goes away
 * (also because the session ended elsewhere); forgets when nothing is worth keeping. `save`: now. `forget`: the words
 * were sent.
 */
export function useKeepTyped(notice: string | null, draft: TypedDraft, worth: boolean) {
  const line = JSON.stringify(draft);
  const arrived = JSON.stringify([draft.pictures, draft.unsent, draft.saved]);
  const before = useRef(arrived);
  const sent = useRef(false);
  const writer = useRef(whoIsHere());
  const save = useCallback(() => {
    const of = writer.current;
    // Whoever signed out has taken their words along.
    if (sent.current || of === null || hasLeft(of)) return;
    if (worth) keep(of, notice ?? fresh, JSON.parse(line) as TypedDraft);
    else forgetTyped(notice, of);
  }, [notice, line, worth]);
  useEffect(() => {
    const news = before.current !== arrived;
    before.current = arrived;
    // A browser's page may be gone the next moment, and writing costs it nothing.
    if (isWeb) return save();
    if (news) save();
    const timer = setTimeout(save, 800);
    return () => {
      clearTimeout(timer);
      save();
    };
  }, [save, arrived]);
  const forget = useCallback(() => {
    sent.current = true;
    forgetTyped(notice, writer.current);
  }, [notice]);
  return { save, forget };
}
