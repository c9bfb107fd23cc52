import { claimMedia, showOnly, smallPicture, urlOf } from "../../foundation/media/index.ts";
import { sha256 } from "../../kernel/digest.ts";
import { refuse } from "../../kernel/refuse.ts";
import type { Tx } from "../../kernel/tx.ts";
import { isOpen } from "./service.rules.ts";
import type { PostRow } from "./store.ts";
import { type KeptPhoto, photosOf, subjectOf } from "./view.ts";

export type Words = { text: string; photos?: string[] | undefined; place?: string | undefined };

/** What the same act sent again must repeat. */
export const digestOf = (parts: readonly unknown[]): string => sha256(JSON.stringify(parts));
export const digestOfWords = ({ text, photos, place }: Words, more: readonly unknown[] = []): string =>
  digestOf([text, photos ?? [], place ?? "", ...more]);

/**
 * Puts the photos of a post into use, in the order given, each once, and those that it no longer shows out of use. Only
 * pictures that its author uploaded, or that the post shows already; whether another one exists is not told.
 */
export async function usePhotos(
  tx: Tx,
  post: Pick<PostRow, "id" | "author" | "shelf" | "hidden">,
  wanted: readonly string[],
  at: number,
): Promise<KeptPhoto[]> {
  const ids = [...new Set(wanted)];
  const claimed = await claimMedia(tx, { owner: subjectOf(post.id), person: post.author, ids, digests: [] });
  const photos = ids.flatMap((id) => {
    const row = claimed?.byId.get(id);
    const url = row ? urlOf(row) : "";
    const small = smallPicture(url);
    return row && small !== null ? [{ id, url, small, width: row.width ?? 0, height: row.height ?? 0 }] : [];
  });
  if (photos.length !== ids.length) throw refuse("BAD_INPUT", { details: { fields: ["photos"] } });
  await showPhotos(tx, { ...post, photos: JSON.stringify(photos) }, at);
  return photos;
}

/** With every change of who may see a post: its photos lie open, or are there by signed addresses only. */
export const showPhotos = (
  tx: Tx,
  post: Pick<PostRow, "id" | "shelf" | "hidden" | "photos">,
  at: number,
): Promise<void> =>
  showOnly(tx, {
    owner: subjectOf(post.id),
    ids: photosOf(post).map(({ id }) => id),
    digests: [],
    at,
    to: isOpen(post) ? "public" : "signed",
  });
