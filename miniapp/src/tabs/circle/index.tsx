import { useDidShow } from "@tarojs/taro";
import { useCallback, useState } from "react";
import { useUnread } from "../../hooks/use-unread.ts";
import { whoIsHere } from "../../mine.ts";
import type { Place } from "../../place.ts";
import { keepInAddress, pageQuery, takeAsked, to } from "../../platform/navigate.ts";
import { useSession } from "../../session.ts";
import { Box } from "../../ui/box.tsx";
import { Button } from "../../ui/button.tsx";
import { Card, Stack } from "../../ui/card.tsx";
import { Chips, type Choice, PickField } from "../../ui/field.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Page } from "../../ui/page.tsx";
import type { Speech } from "../../ui/speech-first.tsx";
import { Empty, Skeleton } from "../../ui/states.tsx";
import { Tap } from "../../ui/tap.tsx";
import { Heading, Note, Tag } from "../../ui/words.tsx";
import { CircleFeed, type Which } from "./feed.tsx";
import { FollowFirst } from "./follow-first.tsx";
import { VillagePage } from "./village.tsx";
import { WriteFoot } from "./write-foot.tsx";

type Part = Which | "about";

const isPart = (text: string | undefined): text is Part =>
  text === "village" || text === "followed" || text === "mine" || text === "about";

export default function Circle() {
  const { me, state, place } = useSession();
  const [{ show }] = useState(pageQuery);
  const [part, setPart] = useState<Part>(isPart(show) ? show : "village");
  // What the server last said about this village; until then what is known here.
  const [said, setSaid] = useState<{ village: string; speech: Speech; why?: string | undefined } | null>(null);
  const code = place?.code ?? "";
  const hear = useCallback((speech: Speech, why?: string) => setSaid({ village: code, speech, why }), [code]);
  const choose = (next: Part) => {
    setPart(next);
    keepInAddress("show", next === "village" ? null : next);
  };
  useUnread();
  useDidShow(() => {
    const { show } = takeAsked("circle");
    if (isPart(show)) choose(show);
  });
  const heard = place && said?.village === place.code ? said : null;
  // To follow comes before to read and to write; whether an office reaches here is the server's to say.
  const near = me === null || me.roles.length > 0 || me.villages.some(({ code }) => code === place?.code);
  const writes = place !== null && state !== "out" && part !== "about" && near;
  return (
    <Page
      title="为村"
      tab="circle"
      foot={writes ? <WriteFoot me={me} place={place} speech={heard?.speech ?? null} why={heard?.why} /> : undefined}
    >
      {place ? (
        <Stack gap={3}>
          <Head place={place} />
          {state === "out" ? (
            <Outside place={place} />
          ) : state === "asking" && whoIsHere() === null ? (
            <Skeleton rows={6} />
          ) : (
            <>
              <Parts part={part} onPart={choose} />
              {part === "about" ? (
                <VillagePage place={place} />
              ) : part === "village" && !near ? (
                <FollowFirst place={place} />
              ) : (
                <CircleFeed key={`${place.code} ${whoIsHere()}`} place={place} which={part} onSpeech={hear} />
              )}
            </>
          )}
        </Stack>
      ) : (
        <Card>
          <Empty words="还没有选村。选好以后，这里是您村子的主页" icon="map-pin">
            <Button kind="primary" to={to("region")}>
              选一个村
            </Button>
          </Empty>
        </Card>
      )}
    </Page>
  );
}

function Head({ place }: { place: Place }) {
  const me = useSession((session) => session.me);
  const mine = me?.villages.find(({ code }) => code === place.code);
  return (
    <Box class="home-head">
      <Tap class="home-place" to={to("region")} label={`${place.name}，换一个村`}>
        <Heading level={2} size="page">
          {place.name}
        </Heading>
        <Icon name="chevron-down" />
      </Tap>
      {mine?.verification === "verified" ? (
        <Tag tone="pine" icon="badge-check">
          认证村民
        </Tag>
      ) : null}
      <Tap class="textlink" to={to("searchPosts", { village: place.code })}>
        <Icon name="search" size="s" />
        搜索
      </Tap>
    </Box>
  );
}

/** What is said in a village is for those who follow it; its notices are for everybody. */
function Outside({ place }: { place: Place }) {
  return (
    <Stack>
      <Note>{`关注${place.name}，就能看到大家说的话、村里怎么答复`}</Note>
      <VillagePage place={place} />
    </Stack>
  );
}

const parts: Choice<Part>[] = [
  { key: "village", word: "本村" },
  { key: "followed", word: "我关注的" },
  { key: "mine", word: "我的" },
  { key: "about", word: "公告和村情" },
];

function Parts({ part, onPart }: { part: Part; onPart: (part: Part) => void }) {
  const elder = useSession((session) => session.skin) !== 0;
  if (!elder) return <Chips label="看哪里" choices={parts} value={part} onChange={onPart} />;
  return (
    <PickField
      label="看哪里"
      options={parts.map(({ word }) => word)}
      at={parts.findIndex(({ key }) => key === part)}
      onChange={(at) => onPart(parts[at]?.key ?? "village")}
    />
  );
}
