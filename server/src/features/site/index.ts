export { siteRoom } from "./router.ts";
