import { Page } from "../../ui/page.tsx";

export default function Settings() {
  return <Page title="设置">{null}</Page>;
}
