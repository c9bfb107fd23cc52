import { useEffect, useState } from "react";
import { fetchAgain, usePageLost } from "../platform/lost.ts";
import { stepEnds } from "../platform/step.ts";
import { Button } from "./button.tsx";
import { Sheet } from "./sheet.tsx";
import { Para } from "./words.tsx";

/** On the site: the page that was asked for did not come. It is said over the page that still stands, wherever one is on it. */
export function LostSheet() {
  const lost = usePageLost();
  const [stays, setStays] = useState(false);
  useEffect(() => {
    if (lost) stepEnds();
  }, [lost]);
  const stay = () => {
    setStays(true);
    history.back();
  };
  return (
    <Sheet
      open={lost && !stays}
      title="没有打开那一页"
      onClose={stay}
      closeWord="留在这一页"
      foot={
        <Button kind="primary" icon="rotate-cw" onTap={fetchAgain}>
          重试
        </Button>
      }
    >
      <Para>网络太慢或断了。请检查网络后重试。</Para>
    </Sheet>
  );
}
