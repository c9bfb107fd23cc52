/** Notices: written here or brought in from portals. */
export { type JobDeps, noticeJobs, noticeTicks } from "./jobs.ts";
export { type NoticesDeps, noticesRooms } from "./router.ts";
export { noticesHolding } from "./service.holding.ts";
export { noticesLive } from "./service.live.ts";
export type { SearchProvider } from "./service.search.ts";
export { waiting } from "./service.waiting.ts";
