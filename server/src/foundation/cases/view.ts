import type { Contract } from "@weimenhu/contract";
import type { caseFace, photo, step, writer } from "@weimenhu/contract/cases";
import { levelOf } from "@weimenhu/domain/base/region";
import type { Stars } from "@weimenhu/domain/cases/rating";
import { roundForOthers } from "@weimenhu/domain/cases/rating-privacy";
import { allowedCaseMoves, type CaseState, caseTable } from "@weimenhu/domain/cases/state";
import type { Caller } from "@weimenhu/domain/permissions";
import type * as z from "zod/mini";
import { inOffice } from "../identity/index.ts";
import type { CasesDeps, Looks, ShownSubject } from "./deps.ts";
import { actorsOf, factsOf, type Offices, timing, waitsFor } from "./service.facts.ts";
import { type CaseRow, type RatingRow, type StepRow, tagsOf } from "./store.ts";

export type CaseFace = z.output<typeof caseFace>;
export type StepOnWire = z.output<typeof step>;
export type Writer = z.output<typeof writer>;
export type Photo = z.output<typeof photo>;
export type WholeCase = z.output<Contract["cases"]["get"]["output"]>;
export type DeskCase = z.output<Contract["cases"]["desk"]["output"]>["items"][number];

/** How one who hides is called, and one whose account is closed. */
export const hiddenName = "匿名村民";
export const goneName = "已注销用户";
/** What was raised, where its words are gone. */
const goneWords = "（原文已删除）";
export const summaryOf = ({ summary }: Pick<CaseRow, "summary">): string => summary || goneWords;

const ended: readonly CaseState[] = ["closed", "refused"];
type Kept = { summary: string; place: string | null };

/** What was raised, for those who handle it. Of what its author deleted it stays as long as there is something to do. */
export const keptOf = (row: CaseRow, shown: Pick<ShownSubject, "gone" | "place"> | undefined): Kept =>
  shown?.gone && ended.includes(row.state)
    ? { summary: goneWords, place: null }
    : { summary: summaryOf(row), place: shown?.place ?? null };

/** `stars`: what the author gave to the round that runs; the caller of this sees to it that nobody else gets them. */
export function faceOf(
  deps: CasesDeps,
  row: CaseRow,
  caller: Caller | null,
  now: number,
  { stars, did }: { stars: Stars | null; did: Parameters<typeof factsOf>[1] },
): CaseFace {
  const { step, dueAt, colour, left, provisional } = timing(deps.calendar(), row, now);
  return {
    id: row.id,
    state: row.state,
    level: levelOf(row.region) === "village" ? "village" : "town",
    round: caller?.personId === row.author ? row.roundKind : roundForOthers(row.roundKind),
    clock: { step, dueAt, colour, left, provisional },
    outcome: row.outcome,
    reason: row.reason,
    stars,
    may: allowedCaseMoves(factsOf(row, did), actorsOf(row, caller), now),
  };
}

/** Under which key the name of a writer is asked for: in office, or as a neighbour. */
export const nameKey = (person: string, mark: Writer["mark"]): string =>
  mark === "official" ? inOffice(person) : person;

type Seen = {
  caller: Caller | null;
  author: string;
  hidden: boolean;
  looks: Looks | undefined;
  names: ReadonlyMap<string, string>;
};

/** `place`: counted among the steps that this viewer reads, so that no gap tells of one that they do not. */
export function stepOnWire(row: StepRow, place: number, seen: Seen, pictures: ReadonlyMap<string, Photo>): StepOnWire {
  const mine = row.actor !== null && row.actor === seen.caller?.personId;
  const look = seen.looks?.get(row.number);
  const withheld = look !== undefined && !mine;
  return {
    id: String(place),
    at: row.at,
    move: row.move,
    by: row.actor === null ? null : writerOf(row, row.actor, mine, seen),
    text: withheld ? "" : row.text,
    photos: withheld ? [] : photosOf(row).flatMap((id) => pictures.get(id) ?? []),
    withheld,
    check: look?.check ?? "passed",
    refused: mine ? (look?.refused ?? null) : null,
    ...(mine && look ? photosRefused(photosOf(row), look.risky) : {}),
    appeal: mine && look?.check === "refused" && !look.appealed ? look.id : null,
    ...(mine && look?.appealed ? { appealed: look.appealed } : {}),
    reason: row.reason,
  };
}

function photosRefused(ids: readonly string[], risky: readonly string[]): Pick<StepOnWire, "photosRefused"> {
  const which = ids.flatMap((id, i) => (risky.includes(id) ? [i + 1] : []));
  return which.length > 0 ? { photosRefused: which } : {};
}

function writerOf(row: StepRow, actor: string, mine: boolean, seen: Seen): Writer {
  // An answer given in office shows its writer, also when the same person hides as the author.
  const hidden = seen.hidden && actor === seen.author && row.mark !== "official";
  if (hidden && !mine) return { name: hiddenName, mark: "none", title: null, hidden: true, mine: false };
  return { name: seen.names.get(nameKey(actor, row.mark)) ?? goneName, mark: row.mark, title: row.title, hidden, mine };
}

export const photosOf = (row: Pick<StepRow, "photos">): string[] => JSON.parse(row.photos) as string[];

export const ratingOnWire = ({ stars, tags, text, at }: RatingRow): WholeCase["ratings"][number] => ({
  stars: stars as Stars,
  tags: tagsOf(tags),
  text,
  at,
});

export type Around = {
  names: ReadonlyMap<string, string>;
  places: ReadonlyMap<string, string>;
  shown: ReadonlyMap<string, ShownSubject>;
  /** By id of the case: the step that stopped its clock. */
  pauses: ReadonlyMap<string, Pick<StepRow, "number" | "actor" | "text">>;
  offices: Offices;
  /** The address of a picture for those who may see the case. */
  address: (picture: string) => string;
};

export const deskCase = (face: CaseFace, row: CaseRow, caller: Caller | null, around: Around): DeskCase => {
  const shown = around.shown.get(row.subject);
  const { summary, place } = keptOf(row, shown);
  const pause = around.pauses.get(row.id);
  // As in the record: what has not passed is read by who wrote it alone.
  const why = pause && (pause.actor === caller?.personId || !shown?.looks?.has(pause.number)) ? pause.text : undefined;
  return {
    ...face,
    subject: row.subject,
    village: row.village,
    villageName: around.places.get(row.village) ?? "",
    summary,
    ...(place === null ? {} : { place }),
    ...(why === undefined ? {} : { pausedWhy: why }),
    picture: pictureOf(row, around),
    raisedAt: row.createdAt,
    assignee: row.assignee === null ? null : (around.names.get(inOffice(row.assignee)) ?? goneName),
    waitsForMe: waitsFor(row, caller, around.offices),
    // Once it is answered, or anew with somebody else, nobody decides about it any more.
    moreAsked: row.extension === "asked" && caseTable.allowMore.from.includes(row.state),
  };
};

function pictureOf({ subject }: CaseRow, { shown, address }: Around): string | null {
  const picture = shown.get(subject)?.picture ?? null;
  return picture === null ? null : address(picture);
}
