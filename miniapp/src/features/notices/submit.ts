import { useCallback, useRef, useState } from "react";
import { type Fault, isWord } from "../../fault.ts";
import { newKey } from "../../platform/id.ts";
import { act, ask, faultIn } from "../../rpc.ts";
import type { DeskNotice } from "../../wire.ts";
import { type Earlier, type End, mayChange, standingOf, writtenElsewhere } from "./earlier.ts";
import type { Saved } from "./typed-draft.ts";
import { saysOf, type Words } from "./words-body.ts";

type Placed = Words & { region: string };
/** `look` is of the page's opening, `submit` of the button. `elsewhere`: it was written in at another place meanwhile. */
type Question = { earlier: Earlier; elsewhere: boolean; by: "look" | "submit" };

/** Words that say: it is not any more as it was when it was looked at. */
const moved = ["WRONG_STATE", "NOT_ALLOWED", "STALE_VERSION"] as const;

/** The draft as it is now; null when there is none any more. */
async function lookAt(id: string): Promise<DeskNotice | null> {
  try {
    return await ask("notices.deskGet", { id });
  } catch (error) {
    if (isWord(faultIn(error), "NOT_FOUND")) return null;
    throw error;
  }
}

/**
 * Draft, then submit. When only the second step fails, trying again (also another day) saves over the same draft and
 * submits that. `sure`: `start` was read just now and is the writer's to change; otherwise the draft is looked at first.
 * When it turns out to be out of the writer's hands, or written in elsewhere, while other words stand in the form, nothing is
 * sent: `question` is for the writer to answer, by `apart` (another notice) or `over` (the same one after all).
 */
export function useSubmit(start: Saved | null, sure: boolean, changing: boolean, firstKey: string) {
  const [key, setKey] = useState(firstKey);
  const [saved, setSaved] = useState<Saved | null>(start);
  const at = useRef(start);
  const [state, setState] = useState<{ busy: boolean; fault: Fault | null }>({ busy: false, fault: null });
  const [question, setQuestion] = useState<Question | null>(null);
  const known = useRef(sure);
  /** Is it this notice that is being changed, so that its coming back to the writer makes it theirs to change? */
  const same = useRef(changing);
  const begun = useRef(false);
  const running = useRef(false);
  const remember = useCallback((now: Saved | null) => {
    at.current = now;
    setSaved(now);
  }, []);

  const begin = async (words: Placed): Promise<DeskNotice> => {
    try {
      return await act("notices.draft", { ...words, key });
    } catch (error) {
      if (!isWord(faultIn(error), "KEY_REUSED")) throw error;
      // An earlier try arrived after all, with other words than these.
      const other = newKey();
      setKey(other);
      return act("notices.draft", { ...words, key: other });
    }
  };

  const steps = async ({ region, ...words }: Placed): Promise<string | null> => {
    const sent = saysOf(words);
    let to = at.current;
    if (to !== null && !known.current) {
      const now = await lookAt(to.id);
      const standing = now && standingOf(now, to, words, same.current);
      if (now && standing === "in") return now.id;
      if (now && standing === "apart") {
        // What was typed since is in no version of it: it must not go away as if it were.
        setQuestion({ earlier: now, elsewhere: writtenElsewhere(now, to, words), by: "submit" });
        return null;
      }
      to = now;
    }
    known.current = false;
    // Before they go: their answer may be lost.
    remember(to && { id: to.id, version: to.version, sent });
    const stored = to
      ? await act("notices.save", { id: to.id, version: to.version, ...words })
      : await begin({ ...words, region });
    // The same words once more, whose first answer was lost: they went on since, perhaps with others.
    if (stored.state !== "draft" && saysOf(stored) === sent) return stored.id;
    const made = { id: stored.id, version: (to?.version ?? 0) + 1, sent };
    remember(made);
    if (stored.state !== "draft" || writtenElsewhere(stored, made, words)) {
      setQuestion({ earlier: stored, elsewhere: true, by: "submit" });
      return null;
    }
    const moved = await act("notices.move", { id: stored.id, version: stored.version, move: "submit" });
    return moved.id;
  };

  const stepsAgain = async (words: Placed): Promise<string | null> => {
    try {
      return await steps(words);
    } catch (error) {
      const fault = faultIn(error);
      if (at.current === null || !moved.some((word) => isWord(fault, word))) throw error;
      // It changed between the look and the save: the second look tells how.
      known.current = false;
      return steps(words);
    }
  };

  /** The id of what is handed in now; null when it is not (`fault` or `question` says why). */
  const submit = async (words: Placed): Promise<string | null> => {
    if (running.current) return null;
    running.current = true;
    begun.current = true;
    setState({ busy: true, fault: null });
    setQuestion(null);
    try {
      const id = await stepsAgain(words);
      setState({ busy: false, fault: null });
      return id;
    } catch (error) {
      setState({ busy: false, fault: faultIn(error) });
      return null;
    } finally {
      running.current = false;
    }
  };

  /** At the opening: the end when the earlier notice says what stands here; else null, and there may be a `question`. */
  const look = useCallback(
    async (wordsNow: () => Words | null): Promise<End | null> => {
      const from = at.current;
      if (from === null) return null;
      try {
        const now = await lookAt(from.id);
        if (begun.current) return null;
        if (now === null) {
          remember(null);
          return null;
        }
        const words = wordsNow();
        const standing = standingOf(now, from, words, same.current);
        if (standing === "apart")
          setQuestion({ earlier: now, elsewhere: writtenElsewhere(now, from, words), by: "look" });
        // Saved after it came back to the writer, and not handed in again.
        const why = mayChange(now) && now.version !== from.version ? "saved" : "in";
        return standing === "in" ? { earlier: now, why } : null;
      } catch (error) {
        console.info("not known yet, looked at again before anything is sent", faultIn(error).zh);
        return null;
      }
    },
    [remember],
  );

  const apart = () => {
    remember(null);
    setKey(newKey());
    same.current = false;
    setQuestion(null);
  };
  const over = ({ id, version }: Earlier) => {
    remember({ id, version });
    known.current = true;
    same.current = true;
    setQuestion(null);
  };
  return { submit, look, apart, over, question, saved, key, ...state };
}
