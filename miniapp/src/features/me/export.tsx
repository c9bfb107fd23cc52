import { useState } from "react";
import type { Fault } from "../../fault.ts";
import { type Saved, saveText, sendsFiles, sendText } from "../../platform/save.ts";
import { ask, faultIn } from "../../rpc.ts";
import { Button } from "../../ui/button.tsx";
import { Card, Section, Stack } from "../../ui/card.tsx";
import { FaultNote } from "../../ui/states.tsx";
import { Note, Para } from "../../ui/words.tsx";
import type { OutputOf } from "../../wire.ts";

type File = OutputOf<"account.export">;
type State = { busy: boolean; fault: Fault | null; saved: Saved | null; file: File | null };
const idle: State = { busy: false, fault: null, saved: null, file: null };

const savedWords: Record<Saved, string> = {
  saved: "已经交给浏览器下载，请在“下载”里找",
  sent: "已发出。里面有您的身份信息，请只发给自己",
  copied: "已复制。里面有您的身份信息，请粘贴到自己的备忘录里，不要发给别人",
  no: "没有保存成功，请再试一次，或者在网页版里导出",
};

/** Everything that is kept about me, taken home. In WeChat a second tap sends the file: see `sendsFiles`. */
export function Export() {
  const [state, set] = useState<State>(idle);
  const run = async () => {
    set({ ...idle, busy: true });
    try {
      const file = await ask("account.export", {});
      if (sendsFiles) set({ ...idle, file });
      else set({ ...idle, saved: await saveText(file.filename, file.json) });
    } catch (error) {
      set({ ...idle, fault: faultIn(error) });
    }
  };
  const { file } = state;
  return (
    <Section title="带走我的资料">
      <Card>
        <Stack gap={3}>
          <Para>把我们保存的、关于您的全部内容存成一个文件。里面有完整的手机号和身份证号，请自己收好。</Para>
          <FaultNote fault={state.fault} onRetry={run} />
          {state.saved ? (
            <Note live tone={state.saved === "no" ? "rice" : "pine"}>
              {savedWords[state.saved]}
            </Note>
          ) : null}
          {file ? (
            <TakeFile file={file} onSaved={(saved) => set({ ...state, saved })} />
          ) : (
            <Button icon="download" busy={state.busy} onTap={run}>
              导出我的资料
            </Button>
          )}
        </Stack>
      </Card>
    </Section>
  );
}

function TakeFile({ file, onSaved }: { file: File; onSaved: (saved: Saved) => void }) {
  return (
    <Stack gap={3}>
      <Para>资料准备好了。选“文件传输助手”，就只发给您自己。</Para>
      <Button icon="send" onTap={() => void sendText(file.filename, file.json).then(onSaved)}>
        发到微信聊天
      </Button>
      <Button kind="plain" icon="copy" onTap={() => void saveText(file.filename, file.json).then(onSaved)}>
        复制全部内容
      </Button>
    </Stack>
  );
}
