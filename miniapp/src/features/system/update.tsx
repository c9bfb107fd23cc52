import { useState } from "react";
import { applyUpdate } from "../../platform/update.ts";
import { Button } from "../../ui/button.tsx";
import { Card, Stack } from "../../ui/card.tsx";
import { Page } from "../../ui/page.tsx";
import { Empty } from "../../ui/states.tsx";
import { Note } from "../../ui/words.tsx";

/** Shown when the server no longer speaks to this old build. */
export default function Update() {
  const [words, setWords] = useState<string | null>(null);
  const update = () => {
    setWords("正在更新，请稍等…");
    applyUpdate((said) => setWords(said));
  };
  return (
    <Page title="更新">
      <Card>
        <Empty words="您用的版本太旧，更新后才能接着用。不会丢失您的内容" icon="download">
          <Stack gap={3}>
            <Button kind="primary" icon="rotate-cw" onTap={update}>
              马上更新
            </Button>
            {words ? <Note live>{words}</Note> : null}
          </Stack>
        </Empty>
      </Card>
    </Page>
  );
}
