import {
  ApartmentOutlined,
  AuditOutlined,
  BarChartOutlined,
  EyeOutlined,
  FileTextOutlined,
  HomeOutlined,
  IdcardOutlined,
  InboxOutlined,
  KeyOutlined,
  MessageOutlined,
  SettingOutlined,
  SolutionOutlined,
  TableOutlined,
  UserOutlined,
} from "@ant-design/icons";
import { roleName } from "@weimenhu/domain/identity/roles";
import { Button, Skeleton } from "antd";
import { createElement, type ReactNode, Suspense, useEffect, useRef } from "react";
import { useAsk } from "../query.ts";
import { addressOf, Go, usePlace } from "../route.tsx";
import { PageHead } from "../ui/states.tsx";
import { Agree } from "./agree.tsx";
import { callMe, useMe } from "./me.ts";
import { type PageKey, pageAt, pagesFor } from "./nav.ts";
import { screens } from "./screens.ts";

const icons: Record<PageKey, ReactNode> = {
  waiting: <InboxOutlined aria-hidden />,
  cases: <MessageOutlined aria-hidden />,
  board: <BarChartOutlined aria-hidden />,
  moderation: <EyeOutlined aria-hidden />,
  notices: <FileTextOutlined aria-hidden />,
  portals: <ApartmentOutlined aria-hidden />,
  verification: <IdcardOutlined aria-hidden />,
  roster: <TableOutlined aria-hidden />,
  grants: <KeyOutlined aria-hidden />,
  regions: <HomeOutlined aria-hidden />,
  system: <SettingOutlined aria-hidden />,
  audit: <AuditOutlined aria-hidden />,
  account: <UserOutlined aria-hidden />,
};

function Menu({ current }: { current: PageKey | null }) {
  const me = useMe();
  const waiting = useAsk("desk.waiting", {}, me.may.includes("desk.open"));
  const count = waiting.data?.items.length ?? 0;
  return (
    <nav aria-label="主菜单">
      <ul>
        {pagesFor(me.may).map((page) => (
          <li key={page.key}>
            <Go to={addressOf([page.key])} aria-current={page.key === current ? "page" : undefined}>
              {icons[page.key]}
              <span>{page.title}</span>
              {page.key === "waiting" && count > 0 ? (
                <span className="count">
                  {count}
                  <span className="sr"> 件</span>
                </span>
              ) : null}
            </Go>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function NotHere() {
  return (
    <div className="stack">
      <PageHead title="没有这一页" hint="这一页不存在，或者您没有办理这项的权限。" />
      <p>
        <Go className="back" to={addressOf([])}>
          回到首页
        </Go>
      </p>
    </div>
  );
}

export function Frame({ signOut }: { signOut: () => void }) {
  const me = useMe();
  const place = usePlace();
  const about = useAsk("site.about", {});
  const current = pageAt(place.path, me.may);
  const main = useRef<HTMLElement>(null);
  const where = place.path.join("/");
  const seen = useRef(where);
  const siteName = about.data?.name ?? "微门户";
  const title = pagesFor(me.may).find((page) => page.key === current)?.title ?? "没有这一页";

  useEffect(() => {
    document.title = `${title} · ${siteName}工作台`;
  }, [title, siteName]);
  // A new page is announced and read from its top; the first one leaves the focus alone.
  useEffect(() => {
    if (seen.current !== where) main.current?.focus();
    seen.current = where;
  }, [where]);

  return (
    <div className="frame">
      <a className="skip" href="#main">
        跳到正文
      </a>
      <header>
        <Go to={addressOf([])} className="site">
          <SolutionOutlined aria-hidden />
          {siteName}工作台
        </Go>
        <ul aria-label="我的岗位">
          {me.roles.map((role) => (
            <li key={`${role.role}${role.region}`} className="mark">
              {role.regionName} · {roleName(role)}
            </li>
          ))}
        </ul>
        <span className="hint">{callMe(me)}</span>
        <Agree />
        <Button onClick={signOut}>退出</Button>
      </header>
      <Menu current={current} />
      <main id="main" ref={main} tabIndex={-1}>
        <Suspense fallback={<Skeleton active={false} paragraph={{ rows: 8 }} />}>
          {current ? createElement(screens[current]) : <NotHere />}
        </Suspense>
      </main>
    </div>
  );
}
