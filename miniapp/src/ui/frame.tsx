import { View } from "@tarojs/components";
import { type CSSProperties, type ReactNode, useId } from "react";
import { isWeb } from "../platform/env.ts";
import { jumpTo } from "../platform/focus.ts";
import { type TabName, to } from "../platform/navigate.ts";
import type { Skin } from "../session.ts";
import { Box, Slot } from "./box.tsx";
import { Icon, type IconName } from "./icon.tsx";
import type { Kept } from "./parts.ts";
import { Tap } from "./tap.tsx";

const tabList: { name: TabName; word: string; icon: IconName }[] = [
  { name: "home", word: "首页", icon: "house" },
  { name: "services", word: "服务", icon: "layout-grid" },
  { name: "circle", word: "为村", icon: "users" },
  { name: "me", word: "我的", icon: "user" },
];

/** The site's tab bar; mini-programs have their own. */
function TabBar({ on, unread }: { on: TabName; unread: string | null }) {
  return (
    <Box role="navigation" class="tabbar" label="主导航">
      {tabList.map(({ name, word, icon }) => (
        <Tap
          key={name}
          class={`tabbar-in${name === on ? " tabbar-on" : ""}`}
          to={to(name)}
          current={name === on}
          label={name === "me" && unread !== null ? `${word}，${unread} 条未读消息` : undefined}
        >
          <Icon name={icon} />
          {word}
          {name === "me" && unread !== null ? (
            <Box class="tabbar-count" hidden>
              {unread}
            </Box>
          ) : null}
        </Tap>
      ))}
    </Box>
  );
}

/** The site's top bar: back, and where one is. */
function TopBar(props: { title: string; ownHeading: boolean; tab: boolean; onBack?: (() => void) | undefined }) {
  return (
    <Box role="banner" class="topbar">
      {props.tab ? null : (
        <Tap class="topbar-back" {...(props.onBack ? { onTap: props.onBack } : { to: to("home") })}>
          <Icon name="chevron-left" />
          返回
        </Tap>
      )}
      <Box class="topbar-title" {...(props.ownHeading ? {} : { role: "heading", level: 1 })}>
        {props.title}
      </Box>
    </Box>
  );
}

const offlineWords: Record<Kept, string> = {
  old: "没有网络，看到的是以前保存的内容",
  nothing: "没有网络，这一页还没有保存过，连上网以后才能看",
  "none-asked": "没有网络",
};

export type FrameProps = {
  skin: Skin;
  scale?: number;
  title: string;
  tab: TabName | null;
  /** The number on the site's tab 我的. */
  unread?: string | null;
  ownHeading: boolean;
  /** Without a network: what of the page can be seen all the same. Null when there is one. */
  offline: Kept | null;
  onBack?: (() => void) | undefined;
  foot?: ReactNode;
  children?: ReactNode;
};

/** A page as it is drawn, given everything it shows: the same on the phone, in the browser and on the server. */
export function PageFrame(props: FrameProps) {
  const id = useId();
  const scale = props.scale ?? 1;
  const bars = isWeb && (props.tab !== null || props.foot !== undefined);
  const own =
    scale !== 1 && props.skin === 0
      ? { style: { "--u": `${scale}px`, ...(scale > 1.3 ? { "--columns": 2 } : {}) } as CSSProperties }
      : {};
  const main = { role: "main", class: "main", ...(isWeb ? { id } : {}) } as const;
  const skip = (event: { preventDefault?: () => void }) => {
    event.preventDefault?.();
    jumpTo(id);
  };
  return (
    <View className={`page skin-${props.skin}${bars ? " barred" : ""}`} {...own}>
      {isWeb ? <View {...{ role: "link", href: `#${id}`, className: "skip", onClick: skip }}>跳到正文</View> : null}
      {isWeb && props.tab !== "home" ? (
        <TopBar title={props.title} ownHeading={props.ownHeading} tab={props.tab !== null} onBack={props.onBack} />
      ) : null}
      <Slot>
        {props.offline ? (
          <Box class="offline" role="status">
            <Icon name="wifi-off" size="s" />
            {offlineWords[props.offline]}
          </Box>
        ) : null}
      </Slot>
      {bars ? (
        // A bar over the content would half cover what is behind it: so the content scrolls between the bars.
        <Box class="scroll">
          <Box {...main}>{props.children}</Box>
        </Box>
      ) : (
        <Box {...main}>{props.children}</Box>
      )}
      {props.foot ? (
        <Box role="region" label="这一页能做的" class="foot">
          {props.foot}
        </Box>
      ) : null}
      {isWeb && props.tab ? <TabBar on={props.tab} unread={props.unread ?? null} /> : null}
    </View>
  );
}
