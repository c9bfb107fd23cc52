import { Page } from "../../ui/page.tsx";

export default function NoticeList() {
  return <Page title="公告">{null}</Page>;
}
