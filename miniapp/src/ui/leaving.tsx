import { View } from "@tarojs/components";
import { type ReactNode, useState } from "react";
import { addressOf } from "../platform/env.ts";
import { openLink, opensLinks } from "../platform/open.ts";
import { copyText } from "../platform/share.ts";
import { aria } from "./box.tsx";
import { Button } from "./button.tsx";
import { Icon } from "./icon.tsx";
import { Sheet } from "./sheet.tsx";
import { Note, Para } from "./words.tsx";

const isHttp = (href: string) => /^https?:/i.test(href);

/** Before a foreign address: says that one leaves and where to. Mini-programs cannot open it, so it is copied. */
export function Leaving({ href, onClose }: { href: string | null; onClose: () => void }) {
  const [copied, setCopied] = useState<string | null>(null);
  if (href === null) return null;
  const whole = addressOf(href);
  const copy = () => {
    copyText(whole).then(
      (done) => setCopied(done ? "网址已复制，请打开手机浏览器粘贴" : "没有复制成功，请抄下网址"),
      () => setCopied("没有复制成功，请抄下网址"),
    );
  };
  const close = () => {
    setCopied(null);
    onClose();
  };
  const open = () => {
    openLink(whole);
    close();
  };
  return (
    <Sheet open title="即将离开本站" onClose={close} closeWord="不打开，留在本页">
      <Para>{isHttp(href) ? "您要打开的是其他网站，请留意内容和安全：" : "您要打开的是："}</Para>
      <Para class="t-strong">{whole}</Para>
      {copied ? (
        <Note live tone="pine">
          {copied}
        </Note>
      ) : null}
      {opensLinks ? (
        <Button kind="primary" icon="external-link" onTap={open}>
          继续打开
        </Button>
      ) : (
        <Button kind="primary" icon="copy" onTap={copy}>
          复制网址
        </Button>
      )}
    </Sheet>
  );
}

/** A link to a foreign address: a real one on the site (also without scripts); a tap first says that one leaves. */
export function ForeignLink({ href, children }: { href: string; children: ReactNode }) {
  const [leaving, setLeaving] = useState(false);
  const press = (event: { preventDefault?: () => void }) => {
    event.preventDefault?.();
    setLeaving(true);
  };
  const site = opensLinks ? { href, role: "link", rel: "noopener noreferrer" } : aria({ role: "link" });
  return (
    <>
      <View className="textlink" onClick={press} {...site}>
        {children}
        <Icon name="external-link" size="s" />
      </View>
      <Leaving href={leaving ? href : null} onClose={() => setLeaving(false)} />
    </>
  );
}
