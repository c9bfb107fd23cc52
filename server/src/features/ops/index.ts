export { opsRoom } from "./router.ts";
export { waiting as opsWaiting } from "./service.ts";
