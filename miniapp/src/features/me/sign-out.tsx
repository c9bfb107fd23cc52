import { useState } from "react";
import { useSignOut } from "../../hooks/use-sign-out.ts";
import { go, to } from "../../platform/navigate.ts";
import { Button } from "../../ui/button.tsx";
import { Stack } from "../../ui/card.tsx";
import { Confirm } from "../../ui/sheet.tsx";
import { FaultNote } from "../../ui/states.tsx";
import { Para } from "../../ui/words.tsx";

export function SignOut() {
  const [asking, setAsking] = useState(false);
  const out = useSignOut(() => go(to("me")));
  const run = async () => {
    await out.run();
    setAsking(false);
  };
  return (
    <Stack gap={3}>
      <FaultNote fault={out.fault} onRetry={run} />
      <Button icon="log-out" onTap={() => setAsking(true)}>
        退出登录
      </Button>
      <Confirm
        open={asking}
        title="退出登录"
        words={
          <Para>
            退出以后，这台设备上看不到您的手机号、关注的村和办的事，没有提交的内容也会清掉。公告照常看，再登录就能接着用。
          </Para>
        }
        doWord="确定退出"
        busy={out.busy}
        onDo={run}
        onClose={() => setAsking(false)}
      />
    </Stack>
  );
}
