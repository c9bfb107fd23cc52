import { Page } from "../../ui/page.tsx";

export default function AccountPage() {
  return <Page title="账号与隐私">{null}</Page>;
}
