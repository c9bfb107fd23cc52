import { mine, whoIsHere } from "./mine.ts";

/** Normal, larger, largest: the edition somebody reads in. */
export type Skin = 0 | 1 | 2;
export const isSkin = (value: unknown): value is Skin => value === 0 || value === 1 || value === 2;

const key = "unsaved-skin";
/** A phone that is full, or keeps nothing, remembers it while the app runs. */
let unkept: { of: string | null; skin: Skin } | null = null;

/** An edition that was chosen and that the account does not know yet; of nobody, too: whoever signs in next has chosen it. */
export const unsavedSkin = {
  get(of = whoIsHere()): Skin | null {
    const kept = unkept?.of === of ? unkept.skin : mine.get(key, of);
    return isSkin(kept) ? kept : null;
  },
  set(skin: Skin, of = whoIsHere()): void {
    unkept = mine.set(key, skin, of) ? null : { of, skin };
  },
  remove(of = whoIsHere()): void {
    if (unkept?.of === of) unkept = null;
    mine.remove(key, of);
  },
};
