import { Page } from "../../ui/page.tsx";

export default function Verify() {
  return <Page title="认证村民">{null}</Page>;
}
