import { Page } from "../../ui/page.tsx";

export default function PhonePage() {
  return <Page title="验证手机号">{null}</Page>;
}
