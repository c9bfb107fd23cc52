import { Page } from "../../ui/page.tsx";

export default function VerifyQueue() {
  return <Page title="审核认证">{null}</Page>;
}
