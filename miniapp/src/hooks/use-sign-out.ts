import { useState } from "react";
import { type Fault, isWord } from "../fault.ts";
import { act, faultIn } from "../rpc.ts";
import { leave } from "../session.ts";

/** Ends the session of this device, then does what comes next. A session that is gone already counts as ended. */
export function useSignOut(next: () => void) {
  const [state, set] = useState<{ busy: boolean; fault: Fault | null }>({ busy: false, fault: null });
  const run = async (): Promise<void> => {
    set({ busy: true, fault: null });
    try {
      await act("account.signOut", {});
    } catch (error) {
      const fault = faultIn(error);
      if (!isWord(fault, "SIGN_IN_FIRST")) return set({ busy: false, fault });
    }
    leave();
    next();
  };
  return { ...state, run };
}
