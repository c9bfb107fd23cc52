import { Page } from "../../ui/page.tsx";

export default function SecondFactor() {
  return <Page title="动态口令">{null}</Page>;
}
