export { deskRoom } from "./router.ts";
export type { Waiting } from "./service.ts";
