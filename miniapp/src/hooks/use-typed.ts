import { useCallback, useEffect, useRef, useState } from "react";
import { hasLeft, mine, whoIsHere } from "../mine.ts";
import { isWeb } from "../platform/env.ts";

/** By the box it was typed in, the newest last. */
type Words = Record<string, string>;
/** The oldest go first. */
const most = 20;

function wordsOf(of: string | null): Words {
  const kept = of === null ? null : mine.get("typed-words", of);
  const lines = typeof kept === "object" && kept !== null ? Object.entries(kept) : [];
  return Object.fromEntries(lines.filter((line): line is [string, string] => typeof line[1] === "string"));
}

function keep(of: string, box: string, words: string | null): void {
  const { [box]: before, ...others } = wordsOf(of);
  if (words === (before ?? null)) return;
  const kept = Object.entries(others).slice(1 - most);
  if (words !== null) kept.push([box, words]);
  if (kept.length === 0) mine.remove("typed-words", of);
  else mine.set("typed-words", Object.fromEntries(kept), of);
}

/**
 * What is typed in one box, kept on the phone until it is sent: a little after the last letter, and when the box goes away; in a browser with each letter.
 * `box` names it (`say:<post>`); `start` stands there while nothing was typed. `forget`: it was sent. `again`: it was typed
 * in an earlier sitting.
 */
export function useTyped<S extends string | null>(box: string, start: S) {
  const [of] = useState(whoIsHere);
  const [before] = useState(() => wordsOf(of)[box] ?? null);
  const [text, show] = useState<string | S>(before ?? start);
  const now = useRef({ text, start });
  const save = useCallback(() => {
    const { text, start } = now.current;
    // Whoever signed out has taken their words along.
    if (of !== null && !hasLeft(of)) keep(of, box, text === start || text === "" ? null : text);
  }, [of, box]);
  useEffect(() => {
    now.current.text = text;
    // A browser's page may be gone the next moment, and writing costs it nothing.
    if (isWeb) return save();
    const timer = setTimeout(save, 800);
    return () => clearTimeout(timer);
  }, [text, save]);
  // A browser's tab has saved each letter, and may not have heard that another signed out.
  useEffect(() => (isWeb ? undefined : save), [save]);
  const forget = useCallback(() => {
    now.current.text = now.current.start;
    show(now.current.start);
    save();
  }, [save]);
  return { text, set: show, forget, again: before !== null && before === text };
}
