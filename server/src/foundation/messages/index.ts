/** The front door of messages: what people are told, in the app always and outside of it where they allowed it. */
export type { MessagesDeps, Outside, Templates } from "./deps.ts";
export { messageJobs, messageTicks } from "./jobs.ts";
export { messagesRoom } from "./router.ts";
export { messagesHolding } from "./service.holding.ts";
export { inboxLive } from "./service.live.ts";
export { type Telling, tell } from "./service.tell.ts";
export { messageTemplates, waysOff } from "./service.ways.ts";
