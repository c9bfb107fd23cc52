import { Page } from "../../ui/page.tsx";

export default function Update() {
  return <Page title="更新">{null}</Page>;
}
