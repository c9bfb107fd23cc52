import { useRef, useState } from "react";
import { addressOf, isWeb } from "../../platform/env.ts";
import { openDocument } from "../../platform/open.ts";
import { Slot } from "../../ui/box.tsx";
import { List, Row, Section, Stack } from "../../ui/card.tsx";
import { sizeText } from "../../ui/date.ts";
import { Leaving } from "../../ui/leaving.tsx";
import { Note } from "../../ui/words.tsx";
import type { Notice } from "../../wire.ts";

type Opening = { url: string; share: number };

/** Files under a notice. On phones one is fetched at a time, and says how far it is; the site's browser does it itself. */
export function Attachments({ files }: { files: Notice["attachments"] }) {
  const [closed, setClosed] = useState<string | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const [opening, setOpening] = useState<Opening | null>(null);
  const busy = useRef(false);
  const open = async ({ url, kind, name }: Notice["attachments"][number]) => {
    if (isWeb || busy.current) return;
    busy.current = true;
    setFault(null);
    setOpening({ url, share: 0 });
    try {
      const how = await openDocument(url, kind, (share) => setOpening({ url, share }));
      if (how === "no") setClosed(addressOf(url));
    } catch (error) {
      console.warn("attachment not opened", error);
      setFault(`“${name}”没有打开。请检查网络后再点一次；还不行，请问发公告的单位`);
    } finally {
      busy.current = false;
      setOpening(null);
    }
  };
  return (
    <Section title="附件">
      <Stack gap={3}>
        <Slot>
          {fault ? (
            <Note live tone="seal">
              {fault}
            </Note>
          ) : null}
        </Slot>
        <List>
          {files.map((file) => (
            <Row
              key={file.url}
              icon="paperclip"
              title={file.name}
              value={opening?.url === file.url ? openingWords(opening.share) : sizeText(file.bytes)}
              file={file.url}
              onTap={() => void open(file)}
            />
          ))}
        </List>
      </Stack>
      <Slot>
        <Leaving href={closed} onClose={() => setClosed(null)} />
      </Slot>
    </Section>
  );
}

const openingWords = (share: number): string => (share > 0 ? `正在打开 ${Math.round(share * 100)}%` : "正在打开…");
