import { useRef, useState } from "react";
import { type Fault, isWord } from "../../fault.ts";
import { useAct } from "../../hooks/use-act.ts";
import { newKey } from "../../platform/id.ts";
import { act, ask, faultIn } from "../../rpc.ts";
import type { Saved } from "./typed-draft.ts";
import { saysOf, type Words } from "./words-body.ts";

type Placed = Words & { region: string };

type Looked = Saved & { open: boolean; same: boolean };
const handedIn: Fault = {
  kind: "refused",
  word: "WRONG_STATE",
  zh: "这份公告前一次已经提交审核了，刚才改的没有带上。请先复制下来，等退回后再改",
  details: {},
};

/**
 * Draft, then submit. When only the second step fails, trying again (also another day) saves over the same draft and
 * submits that. `sure`: `start` was read just now; otherwise the draft is looked at first, for it may be submitted already.
 */
export function useSubmit(start: Saved | null, sure: boolean, firstKey: string) {
  const [key, setKey] = useState(firstKey);
  const save = useAct("notices.save");
  const move = useAct("notices.move");
  const [saved, setSaved] = useState<Saved | null>(start);
  const [look, setLook] = useState<{ busy: boolean; fault: Fault | null }>({ busy: false, fault: null });
  const known = useRef(sure);

  /** The draft as it is now, and whether it says the same; null when there is none any more. */
  const lookAt = async ({ id }: Saved, words: Words): Promise<Looked | null> => {
    try {
      const { version, state, ...now } = await ask("notices.deskGet", { id });
      return { id, version, open: state === "draft", same: saysOf(now) === saysOf(words) };
    } catch (error) {
      const fault = faultIn(error);
      if (isWord(fault, "NOT_FOUND")) return null;
      throw error;
    }
  };

  const begin = async (words: Placed): Promise<Saved> => {
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
    const now =
      saved === null ? null : known.current ? { ...saved, open: true, same: false } : await lookAt(saved, words);
    if (now && !now.open) {
      if (now.same) return now.id;
      // An earlier try was handed in, and what was typed since is in no version of it: it must not go away as if it were.
      setLook({ busy: false, fault: handedIn });
      return null;
    }
    known.current = false;
    const stored =
      now === null ? await begin({ ...words, region }) : await save.run({ id: now.id, version: now.version, ...words });
    if (stored === null) return null;
    setSaved({ id: stored.id, version: stored.version });
    const moved = await move.run({ id: stored.id, version: stored.version, move: "submit" });
    return moved?.id ?? null;
  };
  const submit = async (words: Placed): Promise<string | null> => {
    for (const step of [save, move]) step.clear();
    setLook({ busy: true, fault: null });
    try {
      const id = await steps(words);
      setLook((now) => ({ busy: false, fault: now.fault }));
      return id;
    } catch (error) {
      setLook({ busy: false, fault: faultIn(error) });
      return null;
    }
  };
  return {
    submit,
    saved,
    key,
    busy: look.busy,
    fault: look.fault ?? save.fault ?? move.fault,
  };
}
