/** The front door of the region tree and of following: what other rooms may ask. */
export { regionsRoom } from "./router.ts";
export {
  ensureCounty,
  followsHolding,
  followsOf,
  moveFollows,
  placeNamedIn,
  placeScope,
  placesBelow,
  regionNames,
  requireRegion,
  requireVillage,
} from "./service.ts";
