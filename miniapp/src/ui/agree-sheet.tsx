import { type Agreeing, useAgree } from "../hooks/use-agree.ts";
import { to } from "../platform/navigate.ts";
import { Slot } from "./box.tsx";
import { Button } from "./button.tsx";
import { Icon } from "./icon.tsx";
import { Sheet } from "./sheet.tsx";
import { FaultNote } from "./states.tsx";
import { Tap } from "./tap.tsx";
import { Para } from "./words.tsx";

export const agreeTitle = "《隐私保护说明》有更新";

/** What is new, the whole text one tap away, and what hangs on it. */
export function AgreeWords({ agreeing }: { agreeing: Agreeing }) {
  return (
    <>
      {agreeing.news === "" ? null : <Para>{`这次改了：${agreeing.news}`}</Para>}
      <Tap class="textlink" to={to("document", { name: "privacy" })}>
        看《隐私保护说明》
        <Icon name="chevron-right" size="s" />
      </Tap>
      <Para>不同意也能照常看。发帖、评论、传照片、申请认证、验证或换手机号，要先同意。</Para>
      <FaultNote fault={agreeing.fault} />
    </>
  );
}

/** On the tabs, once each time the app is opened, until it is answered with yes. */
export function AgreeSheet() {
  const agreeing = useAgree();
  return (
    <Slot>
      <Sheet
        open={agreeing.wanted && !agreeing.putOff}
        title={agreeTitle}
        onClose={agreeing.later}
        closeWord="以后再说"
        foot={
          <Button kind="primary" busy={agreeing.busy} onTap={() => void agreeing.agree()}>
            同意
          </Button>
        }
      >
        <AgreeWords agreeing={agreeing} />
      </Sheet>
    </Slot>
  );
}
