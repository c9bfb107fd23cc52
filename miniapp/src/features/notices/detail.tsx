import { useReachBottom } from "@tarojs/taro";
import { useState } from "react";
import { useAsk } from "../../hooks/use-ask.ts";
import { now } from "../../platform/clock.ts";
import { pageQuery, to } from "../../platform/navigate.ts";
import { useShare } from "../../platform/share.ts";
import { Page } from "../../ui/page.tsx";
import { AnswerView, NothingHere } from "../../ui/states.tsx";
import { NoticeView } from "./detail-view.tsx";

export default function NoticeDetail() {
  const [{ id = "" }] = useState(pageQuery);
  const notice = useAsk("notices.get", id === "" ? null : { id }, { keep: true });
  const [reached, setReached] = useState(0);
  useReachBottom(() => setReached(reached + 1));
  useShare(notice.data?.title ?? "公告", to("notice", { id }));
  return (
    <Page title="公告" docTitle={notice.data?.title} ownHeading={notice.data !== null}>
      {id === "" ? (
        <NothingHere about="notice" />
      ) : (
        <AnswerView answer={notice} rows={5} about="notice">
          {(data) => <NoticeView notice={data} now={now()} reached={reached} />}
        </AnswerView>
      )}
    </Page>
  );
}
