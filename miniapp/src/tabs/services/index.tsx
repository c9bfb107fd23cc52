import { useUnread } from "../../hooks/use-unread.ts";
import { to } from "../../platform/navigate.ts";
import { may, useSession } from "../../session.ts";
import { Section, Stack, type Tile, Tiles } from "../../ui/card.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Page } from "../../ui/page.tsx";
import { Tap } from "../../ui/tap.tsx";

const looking: Tile[] = [
  { word: "全部公告", icon: "megaphone", to: to("notices") },
  { word: "停水停电", icon: "zap", to: to("notices", { category: "outage" }) },
  { word: "政策解读", icon: "scroll-text", to: to("notices", { category: "policy" }) },
  { word: "办事提醒", icon: "bell", to: to("notices", { category: "service" }) },
  { word: "健康医疗", icon: "heart-pulse", to: to("notices", { category: "health" }) },
  { word: "农事服务", icon: "sprout", to: to("notices", { category: "farming" }) },
  { word: "防灾安全", icon: "shield-alert", to: to("notices", { category: "safety" }) },
  { word: "招工就业", icon: "briefcase", to: to("notices", { category: "jobs" }) },
  { word: "文体活动", icon: "music", to: to("notices", { category: "culture" }) },
];

const doing: Tile[] = [
  { word: "预约办事", icon: "calendar-clock", to: to("offers") },
  { word: "认证村民", icon: "badge-check", to: to("verify") },
  { word: "换一个村", icon: "map-pin", to: to("region") },
  { word: "长辈版", icon: "a-large-small", to: to("settings") },
  { word: "反馈电话", icon: "phone", to: to("about") },
];

const staffTiles = (me: Parameters<typeof may>[0]): Tile[] => [
  ...(may(me, "notices.desk") ? ([{ word: "待我处理的公告", icon: "list-checks", to: to("desk") }] as const) : []),
  ...(may(me, "notices.write") ? ([{ word: "写公告", icon: "pencil", to: to("compose") }] as const) : []),
  ...(may(me, "circle.moderate") ? ([{ word: "内容审核", icon: "flag", to: to("moderation") }] as const) : []),
  ...(may(me, "appointments.manage")
    ? ([{ word: "来办的人", icon: "calendar-clock", to: to("daySheet") }] as const)
    : []),
  ...(may(me, "villagers.decide") ? ([{ word: "审核认证", icon: "id-card", to: to("verifyQueue") }] as const) : []),
];

export default function Services() {
  const me = useSession((session) => session.me);
  const staff = staffTiles(me);
  useUnread();
  return (
    <Page title="服务" tab="services">
      <Stack>
        <Tap class="searchbar" to={to("search")}>
          <Icon name="search" />
          搜公告、政策、办事
        </Tap>
        {staff.length > 0 ? <Group title="村务工作" tiles={staff} /> : null}
        <Group title="查询" tiles={looking} />
        <Group title="办事" tiles={doing} />
      </Stack>
    </Page>
  );
}

function Group({ title, tiles }: { title: string; tiles: Tile[] }) {
  return (
    <Section title={title}>
      <Tiles tiles={tiles} label={title} />
    </Section>
  );
}
