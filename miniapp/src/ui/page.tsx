import { useDidShow } from "@tarojs/taro";
import { type ReactNode, useEffect, useState } from "react";
import { firstPageDrawn } from "../hooks/first-answers.ts";
import { useSteps } from "../hooks/use-steps.ts";
import { useTabCounts } from "../platform/badge.ts";
import { isWeb } from "../platform/env.ts";
import { goBack, goWhereHanded, goWhereScanned, type TabName } from "../platform/navigate.ts";
import { useNetworkBack, useOnline } from "../platform/network.ts";
import { setTitle } from "../platform/title.ts";
import { systemTypeScale } from "../platform/type-size.ts";
import { refreshLostMe, refreshOldMe, useSession } from "../session.ts";
import { AgreeSheet } from "./agree-sheet.tsx";
import { PageFrame } from "./frame.tsx";
import { LostSheet } from "./lost-sheet.tsx";
import { PartsTold, useParts } from "./parts.ts";
import { PrivacySheet } from "./privacy-sheet.tsx";

export type PageProps = {
  title: string;
  /** What the browser's tab says when it is not the bar's title: the name of the article. */
  docTitle?: string | undefined;
  /** Set on the four tabs. */
  tab?: TabName;
  /** The title stands in the content as its own heading (articles): then the bar's title is not one. */
  ownHeading?: boolean;
  /** Stays at the bottom: the one main button of a form. */
  foot?: ReactNode;
  children?: ReactNode;
};

/** The frame of every page: edition, title, ways around, offline bar. */
export function Page(props: PageProps) {
  const skin = useSession((session) => session.skin);
  const online = useOnline();
  const [kept, tell] = useParts();
  const unread = useTabCounts((counts) => counts.me ?? 0);
  const [scale, setScale] = useState(1);
  const title = isWeb ? (props.docTitle ?? props.title) : props.title;
  useEffect(() => setTitle(title), [title]);
  useDidShow(() => {
    setTitle(title);
    setScale(systemTypeScale());
    refreshOldMe();
    goWhereHanded();
  });
  useNetworkBack(refreshLostMe);
  useSteps(props.ownHeading ? "own" : "bar");
  useEffect(firstPageDrawn, []);
  useEffect(goWhereScanned, []);
  return (
    <PageFrame
      skin={skin}
      scale={scale}
      title={props.title}
      tab={props.tab ?? null}
      unread={unread > 9 ? "9+" : unread > 0 ? `${unread}` : null}
      ownHeading={props.ownHeading ?? false}
      offline={online ? null : kept}
      onBack={isWeb ? goBack : undefined}
      foot={props.foot}
    >
      <PartsTold value={tell}>{props.children}</PartsTold>
      {props.tab ? <AgreeSheet /> : null}
      {PLATFORM === "weapp" ? <PrivacySheet /> : null}
      {PLATFORM === "h5" ? <LostSheet /> : null}
    </PageFrame>
  );
}
