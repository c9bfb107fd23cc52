import { useState } from "react";
import { type Fault, isWord } from "../../fault.ts";
import { go, to } from "../../platform/navigate.ts";
import { act, faultIn } from "../../rpc.ts";
import { leave } from "../../session.ts";
import { Button } from "../../ui/button.tsx";
import { Stack } from "../../ui/card.tsx";
import { Confirm } from "../../ui/sheet.tsx";
import { FaultNote } from "../../ui/states.tsx";
import { Para } from "../../ui/words.tsx";

/** Ends the session of this device. A session that is gone already counts as ended. */
export function SignOut() {
  const [asking, setAsking] = useState(false);
  const [state, set] = useState<{ busy: boolean; fault: Fault | null }>({ busy: false, fault: null });
  const run = async () => {
    set({ busy: true, fault: null });
    try {
      await act("account.signOut", {});
    } catch (error) {
      const fault = faultIn(error);
      if (!isWord(fault, "SIGN_IN_FIRST")) {
        setAsking(false);
        return set({ busy: false, fault });
      }
    }
    leave();
    go(to("me"));
  };
  return (
    <Stack gap={3}>
      <FaultNote fault={state.fault} onRetry={run} />
      <Button icon="log-out" onTap={() => setAsking(true)}>
        退出登录
      </Button>
      <Confirm
        open={asking}
        title="退出登录"
        words={<Para>退出以后，这台设备上看不到您的村和办的事。再登录就都在。</Para>}
        doWord="确定退出"
        busy={state.busy}
        onDo={run}
        onClose={() => setAsking(false)}
      />
    </Stack>
  );
}
