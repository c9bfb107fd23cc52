import { now } from "../../platform/clock.ts";
import { Box } from "../../ui/box.tsx";
import { dateText } from "../../ui/date.ts";
import { dated } from "../../ui/dated.tsx";
import { Icon, type IconName } from "../../ui/icon.tsx";
import { Tap } from "../../ui/tap.tsx";
import { Tag } from "../../ui/words.tsx";
import type { Message } from "./kept-inbox.ts";
import { pageOf } from "./pages.ts";

const icons: Record<string, IconName> = {
  replied: "message-square",
  commented: "message-square",
  finished: "circle-check",
  passed: "circle-check",
  refused: "circle-alert",
  red: "triangle-alert",
  toCheck: "shield-check",
  reported: "flag",
  appealed: "undo-2",
  checkLate: "triangle-alert",
  reportActed: "flag",
  reportKept: "flag",
};

/** What happened, where and when; a tap opens the page that it is about. */
export function MessageRow({ message, onRead }: { message: Message; onRead: () => void }) {
  const { title, text, place, at, read } = message;
  const target = pageOf(message.about);
  const inside = (
    <>
      <Box class="row-icon">
        <Icon name={icons[message.kind] ?? "bell"} />
      </Box>
      <Box class="grow">
        <Box class="t-strong">{title}</Box>
        <Box class="t-small">{dated(text)}</Box>
        <Box class="row-under">
          {read ? null : (
            <Tag tone="seal" icon="bell">
              未读
            </Tag>
          )}
          <Box class="t-note row-meta">{[dateText(at, now()), place].filter(Boolean).join(" · ")}</Box>
        </Box>
      </Box>
    </>
  );
  return target ? (
    <Tap class="row" to={target} onTap={read ? undefined : onRead}>
      {inside}
    </Tap>
  ) : (
    <Box class="row">{inside}</Box>
  );
}
