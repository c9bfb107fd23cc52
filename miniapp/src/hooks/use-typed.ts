import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { hasLeft, mine, whoIsHere } from "../mine.ts";
import { isWeb } from "../platform/env.ts";
import { isSent, type KeptKey, type Sent } from "./use-act.ts";

/** What stands in a box, and under which key it was sent while nobody knows whether it arrived. */
type Line = { text: string; sent: Sent | null };
/** By the box it was typed in, the newest last. */
type Lines = Record<string, Line>;
/** The oldest go first. */
const most = 20;

/** Words alone, as nearly always, are kept as they are. */
function lineOf(kept: unknown): Line | null {
  if (typeof kept === "string") return { text: kept, sent: null };
  if (typeof kept !== "object" || kept === null || !("text" in kept) || typeof kept.text !== "string") return null;
  return { text: kept.text, sent: "sent" in kept && isSent(kept.sent) ? kept.sent : null };
}

function linesOf(of: string | null): Lines {
  const kept = of === null ? null : mine.get("typed-words", of);
  const lines: Lines = {};
  if (typeof kept !== "object" || kept === null) return lines;
  for (const [box, one] of Object.entries(kept)) {
    const line = lineOf(one);
    if (line) lines[box] = line;
  }
  return lines;
}

/** Null: nothing is left in the box. Whoever signed out has taken their words along. */
function keep(of: string | null, box: string, line: Line | null): void {
  if (of === null || hasLeft(of)) return;
  const { [box]: before, ...others } = linesOf(of);
  if (JSON.stringify(line) === JSON.stringify(before ?? null)) return;
  const kept = Object.entries(others).slice(1 - most);
  if (line !== null) kept.push([box, line]);
  if (kept.length === 0) return mine.remove("typed-words", of);
  const lines = kept.map(([name, { text, sent }]) => [name, sent === null ? text : { text, sent }] as const);
  mine.set("typed-words", Object.fromEntries(lines), of);
}

/** The boxes that are drawn: one that is opened again before the answer came is emptied with the other. */
const drawn = new Set<(box: string, sent: string | null) => void>();

/**
 * What is typed in one box, kept on the phone until it is sent: a little after the last letter, and when the box goes away; in a browser with each letter.
 * `box` names it (`say:<post>`); `start` stands there while nothing was typed. `forget`: it was sent. `again`: it was typed
 * in an earlier sitting. `kept` is for `useAct`: the key of the act stays with the words. `atOnce`: what is chosen, not typed.
 */
export function useTyped<S extends string | null>(box: string, start: S, atOnce = isWeb) {
  const [of] = useState(whoIsHere);
  const [before] = useState(() => linesOf(of)[box]?.text || null);
  const [text, show] = useState<string | S>(before ?? start);
  const now = useRef({ text, start });
  const save = useCallback(() => {
    const { text, start } = now.current;
    const line = linesOf(of)[box];
    if (text !== start && text !== null && text !== "") return keep(of, box, { text, sent: line?.sent ?? null });
    // Sent without a letter of one's own: there are no words that could go.
    if (line?.text !== "") keep(of, box, null);
  }, [of, box]);
  useEffect(() => {
    now.current.text = text;
    // A browser's page may be gone the next moment, and writing costs it nothing.
    if (atOnce) return save();
    const timer = setTimeout(save, 800);
    return () => clearTimeout(timer);
  }, [text, save, atOnce]);
  // A browser's tab has saved each letter, and may not have heard that another signed out.
  useEffect(() => (isWeb ? undefined : save), [save]);
  useEffect(() => {
    const empty = (gone: string, sent: string | null) => {
      if (gone !== box || now.current.text !== sent) return;
      now.current.text = now.current.start;
      show(now.current.start);
    };
    drawn.add(empty);
    return () => void drawn.delete(empty);
  }, [box]);
  const forget = useCallback(() => {
    const { text, start } = now.current;
    now.current.text = start;
    show(start);
    keep(of, box, null);
    for (const empty of drawn) empty(box, text);
  }, [of, box]);
  const kept = useMemo<KeptKey>(
    () => ({
      get: () => linesOf(of)[box]?.sent ?? null,
      set: (sent) => {
        const { text, start } = now.current;
        const words = text === start || text === null ? "" : text;
        keep(of, box, sent === null && words === "" ? null : { text: words, sent });
      },
    }),
    [of, box],
  );
  return { text, set: show, forget, again: before !== null && before === text, kept };
}
