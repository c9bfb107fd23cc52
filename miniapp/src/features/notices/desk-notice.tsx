import { Page } from "../../ui/page.tsx";

export default function DeskNoticePage() {
  return <Page title="处理公告">{null}</Page>;
}
