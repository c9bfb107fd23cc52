import { useCallback, useRef, useState } from "react";
import { type Fault, isWord } from "../fault.ts";
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

/** What was sent, and under which key. */
export type Sent = { key: string; what: string };
/** Where words outlive the app their key does too: whoever keeps them keeps it, and forgets both when they were sent. */
export type KeptKey = { get: () => Sent | null; set: (sent: Sent | null) => void };

const isGone = (fault: Fault): boolean =>
  fault.kind === "refused" && fault.word === "KEY_REUSED" && fault.details["gone"] === true;

export const isSent = (value: unknown): value is Sent =>
  typeof value === "object" &&
  value !== null &&
  "key" in value &&
  typeof value.key === "string" &&
  "what" in value &&
  typeof value.what === "string";

/**
 * One act of a form or button. `keyed` acts (their input has a `key`) get one key for one input: trying again after a
 * lost answer cannot do it twice; changing what was typed makes it a new act. To try again is to do what the button does:
 * with what stands there now, and with what follows from it. `kept`: the key is on the phone before anything goes out, so
 * that the same words are the same act after the app ended too. `about`: how far what it is done to had come. The same words
 * after something else was done to it are another act.
 */
export function useAct<N extends ActName>(
  name: N,
  keyed = false,
  kept?: KeptKey,
  about = "",
): Act<Keyless<InputOf<N>>, OutputOf<N>> {
  type I = Keyless<InputOf<N>>;
  const [state, set] = useState<{ busy: boolean; fault: Fault | null }>({ busy: false, fault: null });
  const running = useRef(false);
  const last = useRef<Sent | null>(null);

  const run = useCallback(
    async (input: I): Promise<OutputOf<N> | null> => {
      if (running.current) return null;
      running.current = true;
      const what = JSON.stringify(input) + about;
      // A page of the same browser may have sent it too: what is kept is read now.
      const before = [last.current, kept?.get() ?? null].find((one) => one?.what === what);
      const sent = before ?? { what, key: newKey() };
      last.current = sent;
      kept?.set(sent);
      const send = (key: string) => act(name, (keyed ? { ...input, key } : input) as InputOf<N>);
      set({ busy: true, fault: null });
      try {
        const output = await send(sent.key).catch((error: unknown) => {
          if (!before || !isGone(faultIn(error))) throw error;
          // What an earlier try did under it was deleted: said again, it is said anew; by every page under the same new key.
          const anew = { what, key: `${sent.key}-`.slice(-64) };
          last.current = anew;
          kept?.set(anew);
          return send(anew.key);
        });
        last.current = null;
        set({ busy: false, fault: null });
        return output;
      } catch (error) {
        const fault = faultIn(error);
        // The key stands for something else: under it this can never be done.
        if (isWord(fault, "KEY_REUSED")) {
          last.current = null;
          kept?.set(null);
        }
        set({ busy: false, fault });
        return null;
      } finally {
        running.current = false;
      }
    },
    [name, keyed, kept, about],
  );
  const clear = useCallback(() => set({ busy: false, fault: null }), []);
  return { run, ...state, clear };
}
