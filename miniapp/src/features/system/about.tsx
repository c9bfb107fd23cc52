import { Page } from "../../ui/page.tsx";

export default function About() {
  return <Page title="关于">{null}</Page>;
}
