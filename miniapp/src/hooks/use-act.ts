import { useCallback, useRef, useState } from "react";
import type { Fault } from "../fault.ts";
import { newKey } from "../platform/id.ts";
import { act, faultIn } from "../rpc.ts";
import type { ActName, InputOf, OutputOf } from "../wire.ts";

type Keyless<I> = I extends { key: string } ? Omit<I, "key"> : I;

export type Act<I, O> = {
  /** Does it; null when it failed (then `fault` says why, and what was typed is still there). */
  run: (input: I) => Promise<O | null>;
  busy: boolean;
  fault: Fault | null;
  clear: () => void;
};

/**
 * One act of a form or button. `keyed` acts (their input has a `key`) get one key for one input: trying again after a
 * lost answer cannot do it twice; changing what was typed makes it a new act. To try again is to do what the button does:
 * with what stands there now, and with what follows from it.
 */
export function useAct<N extends ActName>(name: N, keyed = false): Act<Keyless<InputOf<N>>, OutputOf<N>> {
  type I = Keyless<InputOf<N>>;
  const [state, set] = useState<{ busy: boolean; fault: Fault | null }>({ busy: false, fault: null });
  const running = useRef(false);
  const last = useRef<{ text: string; key: string } | null>(null);

  const run = useCallback(
    async (input: I): Promise<OutputOf<N> | null> => {
      if (running.current) return null;
      running.current = true;
      const text = JSON.stringify(input);
      if (last.current?.text !== text) last.current = { text, key: newKey() };
      const whole = (keyed ? { ...input, key: last.current.key } : input) as InputOf<N>;
      set({ busy: true, fault: null });
      try {
        const output = await act(name, whole);
        last.current = null;
        set({ busy: false, fault: null });
        return output;
      } catch (error) {
        set({ busy: false, fault: faultIn(error) });
        return null;
      } finally {
        running.current = false;
      }
    },
    [name, keyed],
  );
  const clear = useCallback(() => set({ busy: false, fault: null }), []);
  return { run, ...state, clear };
}
