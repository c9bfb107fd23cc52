import { createContext, useCallback, useContext, useEffect, useId, useState } from "react";
import type { Answer } from "../hooks/use-ask.ts";

/** `has`: something is shown, be it old. `missing`: nothing came and nothing was kept. */
export type Part = "has" | "missing";
type Tell = (id: string, part: Part | null) => void;

const Parts = createContext<Tell>(() => undefined);
export const PartsTold = Parts.Provider;

/** What the bar of a page may say of its parts while there is no network. */
export type Kept = "old" | "nothing" | "none-asked";

export function keptOf(parts: Readonly<Record<string, Part>>): Kept {
  const all = Object.values(parts);
  if (all.includes("has")) return "old";
  return all.includes("missing") ? "nothing" : "none-asked";
}

/** A page hears from the answers on it, so that its bar never promises old content where there is none. */
export function useParts(): [Kept, Tell] {
  const [parts, setParts] = useState<Readonly<Record<string, Part>>>({});
  const tell = useCallback((id: string, part: Part | null) => {
    setParts((old) => {
      const { [id]: before = null, ...others } = old;
      if (before === part) return old;
      return part === null ? others : { ...others, [id]: part };
    });
  }, []);
  return [keptOf(parts), tell];
}

/** An answer tells its page how it stands; not one that a form on the page asked for (null). */
export function useTellPart(answer: Pick<Answer<unknown>, "data" | "fault"> | null): void {
  const tell = useContext(Parts);
  const id = useId();
  const part = answer === null ? null : answer.data !== null ? "has" : answer.fault !== null ? "missing" : null;
  useEffect(() => {
    tell(id, part);
    return () => tell(id, null);
  }, [tell, id, part]);
}
