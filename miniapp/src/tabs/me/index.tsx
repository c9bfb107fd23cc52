import { Page } from "../../ui/page.tsx";

export default function MePage() {
  return <Page title="我的">{null}</Page>;
}
