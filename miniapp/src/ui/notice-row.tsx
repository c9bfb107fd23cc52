import { noticeCategories } from "@weimenhu/domain/notices/category";
import { to } from "../platform/navigate.ts";
import type { NoticeCard } from "../wire.ts";
import { Box } from "./box.tsx";
import { dayText } from "./date.ts";
import { Tap } from "./tap.tsx";
import { Tag } from "./words.tsx";

type Shown = Pick<NoticeCard, "id" | "title" | "category" | "regionName" | "publishedAt" | "pinned" | "source"> & {
  snippet?: string;
};

/** A notice in a list: title, kind, who, when; where it was taken from when it is not our own. */
export function NoticeRow({ notice, now }: { notice: Shown; now?: number | undefined }) {
  const from = notice.source ? `来源 ${notice.source.name}` : notice.regionName;
  return (
    <Tap class="row" to={to("notice", { id: notice.id })}>
      <Box class="grow">
        <Box class="t-strong">{notice.title}</Box>
        {notice.snippet ? <Box class="clamp2 t-small">{notice.snippet}</Box> : null}
        <Box class="row-under">
          {notice.pinned ? (
            <Tag tone="seal" icon="pin">
              置顶
            </Tag>
          ) : null}
          <Tag>{noticeCategories[notice.category]}</Tag>
          <Box class="t-note row-meta">{`${dayText(notice.publishedAt, now)} · ${from}`}</Box>
        </Box>
      </Box>
    </Tap>
  );
}
