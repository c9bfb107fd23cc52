import { Page } from "../../ui/page.tsx";

export default function NoticeDesk() {
  return <Page title="待我处理">{null}</Page>;
}
