import type { Contract } from "@weimenhu/contract";
import type { photo } from "@weimenhu/contract/cases";
import type { answer, comment, postCard } from "@weimenhu/contract/circle";
import type { CaseMove, RefusalReason } from "@weimenhu/domain/cases/state";
import type { Caller } from "@weimenhu/domain/permissions";
import type * as z from "zod/mini";
import { type CaseFace, goneName, hiddenName, nameKey, type Writer } from "../../foundation/cases/index.ts";
import { type Sign, signedPicture } from "../../foundation/media/index.ts";
import { handles, hidesIn, isOpen, mayEdit, moderates, sightFor, speechRefusal, unmasks } from "./service.rules.ts";
import { type AppealRow, appealedIn } from "./store.check.ts";
import type { CommentRow, PostRow } from "./store.ts";

export type Card = z.output<typeof postCard>;
export type Comment = z.output<typeof comment>;
export type Post = z.output<Contract["circle"]["get"]["output"]>;
export type Photo = z.output<typeof photo>;
type Answer = z.output<typeof answer>;

/** The newest official answer as the row keeps it; names are looked up when it is shown. */
export type KeptAnswer = {
  at: number;
  by: string;
  mark: Writer["mark"];
  title: string | null;
  text: string;
  /** Ids: the pictures are looked up too. */
  photos: string[];
  move: CaseMove | null;
  reason: RefusalReason | null;
};

export const photosOf = (row: Pick<PostRow, "photos">): KeptPhoto[] => JSON.parse(row.photos) as KeptPhoto[];
export type KeptPhoto = Photo & { id: string };
export const answerOf = (row: Pick<PostRow, "answer">): KeptAnswer | null =>
  row.answer === null ? null : (JSON.parse(row.answer) as KeptAnswer);

/** The photos of a post for those who may see it: everybody's by their names, all others by addresses that end. */
export const photosFor = (sign: Sign, now: number, row: PostRow): Photo[] =>
  photosOf(row).map(({ url, small, width, height }) => {
    const photo = { url, small, width, height };
    return isOpen(row) ? photo : signedPicture(sign, now, photo);
  });

/** A post with everything that is the same for all who may see it: what a page kept in memory holds. */
export type Shared = {
  row: PostRow;
  villageName: string;
  names: ReadonlyMap<string, string>;
  photos: readonly Photo[];
  answer: KeptAnswer | null;
  pictures: ReadonlyMap<string, Photo>;
  /** As somebody without any part in it sees it. */
  face: CaseFace | null;
};

export type Eyes = {
  caller: Caller;
  now: number;
  blocked: ReadonlySet<string>;
  liked: (id: string) => boolean;
  /** By subject: the handling as this viewer may act on it; what is not in here is seen from outside. */
  faces: ReadonlyMap<string, CaseFace>;
  /** Villages where a child may not speak yet. */
  mute: ReadonlySet<string>;
  /** What this viewer has appealed for already, as it stands. */
  appealed: ReadonlySet<string>;
};

type Wrote = { author: string; mark: Writer["mark"]; title: string | null };

/** The one place that lets a name out. Whoever hides has none, for staff neither. */
export function writerOf(wrote: Wrote, caller: Caller, hidden: boolean, names: ReadonlyMap<string, string>): Writer {
  const mine = wrote.author === caller.personId;
  if (hidden && !mine) return { name: hiddenName, mark: "none", title: null, hidden: true, mine: false };
  return {
    name: names.get(nameKey(wrote.author, wrote.mark)) ?? goneName,
    mark: wrote.mark,
    title: wrote.title,
    hidden,
    mine,
  };
}

const answerOnWire = (kept: KeptAnswer, caller: Caller, { names, pictures }: Shared): Answer => ({
  at: kept.at,
  by: writerOf({ author: kept.by, mark: kept.mark, title: kept.title }, caller, false, names),
  text: kept.text,
  photos: kept.photos.flatMap((id) => pictures.get(id) ?? []),
  move: kept.move,
  reason: kept.reason,
});

/** Row → wire for one viewer; null when there is nothing for them. */
export function present(shared: Shared, eyes: Eyes): Card | null {
  const { row, names } = shared;
  const { caller } = eyes;
  const sight = sightFor(row, caller, eyes.blocked);
  if (sight.post === "nothing") return null;
  const whole = sight.post === "whole";
  const own = row.author === caller.personId;
  return {
    id: row.id,
    village: row.village,
    villageName: shared.villageName,
    kind: row.kind,
    audience: row.audience,
    at: row.createdAt,
    by: { ...writerOf(row, caller, sight.author === "hidden", names), hidden: row.hidden === 1 },
    text: whole ? row.text : "",
    photos: whole ? [...shared.photos] : [],
    place: whole ? row.place : null,
    edited: row.editedAt !== null,
    deleted: row.deletedAt !== null,
    check: row.checkState,
    refused: own || moderates(caller, row.village) ? row.refused : null,
    likes: row.likes,
    liked: eyes.liked(row.id),
    comments: row.comments,
    answer: whole && shared.answer ? answerOnWire(shared.answer, caller, shared) : null,
    // Whoever deleted the own words is still led to what is done about them.
    case: whole || own ? (eyes.faces.get(subjectOf(row.id)) ?? shared.face) : null,
    may: whole ? mayDo(row, eyes) : [],
  };
}

export const subjectOf = (id: string): string => `post:${id}`;

function mayDo(row: PostRow, { caller, now, mute, appealed }: Eyes): Card["may"] {
  const own = row.author === caller.personId;
  const shown = row.checkState === "passed";
  const may: Card["may"] = [];
  const belongs = speechRefusal(caller, row.village) === null;
  const speaks = belongs && !mute.has(row.village);
  if (speaks && mayEdit(row, caller, now)) may.push("edit");
  if (own) may.push("delete");
  if (shown && speaks) may.push("comment");
  if (shown && belongs) may.push("like");
  if (!own && shown) may.push("report", "block");
  if (shown && handles(caller, row.village)) may.push("reply");
  if (row.hidden === 1 && !own && unmasks(caller, row.village)) may.push("unmask");
  if (own && row.checkState === "refused" && !appealed.has(row.id)) may.push("appeal");
  if (moderates(caller, row.village)) may.push("decide");
  return may;
}

export function commentOnWire(
  post: PostRow,
  row: CommentRow,
  caller: Caller,
  names: ReadonlyMap<string, string>,
  appeal?: AppealRow,
): Comment {
  const own = row.author === caller.personId;
  const deleted = row.deletedAt !== null;
  const may: Comment["may"] = [];
  if (!deleted && own) may.push("delete");
  if (!deleted && !own) may.push("report", "block");
  if (!deleted && own && row.checkState === "refused" && !appeal) may.push("appeal");
  if (!deleted && moderates(caller, post.village)) may.push("decide");
  return {
    id: row.id,
    at: row.createdAt,
    by: writerOf(row, caller, hidesIn(post, row), names),
    under: row.under,
    text: deleted ? "" : row.text,
    deleted,
    check: row.checkState,
    refused: own || moderates(caller, post.village) ? row.refused : null,
    ...(own && appeal ? { appealed: appealedIn(appeal) } : {}),
    may,
  };
}

/** A card as its author gets the post alone: with the appeal for the text that stands. */
export const withAppeal = (card: Card, appeal: AppealRow): Card & Pick<Post, "appealed"> => ({
  ...card,
  appealed: appealedIn(appeal),
  may: card.may.filter((act) => act !== "appeal"),
});
