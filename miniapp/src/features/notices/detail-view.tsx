import { bodyText } from "@weimenhu/domain/body";
import { noticeCategories } from "@weimenhu/domain/notices/category";
import { to } from "../../platform/navigate.ts";
import { BodyView } from "../../ui/body.tsx";
import { Box } from "../../ui/box.tsx";
import { Button } from "../../ui/button.tsx";
import { Card, Stack } from "../../ui/card.tsx";
import { dateText } from "../../ui/date.ts";
import { ForeignLink } from "../../ui/leaving.tsx";
import { ShareButton } from "../../ui/share-button.tsx";
import { SpeakButton } from "../../ui/speak-button.tsx";
import { Empty } from "../../ui/states.tsx";
import { Heading, Note, Para, Tag } from "../../ui/words.tsx";
import type { Notice } from "../../wire.ts";
import { Attachments } from "./attachments.tsx";

/** `reached`: how often the reader came to the end of the page; a long notice then goes on. */
export function NoticeView({ notice, now, reached }: { notice: Notice; now?: number; reached?: number }) {
  return (
    <Stack>
      <Box role="article">
        <Stack>
          <Heading level={1}>{notice.title}</Heading>
          <Meta notice={notice} now={now} />
          {notice.withdrawn ? (
            <Withdrawn withdrawn={notice.withdrawn} now={now} />
          ) : (
            <Whole notice={notice} reached={reached} />
          )}
        </Stack>
      </Box>
      {notice.withdrawn ? null : <ShareButton title={notice.title} target={to("notice", { id: notice.id })} />}
      <Button kind="plain" to={to("notices", { region: notice.region })}>
        {`看${notice.regionName}的其他公告`}
      </Button>
    </Stack>
  );
}

function Meta({ notice, now }: { notice: Notice; now: number | undefined }) {
  const changed = notice.version > 1 && notice.updatedAt > notice.publishedAt;
  return (
    <Box>
      <Box class="meta">
        <Tag>{noticeCategories[notice.category]}</Tag>
        <Box class="meta-in">{`${notice.regionName} · ${dateText(notice.publishedAt, now)} 发布`}</Box>
      </Box>
      {changed ? <Para size="small">{`${dateText(notice.updatedAt, now)} 修改过`}</Para> : null}
      {notice.source ? (
        <Box class="source">
          <Note tone={notice.source.stale ? "rice" : "indigo"}>
            <Para size="small">
              {`转自 ${notice.source.name}${notice.source.stale ? `，${dateText(notice.source.seenAt, now)} 核对过，之后没有连上` : ""}`}
            </Para>
            <ForeignLink href={notice.source.url}>看原文</ForeignLink>
          </Note>
        </Box>
      ) : null}
    </Box>
  );
}

function Withdrawn({ withdrawn, now }: { withdrawn: { at: number; reason: string }; now: number | undefined }) {
  return (
    <Card>
      <Empty words="这条公告已经撤回" icon="undo-2">
        <Para>{`原因：${withdrawn.reason}`}</Para>
        <Para size="small">{dateText(withdrawn.at, now)}</Para>
      </Empty>
    </Card>
  );
}

function Whole({ notice, reached }: { notice: Notice; reached: number | undefined }) {
  return (
    <Stack>
      <SpeakButton text={`${notice.title}。\n${bodyText(notice.body)}`} />
      <Card>
        <BodyView body={notice.body} {...(reached ? { reached } : {})} />
      </Card>
      {notice.attachments.length > 0 ? <Attachments files={notice.attachments} /> : null}
    </Stack>
  );
}
