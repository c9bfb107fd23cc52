/** The village circle: what people write, and what others say to it. */
export { circleCallbacks, pushPath } from "./callbacks.ts";
export type { CircleDeps } from "./deps.ts";
export { circleJobs, circleTicks } from "./jobs.ts";
export { circleRoom } from "./router.ts";
export { circleHolding } from "./service.holding.ts";
export { loadWordCheck } from "./service.list.ts";
export { postLive, villageLive } from "./service.live.ts";
export { casesOfGone } from "./service.see.ts";
export { needConsent, needConsentSomewhere } from "./service.settings.ts";
export { postSubject } from "./service.subject.ts";
export { waitingModeration } from "./service.waiting.ts";
