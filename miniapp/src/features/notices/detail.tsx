import { Page } from "../../ui/page.tsx";

export default function NoticeDetail() {
  return <Page title="公告">{null}</Page>;
}
