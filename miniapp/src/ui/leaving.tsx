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

type Kind = { title: string; words: string; what: string; open: string };
const foreign: Kind = {
  title: "即将离开本站",
  words: "您要打开的是其他网站，请留意内容和安全：",
  what: "网址",
  open: "继续打开",
};
const mailbox: Kind = { title: "写邮件", words: "收信的邮箱地址：", what: "邮箱地址", open: "写邮件" };
/** A file, or a page that the app does not have. */
const ours: Kind = { title: "打开本站网页", words: "您要打开的是：", what: "网址", open: "打开" };

const isMail = (href: string) => /^mailto:/i.test(href);
const kindOf = (href: string): Kind => (isMail(href) ? mailbox : /^https?:/i.test(href) ? foreign : ours);

/** Before a foreign address or a mailbox: says where the link leads. Mini-programs cannot open it, so it is copied. */
export function Leaving({ href, onClose }: { href: string | null; onClose: () => void }) {
  const [copied, setCopied] = useState<string | null>(null);
  if (href === null) return null;
  const kind = kindOf(href);
  const whole = addressOf(href);
  const shown = isMail(href) ? whole.replace(/^mailto:/i, "").replace(/\?.*/, "") : whole;
  const yes = isMail(href) ? "邮箱地址已复制" : "网址已复制，请打开手机浏览器粘贴";
  const no = `没有复制成功，请抄下${kind.what}`;
  const copy = () => {
    copyText(shown).then(
      (done) => setCopied(done ? yes : no),
      () => setCopied(no),
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
    <Sheet
      open
      title={kind.title}
      onClose={close}
      closeWord="不打开，留在本页"
      foot={
        <>
          {copied ? (
            <Note live tone="pine">
              {copied}
            </Note>
          ) : null}
          {opensLinks ? (
            <Button kind="primary" icon="external-link" onTap={open}>
              {kind.open}
            </Button>
          ) : (
            <Button kind="primary" icon="copy" onTap={copy}>
              {`复制${kind.what}`}
            </Button>
          )}
        </>
      }
    >
      <Para>{kind.words}</Para>
      <Para class="t-strong">{shown}</Para>
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
