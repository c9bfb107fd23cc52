import { Page } from "../../ui/page.tsx";

export default function Services() {
  return <Page title="服务">{null}</Page>;
}
