import { Page } from "../../ui/page.tsx";

export default function Home() {
  return <Page title="首页">{null}</Page>;
}
