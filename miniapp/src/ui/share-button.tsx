import { useState } from "react";
import type { Target } from "../platform/navigate.ts";
import { shareOnWeb, sharesByButton } from "../platform/share.ts";
import { Button, PlatformButton } from "./button.tsx";
import { Stack } from "./card.tsx";
import { Icon } from "./icon.tsx";
import { Note } from "./words.tsx";

export function ShareButton({ title, target }: { title: string; target: Target }) {
  const [copied, setCopied] = useState(false);
  if (sharesByButton) {
    return (
      <PlatformButton does="share">
        <Icon name="share-2" />
        转给家人朋友
      </PlatformButton>
    );
  }
  const share = () => {
    shareOnWeb(title, target).then(
      (how) => setCopied(how === "copied"),
      () => setCopied(false),
    );
  };
  return (
    <Stack gap={2}>
      <Button icon="share-2" onTap={share}>
        转给家人朋友
      </Button>
      {copied ? (
        <Note live tone="pine">
          网址已复制，可以粘贴发给家人
        </Note>
      ) : null}
    </Stack>
  );
}
