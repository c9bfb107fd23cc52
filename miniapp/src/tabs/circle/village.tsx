import { noticeCategories, noticeCategoryKeys } from "@weimenhu/domain/notices/category";
import { keptMine, outdate } from "../../hooks/kept.ts";
import { useAct } from "../../hooks/use-act.ts";
import { useAsk } from "../../hooks/use-ask.ts";
import type { Place } from "../../place.ts";
import { go, to } from "../../platform/navigate.ts";
import { refreshMe, useSession } from "../../session.ts";
import { Box } from "../../ui/box.tsx";
import { Button } from "../../ui/button.tsx";
import { Card, List, Row, Section, Stack } from "../../ui/card.tsx";
import { NoticeRow } from "../../ui/notice-row.tsx";
import { AnswerView, Empty, FaultNote } from "../../ui/states.tsx";
import { Heading, Para, Tag } from "../../ui/words.tsx";
import { wantToFollow } from "../../wanted.ts";
import type { Me, Region, Village } from "../../wire.ts";

/** What a village is: its numbers, its notices, and what this person is to it. */
export function VillagePage({ place }: { place: Place }) {
  const { me, state } = useSession();
  const region = useAsk("regions.get", { code: place.code }, { keep: true });
  const notices = useAsk("notices.list", { region: place.code, limit: 5 }, { keep: true });
  const mine = me?.villages.find(({ code }) => code === place.code) ?? null;
  return (
    <Stack>
      <AnswerView answer={region} rows={2}>
        {(data) => <VillageCard region={data} />}
      </AnswerView>
      {state === "in" || state === "out" ? (
        <Membership code={place.code} name={place.name} me={me} mine={mine} />
      ) : null}
      <Section title="村里公告" more={{ words: "全部", to: to("notices", { region: place.code }) }}>
        <AnswerView answer={notices}>
          {({ items }) =>
            items.length === 0 ? (
              <Card>
                <Empty words="村里还没有公告" />
              </Card>
            ) : (
              <List>
                {items.map((notice) => (
                  <NoticeRow key={notice.id} notice={notice} />
                ))}
              </List>
            )
          }
        </AnswerView>
      </Section>
      <List>
        <Row
          title="内容处置公示"
          under="大家说的话，哪些没有让显示，为什么"
          to={to("circleLog", { village: place.code })}
        />
      </List>
      <Section title="分类看">
        <List>
          {noticeCategoryKeys.map((category) => (
            <Row
              key={category}
              title={noticeCategories[category]}
              to={to("notices", { region: place.code, category })}
            />
          ))}
        </List>
      </Section>
    </Stack>
  );
}

function VillageCard({ region }: { region: Region }) {
  return (
    <Card>
      <Stack gap={3}>
        <Box>
          <Heading level={2} size="page">
            {region.name}
          </Heading>
          <Para size="small">{region.path.slice(0, -1).join(" · ")}</Para>
        </Box>
        <Box class="figures">
          <Box>
            <Box class="t-figure">{region.villagers}</Box>
            <Box class="t-small">位认证村民</Box>
          </Box>
          <Box>
            <Box class="t-figure">{region.followers}</Box>
            <Box class="t-small">人关注</Box>
          </Box>
        </Box>
        <Button kind="plain" small icon="map-pin" to={to("region")}>
          换一个村
        </Button>
      </Stack>
    </Card>
  );
}

const verified = {
  none: null,
  pending: "认证正在办理",
  verified: "认证村民",
  refused: "认证没有通过",
  ended: null,
} as const;

/** Follow, home village, verification: what this person is to this village. */
export function Membership(props: { code: string; name: string; me: Me | null; mine: Village | null }) {
  const { code, me, mine } = props;
  const follow = useAct("regions.follow");
  const unfollow = useAct("regions.unfollow");
  const home = useAct("regions.setHome");
  const after = async (done: object | null) => {
    if (!done) return;
    // What is said in a village that is not followed any more does not stay on the phone.
    keptMine.clear();
    outdate("regions.");
    await refreshMe();
  };
  const start = async () => {
    if (me) return after(await follow.run({ code }));
    wantToFollow({ code, name: props.name });
    go(to("signIn"));
  };
  const state = mine ? verified[mine.verification] : null;
  const fault = follow.fault ?? unfollow.fault ?? home.fault;
  return (
    <Stack gap={3}>
      <FaultNote fault={fault} />
      {mine && state ? (
        <Tag tone={mine.verification === "verified" ? "pine" : "rice"} icon="badge-check">
          {state}
        </Tag>
      ) : null}
      {mine ? null : (
        <Button kind="primary" icon="plus" busy={follow.busy} onTap={start}>
          {`关注${props.name}`}
        </Button>
      )}
      {mine && (mine.verification === "none" || mine.verification === "refused" || mine.verification === "ended") ? (
        <Button kind="primary" icon="badge-check" to={to("verify", { region: code })}>
          认证成为村民
        </Button>
      ) : null}
      {mine && !mine.home ? (
        <Button icon="house" busy={home.busy} onTap={async () => after(await home.run({ code }))}>
          设为我的家乡村
        </Button>
      ) : null}
      {mine && !mine.home ? (
        <Button kind="plain" busy={unfollow.busy} onTap={async () => after(await unfollow.run({ code }))}>
          取消关注
        </Button>
      ) : null}
    </Stack>
  );
}
