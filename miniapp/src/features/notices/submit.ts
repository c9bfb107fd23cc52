import { useRef, useState } from "react";
import { type Fault, isWord } from "../../fault.ts";
import { useAct } from "../../hooks/use-act.ts";
import { newKey } from "../../platform/id.ts";
import { act, ask, faultIn } from "../../rpc.ts";
import type { DeskNotice, NoticeCard } from "../../wire.ts";
import type { Saved } from "./typed-draft.ts";

type Words = { title: string; category: NoticeCard["category"]; body: DeskNotice["body"]; region: string };

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

  /** The draft as it is now; null when there is none any more, or a colleague went on with it: then these words are a new one. */
  const lookAt = async ({ id }: Saved): Promise<(Saved & { open: boolean }) | null> => {
    try {
      const { version, state, may: acts } = await ask("notices.deskGet", { id });
      const open = state === "draft";
      return open && !acts.includes("edit") ? null : { id, version, open };
    } catch (error) {
      const fault = faultIn(error);
      if (isWord(fault, "NOT_FOUND")) return null;
      throw error;
    }
  };

  const begin = async (words: Words): Promise<Saved> => {
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

  const steps = async ({ region, ...words }: Words): Promise<string | null> => {
    const now = saved === null ? null : known.current ? { ...saved, open: true } : await lookAt(saved);
    if (now && !now.open) return now.id;
    known.current = false;
    const stored =
      now === null ? await begin({ ...words, region }) : await save.run({ id: now.id, version: now.version, ...words });
    if (stored === null) return null;
    setSaved({ id: stored.id, version: stored.version });
    const moved = await move.run({ id: stored.id, version: stored.version, move: "submit" });
    return moved?.id ?? null;
  };
  const submit = async (words: Words): Promise<string | null> => {
    for (const step of [save, move]) step.clear();
    setLook({ busy: true, fault: null });
    try {
      const id = await steps(words);
      setLook({ busy: false, fault: null });
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
