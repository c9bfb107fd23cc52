import { usePullDownRefresh } from "@tarojs/taro";
import { useAsk } from "../../hooks/use-ask.ts";
import { useUnread } from "../../hooks/use-unread.ts";
import { now } from "../../platform/clock.ts";
import { to } from "../../platform/navigate.ts";
import { endPullDown } from "../../platform/pull.ts";
import { useShare } from "../../platform/share.ts";
import { may, setSkin, useSession } from "../../session.ts";
import { Page } from "../../ui/page.tsx";
import { Said } from "./said.tsx";
import { todayOf } from "./today.ts";
import { HomeView, homeAsks, homeTiles } from "./view.tsx";

/** The newest thing of one's own that the village says is done. */
const oneDone = { which: "mine", state: "confirming", limit: 1 } as const;

export default function Home() {
  const { me, skin, place } = useSession();
  const about = useAsk("site.about", {}, { keep: true, freshMs: 600_000 });
  const countyNotices = useAsk("notices.list", homeAsks.county, { keep: true });
  const village = useAsk("notices.list", place ? homeAsks.village(place.code) : null, { keep: true });
  const staff = may(me, "desk.open") && me?.phone !== null;
  const waiting = useAsk("desk.waiting", staff ? {} : null);
  const name = about.data?.name ?? "微门户";
  const unread = useUnread();
  // Whoever has raised something belongs to a village; asked together with what it says.
  const raises = me !== null && me.phone !== null && me.villages.length > 0;
  const done = useAsk("circle.feed", raises ? oneDone : null);
  const confirm = done.data?.items.find((post) => post.case?.may.includes("confirm"))?.case?.id ?? null;
  usePullDownRefresh(() => {
    countyNotices.retry();
    village.retry();
    endPullDown();
  });
  useShare(name, to("home"));
  return (
    <Page title={name} tab="home" ownHeading>
      <HomeView
        skin={skin}
        onSkin={setSkin}
        place={place}
        county={about.data?.county.name ?? "全县"}
        about={about.data}
        today={todayOf(me, place, waiting.data?.items ?? [], { confirm, unread })}
        tiles={homeTiles}
        village={place ? village : null}
        countyNotices={countyNotices}
        now={now()}
        said={me && place ? <Said me={me} place={place} /> : null}
      />
    </Page>
  );
}
