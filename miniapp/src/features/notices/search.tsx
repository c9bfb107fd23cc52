import { Page } from "../../ui/page.tsx";

export default function NoticeSearch() {
  return <Page title="查公告">{null}</Page>;
}
