import { Page } from "../../ui/page.tsx";

export default function RegionPage() {
  return <Page title="切换村">{null}</Page>;
}
