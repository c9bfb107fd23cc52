import { type Body, bodyFault, bodyText, picturesOf, summaryOf } from "@weimenhu/domain/body";
import type { NoticeCategory } from "@weimenhu/domain/notices/category";
import { claimMedia, pictureAt, smallPicture, urlOf } from "../../foundation/media/index.ts";
import { sha256 } from "../../kernel/digest.ts";
import { refuse } from "../../kernel/refuse.ts";
import type { Tx } from "../../kernel/tx.ts";
import type { VersionRow } from "./store.ts";
import { type Attachment, mapPictures, readAttachments, readBody, shownBody } from "./view.ts";

/** What a person has typed. */
export type Words = {
  title: string;
  category: NoticeCategory;
  body: Body;
  attachments?: string[] | undefined;
  reach?: "here" | "subtree" | undefined;
};
/** A text that is fit to be stored. */
export type Content = Pick<VersionRow, "title" | "category" | "reach" | "body" | "words" | "attachments" | "digest">;

/** Tells whether two sendings say the same; made of what was sent, not of what was stored. */
export const digestOf = (words: Words, more: readonly string[] = []): string =>
  sha256(
    JSON.stringify([...more, words.title, words.category, words.reach ?? "here", words.body, words.attachments ?? []]),
  );

/** BODY_BAD with the first fault; pictures and attachments must be the writer's own or stand in this notice already. */
export async function prepare(tx: Tx, notice: string, person: string, words: Words): Promise<Content> {
  const fault = bodyFault(words.body);
  if (fault) throw refuse("BODY_BAD", { details: { fault } });
  const pictures = picturesOf(words.body).map((picture) => pictureAt(picture.src));
  const digests = pictures.flatMap((picture) => picture?.digest ?? []);
  const ids = words.attachments ?? [];
  const owner = `notice:${notice}`;
  const media = pictures.includes(undefined) ? null : await claimMedia(tx, { owner, person, ids, digests });
  if (!media) throw refuse("BODY_BAD", { details: { fault: "bad-picture" } });
  const body = mapPictures(words.body, (src) => {
    const row = media.byDigest.get(pictureAt(src)?.digest ?? "");
    return row ? { src: urlOf(row), ...(row.width && row.height ? { w: row.width, h: row.height } : {}) } : null;
  });
  const attachments = [...new Set(ids)].flatMap((id): Attachment[] => {
    const row = media.byId.get(id);
    return row ? [{ id, name: row.name, url: urlOf(row), bytes: row.bytes, kind: row.kind }] : [];
  });
  return {
    title: words.title,
    category: words.category,
    reach: words.reach ?? "here",
    body: JSON.stringify(body),
    words: bodyText(body),
    attachments: JSON.stringify(attachments),
    digest: digestOf(words),
  };
}

export const isEmpty = (version: Pick<VersionRow, "words" | "body" | "attachments">): boolean =>
  version.words.trim() === "" &&
  picturesOf(JSON.parse(version.body) as Body).length === 0 &&
  version.attachments === "[]";

/** The pictures and attachments of a stored text. */
export function filesIn(version: Pick<VersionRow, "body" | "attachments">): { ids: string[]; digests: string[] } {
  const pictures = picturesOf(readBody(version.body)).flatMap(({ src }) => pictureAt(src)?.digest ?? []);
  return { ids: readAttachments(version.attachments).map(({ id }) => id), digests: pictures };
}

/** What a list shows of a text beside its title. */
export function faceOf(body: Body): { summary: string; cover: string | null } {
  const shown = shownBody(body);
  const [picture] = picturesOf(shown);
  return { summary: summaryOf(shown), cover: picture ? smallPicture(picture.src) : null };
}
