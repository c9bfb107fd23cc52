import { useEffect, useRef, useState } from "react";
import { now } from "../../clock.ts";
import { useMe } from "../../frame/me.ts";
import { newKey } from "../../key.ts";
import { queries } from "../../query.ts";
import { isLockedOut, refusedOf } from "../../refused.ts";
import { act, ask } from "../../rpc.ts";
import { type Notice, noWords, sameWords, type Words, wordsFrom, wordsProblem } from "./draft.ts";
import { dropCopy, keepCopy, readCopy } from "./local-copy.ts";
import { saver } from "./saver.ts";

const wire = {
  draft: (input: Parameters<typeof act<"notices.draft">>[1]) => act("notices.draft", input),
  save: (input: Parameters<typeof act<"notices.save">>[1]) => act("notices.save", input),
};

/** What is written, what of it is saved, and the copy in this browser that survives a crash. */
export function useWriting(notice: Notice | null, firstRegion: string, onBorn: (id: string) => void) {
  const me = useMe();
  const [start] = useState(() => {
    const copy = readCopy(me.id, notice?.id ?? null);
    const base = notice ? wordsFrom(notice) : noWords(firstRegion);
    return { copy: copy && !sameWords(copy.words, base) ? copy : null, base };
  });
  const [base, setBase] = useState({ notice, words: start.base });
  const [words, setWords] = useState(start.copy?.words ?? start.base);
  const [restoredAt, setRestoredAt] = useState(start.copy?.at ?? null);
  const [save] = useState(() => saver(wire, newKey, start.copy?.sent ?? null));
  // The version these words grew from; a restored copy may be older than what the server has now.
  const version = useRef(start.copy?.version ?? notice?.version ?? null);
  const [state, setState] = useState<{ saving: boolean; problem: string | null; error: unknown }>({
    saving: false,
    problem: null,
    error: null,
  });
  const [conflict, setConflict] = useState<Notice | null>(null);
  const [roomy, setRoomy] = useState(true);
  const [loaded, setLoaded] = useState(0);
  const dirty = !sameWords(words, base.words);
  const id = base.notice?.id ?? null;

  // Who leaves the page right after the last word has it kept too.
  const pending = useRef<(() => void) | null>(null);
  useEffect(() => () => pending.current?.(), []);
  useEffect(() => {
    if (!dirty) {
      pending.current = null;
      return;
    }
    const keep = () => setRoomy(keepCopy(me.id, id, { version: version.current, at: now(), words, sent: save.sent() }));
    pending.current = keep;
    const timer = setTimeout(keep, 400);
    window.addEventListener("pagehide", keep);
    return () => {
      clearTimeout(timer);
      window.removeEventListener("pagehide", keep);
    };
  }, [dirty, words, id, me.id, save]);

  /** Puts other words on the page; the editor starts anew with them. */
  const show = (next: Notice | null, nextWords: Words) => {
    version.current = next?.version ?? null;
    setBase({ notice: next, words: nextWords });
    setWords(nextWords);
    setRestoredAt(null);
    setConflict(null);
    setLoaded((n) => n + 1);
  };
  const stored = (saved: Notice) => {
    pending.current = null;
    dropCopy(me.id, id);
    dropCopy(me.id, saved.id);
    version.current = saved.version;
    setBase({ notice: saved, words: { ...words, region: saved.region } });
    setRestoredAt(null);
    setConflict(null);
    queries.setQueryData(["notices.deskGet", { id: saved.id }], saved);
    for (const list of ["notices.desk", "notices.versions", "desk.waiting"]) {
      void queries.invalidateQueries({ queryKey: [list] });
    }
    if (id === null) onBorn(saved.id);
  };
  /** The saved notice, or null when it could not be saved; then the page says why. */
  const saveAs = async (over: number | null): Promise<Notice | null> => {
    const problem = wordsProblem(words);
    setState({ saving: problem === null, problem, error: null });
    if (problem) return null;
    try {
      const saved = await save.save(words, id === null || over === null ? null : { id, version: over });
      setState({ saving: false, problem: null, error: null });
      stored(saved);
      return saved;
    } catch (error) {
      const stale = id !== null && refusedOf(error).word === "STALE_VERSION";
      setState({ saving: false, problem: null, error: stale ? null : error });
      if (isLockedOut(error)) void queries.invalidateQueries({ queryKey: ["account.me"] });
      if (stale) setConflict(await ask("notices.deskGet", { id }));
      return null;
    }
  };

  return {
    ...state,
    words,
    dirty,
    restoredAt,
    conflict,
    roomy,
    loaded,
    change: (part: Partial<Words>) => {
      setWords((old) => ({ ...old, ...part }));
      setState((old) => (old.problem === null ? old : { ...old, problem: null }));
    },
    save: async () => (dirty || !base.notice ? saveAs(version.current) : base.notice),
    keepMine: () => saveAs(conflict?.version ?? null),
    takeTheirs: () => {
      if (!conflict) return;
      dropCopy(me.id, id);
      queries.setQueryData(["notices.deskGet", { id: conflict.id }], conflict);
      show(conflict, wordsFrom(conflict));
    },
    later: () => setConflict(null),
    discard: () => {
      dropCopy(me.id, id);
      show(base.notice, base.words);
    },
  };
}
