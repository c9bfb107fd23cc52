import { Page } from "../../ui/page.tsx";

export default function Compose() {
  return <Page title="写公告">{null}</Page>;
}
