/** The front door of the region tree and of following: what other rooms may ask. */
export { regionsRoom } from "./router.ts";
export {
  dropFollows,
  ensureCounty,
  followsOf,
  moveFollows,
  placeNamedIn,
  placeScope,
  regionNames,
  requireRegion,
  requireVillage,
} from "./service.ts";
