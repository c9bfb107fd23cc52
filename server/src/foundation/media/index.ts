/** The front door of pictures and files. */
export { type MediaRoutes, mediaRoutes } from "./callbacks.ts";
export { type Swept, sweep } from "./jobs.ts";
export { type Addresses, addresses, type Sign, signedPicture } from "./service.addresses.ts";
export { mediaHolding } from "./service.holding.ts";
export { letGo, showOnly } from "./service.sight.ts";
export { claimMedia, shownPictures, storePicture } from "./service.ts";
export { type Files, openFiles } from "./store.files.ts";
export { pictureAt, smallPicture, urlOf } from "./view.ts";
