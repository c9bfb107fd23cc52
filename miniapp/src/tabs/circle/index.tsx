import { Page } from "../../ui/page.tsx";

export default function Circle() {
  return <Page title="为村">{null}</Page>;
}
