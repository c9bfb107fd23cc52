import { usePullDownRefresh, useReachBottom } from "@tarojs/taro";
import { lineage } from "@weimenhu/domain/base/region";
import { useMemo, useState } from "react";
import { useAsk } from "../../hooks/use-ask.ts";
import { useLive } from "../../hooks/use-live.ts";
import { usePages } from "../../hooks/use-pages.ts";
import { now } from "../../platform/clock.ts";
import { keepInAddress, pageQuery, to } from "../../platform/navigate.ts";
import { endPullDown } from "../../platform/pull.ts";
import { useShare } from "../../platform/share.ts";
import { useSession } from "../../session.ts";
import { Page } from "../../ui/page.tsx";
import { isKind, type Kind, listInput, listTitle, NoticeListView } from "./list-view.tsx";

/** `region`: a code, or "all" for the county; without one the village looked at now. */
export default function NoticeList() {
  const [query] = useState(pageQuery);
  const { place, skin } = useSession();
  const [lead] = useState<Kind>(isKind(query.category) ? query.category : "all");
  const [kind, setKind] = useState(lead);
  const choose = (next: Kind) => {
    setKind(next);
    keepInAddress("category", next === "all" ? null : next);
  };
  const code = query.region === "all" ? undefined : (query.region ?? place?.code);
  const input = useMemo(() => listInput(code, kind), [code, kind]);
  const pages = usePages("notices.list", input, { keep: true });
  const region = useAsk("regions.get", code ? { code } : null, { keep: true, freshMs: 600_000 });
  useReachBottom(pages.loadMore);
  // Who has scrolled on is not thrown back to the first page.
  const atStart = pages.items.length <= (input.limit ?? 0);
  useLive(code && atStart ? lineage(code).map((each) => `notices:${each}`) : [], pages.first.retry);
  usePullDownRefresh(() => {
    pages.first.retry();
    endPullDown();
  });
  const title = listTitle(code ? (region.data?.name ?? "") : null);
  useShare(title, to("notices", query));
  return (
    <Page title={title}>
      <NoticeListView
        kind={kind}
        lead={lead}
        onKind={choose}
        elder={skin !== 0}
        first={pages.first}
        items={pages.items}
        more={pages.more}
        moreFault={pages.moreFault}
        onMore={pages.loadMore}
        now={now()}
      />
    </Page>
  );
}
