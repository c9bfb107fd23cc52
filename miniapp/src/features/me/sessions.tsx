import { Page } from "../../ui/page.tsx";

export default function Sessions() {
  return <Page title="登录设备">{null}</Page>;
}
