/** The front door of pictures and files. */
export { type MediaRoutes, mediaRoutes } from "./callbacks.ts";
export { sweep } from "./jobs.ts";
export { mediaHolding } from "./service.holding.ts";
export { claimMedia, shownPictures, storePicture } from "./service.ts";
export { showOnly } from "./service.withdrawn.ts";
export { type Folder, localFolder } from "./store.files.ts";
export { pictureAt, smallPicture, urlOf } from "./view.ts";
