import { useCallback, useRef, useState } from "react";
import { type Fault, isWord } from "../../fault.ts";
import { newKey } from "../../platform/id.ts";
import { act, ask, faultIn } from "../../rpc.ts";
import type { DeskNotice } from "../../wire.ts";
import { type Earlier, standingOf } from "./earlier.ts";
import type { Saved } from "./typed-draft.ts";
import type { Words } from "./words-body.ts";

type Placed = Words & { region: string };
/** `look` is of the page's opening, `submit` of the button. */
type Question = { earlier: Earlier; by: "look" | "submit" };

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
 * When it turns out to be out of the writer's hands while other words stand in the form, nothing is sent: `question` is for
 * the writer to answer, by `apart` (another notice) or `over` (the same one after all).
 */
export function useSubmit(start: Saved | null, sure: boolean, changing: boolean, firstKey: string) {
  const [key, setKey] = useState(firstKey);
  const [saved, setSaved] = useState<Saved | null>(start);
  const [state, setState] = useState<{ busy: boolean; fault: Fault | null }>({ busy: false, fault: null });
  const [question, setQuestion] = useState<Question | null>(null);
  const known = useRef(sure);
  /** Is it this notice that is being changed, so that its coming back to the writer makes it theirs to change? */
  const same = useRef(changing);
  const begun = useRef(false);
  const running = useRef(false);

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
    let to = saved;
    if (saved !== null && !known.current) {
      const now = await lookAt(saved.id);
      const standing = now && standingOf(now, words, same.current);
      if (now && standing === "in") return now.id;
      if (now && standing === "apart") {
        // What was typed since is in no version of it: it must not go away as if it were.
        setQuestion({ earlier: now, by: "submit" });
        return null;
      }
      to = now;
    }
    known.current = false;
    const stored = to
      ? await act("notices.save", { id: to.id, version: to.version, ...words })
      : await begin({ ...words, region });
    // The same words once more, whose first answer was lost: they went on since.
    if (stored.state !== "draft") return stored.id;
    setSaved({ id: stored.id, version: stored.version });
    const moved = await act("notices.move", { id: stored.id, version: stored.version, move: "submit" });
    return moved.id;
  };

  const stepsAgain = async (words: Placed): Promise<string | null> => {
    try {
      return await steps(words);
    } catch (error) {
      const fault = faultIn(error);
      if (saved === null || !(isWord(fault, "WRONG_STATE") || isWord(fault, "NOT_ALLOWED"))) throw error;
      // It left the writer's hands between the look and the save: the second look tells where it went.
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

  /** At the opening: the earlier notice when it says what stands here; else null, and there may be a `question`. */
  const look = useCallback(async (id: string, wordsNow: () => Words | null): Promise<Earlier | null> => {
    try {
      const now = await lookAt(id);
      if (now === null || begun.current) return null;
      const standing = standingOf(now, wordsNow(), same.current);
      if (standing === "apart") setQuestion({ earlier: now, by: "look" });
      return standing === "in" ? now : null;
    } catch (error) {
      console.info("not known yet, looked at again before anything is sent", faultIn(error).zh);
      return null;
    }
  }, []);

  const apart = () => {
    setSaved(null);
    setKey(newKey());
    same.current = false;
    setQuestion(null);
  };
  const over = ({ id, version }: Earlier) => {
    setSaved({ id, version });
    known.current = true;
    same.current = true;
    setQuestion(null);
  };
  return { submit, look, apart, over, question, saved, key, ...state };
}
