import { Page } from "../../ui/page.tsx";

export default function DocumentPage() {
  return <Page title="说明">{null}</Page>;
}
