import { postLimits } from "@weimenhu/domain/circle/post";
import { useState } from "react";
import { useAct } from "../../hooks/use-act.ts";
import { useTyped } from "../../hooks/use-typed.ts";
import { Button } from "../../ui/button.tsx";
import { AreaField } from "../../ui/field.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { FaultNote } from "../../ui/states.tsx";
import type { Post } from "../../wire.ts";

/** An official answer to what is no case. */
export function ReplySheet({ id, onClose, onDone }: { id: string; onClose: () => void; onDone: (post: Post) => void }) {
  const { text, set: setText, forget, kept } = useTyped(`reply:${id}`, "");
  const reply = useAct("circle.reply", true, kept);
  const [missing, setMissing] = useState(false);
  const send = async () => {
    setMissing(text.trim() === "");
    if (text.trim() === "") return;
    const done = await reply.run({ id, text });
    if (!done) return;
    forget();
    onDone(done);
  };
  return (
    <Sheet
      open
      title="代表村里答复"
      onClose={onClose}
      closeWord="取消"
      unfilled={missing && text.trim() === ""}
      foot={
        <>
          <FaultNote fault={reply.fault} onRetry={send} />
          <Button kind="primary" icon="send" busy={reply.busy} onTap={send}>
            发出答复
          </Button>
        </>
      }
    >
      <AreaField
        label="答复"
        hint="会带上您的职务，看得到这条内容的人都能看到"
        inSheet
        value={text}
        onChange={setText}
        maxLength={postLimits.text}
        error={missing && text.trim() === "" ? "请写几句话" : null}
      />
    </Sheet>
  );
}
