import type { ReactNode } from "react";
import type { Answer } from "../../hooks/use-ask.ts";
import type { Place } from "../../place.ts";
import { type Target, to } from "../../platform/navigate.ts";
import type { Skin } from "../../session.ts";
import { Box } from "../../ui/box.tsx";
import { Button } from "../../ui/button.tsx";
import { Card, List, Section, Stack, type Tile, Tiles } from "../../ui/card.tsx";
import { ElderSwitch } from "../../ui/elder-switch.tsx";
import { Icon, type IconName } from "../../ui/icon.tsx";
import { NoticeRow } from "../../ui/notice-row.tsx";
import { AnswerView, Empty } from "../../ui/states.tsx";
import { Tap } from "../../ui/tap.tsx";
import { Heading, Para } from "../../ui/words.tsx";
import type { NoticeCard, OutputOf } from "../../wire.ts";

/** Something that waits for the person, with the one button that leads to it. */
export type Today = { words: string; icon: IconName; button: string; to: Target };

export type HomeProps = {
  skin: Skin;
  onSkin?: (skin: Skin) => void;
  place: Place | null;
  county: string;
  /** Null while it is not known who runs the site. */
  about: OutputOf<"site.about"> | null;
  today: Today[];
  tiles: Tile[];
  village: Answer<OutputOf<"notices.list">> | null;
  countyNotices: Answer<OutputOf<"notices.list">>;
  now?: number;
  /** What the village says, for who may read it. */
  said?: ReactNode;
};

/** What the page asks for first; the site's server asks the same. */
export const homeAsks = { county: { limit: 5 }, village: (region: string) => ({ region, limit: 3 }) };

/** What everybody finds on the home page; the demo's services are kinds of notices. */
export const homeTiles: Tile[] = [
  { word: "通知公告", icon: "megaphone", to: to("notices", { category: "announcement" }) },
  { word: "停水停电", icon: "zap", to: to("notices", { category: "outage" }) },
  { word: "办事提醒", icon: "bell", to: to("notices", { category: "service" }) },
  { word: "政策解读", icon: "scroll-text", to: to("notices", { category: "policy" }) },
  { word: "健康医疗", icon: "heart-pulse", to: to("notices", { category: "health" }) },
  { word: "招工就业", icon: "briefcase", to: to("notices", { category: "jobs" }) },
  { word: "认证村民", icon: "badge-check", to: to("verify") },
  { word: "全部服务", icon: "layout-grid", to: to("services") },
];

export function HomeView(props: HomeProps) {
  const { place, village, countyNotices } = props;
  const inVillage = new Set((village?.data?.items ?? []).slice(0, 3).map(({ id }) => id));
  const notInVillage = (items: NoticeCard[]) => items.filter(({ id }) => !inVillage.has(id)).slice(0, village ? 3 : 5);
  return (
    <Stack>
      <Box>
        <Box class="home-head">
          <Tap class="home-place" to={to("region")} label={`${place?.name ?? props.county}，换一个村`}>
            <Heading level={1}>{place?.name ?? props.county}</Heading>
            <Icon name="chevron-down" />
          </Tap>
          <ElderSwitch skin={props.skin} onChange={props.onSkin} />
        </Box>
        <Tap class="searchbar" to={to("search")}>
          <Icon name="search" />
          搜公告、政策、办事
        </Tap>
      </Box>
      {props.today.length > 0 ? <TodayStrip items={props.today} /> : null}
      <Box>
        <Heading level={2} class="hide">
          常用服务
        </Heading>
        <Tiles tiles={props.tiles} label="常用服务" />
      </Box>
      {village && place ? (
        <Notices
          title={`${place.name}公告`}
          answer={village}
          more={to("notices", { region: place.code })}
          pick={(items) => items.slice(0, 3)}
          now={props.now}
        />
      ) : null}
      <Notices
        title={`${props.county}公告`}
        answer={countyNotices}
        more={to("notices", { region: "all" })}
        pick={notInVillage}
        now={props.now}
      />
      {props.said}
      {props.about ? <Foot about={props.about} /> : null}
    </Stack>
  );
}

/** Who runs the site and under which filing numbers: every government site says so at its foot. */
function Foot({ about }: { about: OutputOf<"site.about"> }) {
  const lines = [`主办：${about.hostUnit}`, `电话：${about.phone}`, about.icp, about.police, about.filing].filter(
    Boolean,
  );
  return (
    <Box role="group" label="关于本站">
      {lines.map((line) => (
        <Para key={line} size="note">
          {line}
        </Para>
      ))}
    </Box>
  );
}

function TodayStrip({ items }: { items: Today[] }) {
  return (
    <Box>
      <Heading level={2} class="hide">
        今天
      </Heading>
      <List label="今天等您办的事">
        {items.map((item) => (
          <Box key={item.words} class="row today">
            <Box class="today-words">
              <Icon name={item.icon} />
              <Box class="grow">{item.words}</Box>
            </Box>
            <Button small to={item.to} label={`${item.button}：${item.words}`}>
              {item.button}
            </Button>
          </Box>
        ))}
      </List>
    </Box>
  );
}

function Notices(props: {
  title: string;
  answer: Answer<OutputOf<"notices.list">>;
  more: Target;
  pick: (items: NoticeCard[]) => NoticeCard[];
  now: number | undefined;
}) {
  return (
    <Section title={props.title} more={{ words: "全部", to: props.more }}>
      <AnswerView answer={props.answer} rows={3}>
        {({ items }) => {
          const shown = props.pick(items);
          if (shown.length === 0) {
            return (
              <Card>
                <Empty words="这里还没有公告" />
              </Card>
            );
          }
          return (
            <List>
              {shown.map((notice) => (
                <NoticeRow key={notice.id} notice={notice} now={props.now} />
              ))}
            </List>
          );
        }}
      </AnswerView>
    </Section>
  );
}
