import { Page } from "../../ui/page.tsx";

export default function SignIn() {
  return <Page title="登录">{null}</Page>;
}
