import {
  caseMoves,
  caseOutcomes,
  caseStates,
  type RefusalReason,
  refusalReasons,
  roundKinds,
} from "@weimenhu/domain/cases/state";
import { checkStates, postLimits } from "@weimenhu/domain/circle/post";
import * as z from "zod/mini";
import { act, ask, cursor, done, id, key, letters, limit, none, page, regionCode, time, timeGiven } from "./shape.ts";

export const reason = z.enum(Object.keys(refusalReasons) as [RefusalReason, ...RefusalReason[]]);
const stars = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]);
const tags = z.array(z.int()).check(z.maxLength(8));

export const photo = z.object({ url: z.string(), small: z.string(), width: z.int(), height: z.int() });
export const photos = z.array(id).check(z.maxLength(postLimits.photos));

/** A person as others may see one. `mark`: the office at the time of writing, or that it is a verified villager. */
export const writer = z.object({
  name: z.string(),
  mark: z.enum(["official", "villager", "none"]),
  title: z.nullable(z.string()),
  hidden: z.boolean(),
  mine: z.boolean(),
});

export const clock = z.object({
  step: z.enum(["accept", "answer", "close"]),
  dueAt: time,
  colour: z.enum(["green", "yellow", "red", "paused", "done"]),
  /** Working days left after today; 0 on the last day and from then on. */
  left: z.int(),
  /** Some year up to then has no announced holidays yet: it will be computed again. */
  provisional: z.boolean(),
});

/** The handling of something, as those who see the thing may see it. To all but its author it reads as if nobody rated it. */
export const caseFace = z.object({
  id,
  state: z.enum(caseStates),
  level: z.enum(["village", "town"]),
  round: z.enum(roundKinds),
  clock,
  outcome: z.nullable(z.enum(caseOutcomes)),
  reason: z.nullable(reason),
  /** What the author gave to this handling; null also for everybody else. */
  stars: z.nullable(stars),
  may: z.array(z.enum(caseMoves)),
});

/** An appeal against a refusal, for whoever made it alone. Until somebody else has looked, `decidedAt` and `upheld` are null. */
export const appealed = z.object({ at: time, decidedAt: z.nullable(time), upheld: z.nullable(z.boolean()) });

/** One row of the record. `id`: its place in the record as this viewer reads it; `by` is null for the clock. */
export const step = z.object({
  id: z.string(),
  at: time,
  move: z.enum(["raise", "escalate", ...caseMoves]),
  by: z.nullable(writer),
  text: z.string(),
  photos: z.array(photo),
  /** Its words and photos are not shown to this viewer: they are looked at, or were refused. */
  withheld: z.boolean(),
  /** 审核 of its words and photos; what is not passed is read by whoever said it, and by those who check. */
  check: z.enum(checkStates),
  /** For whoever said it alone: why it was refused, and under which id to appeal. */
  refused: z.nullable(z.string()),
  /** Which of its photos a checker did not pass, counted from 1. */
  photosRefused: z.optional(z.array(z.int())),
  appeal: z.nullable(id),
  appealed: z.optional(appealed),
  reason: z.nullable(reason),
});

const deskCase = z.extend(caseFace, {
  /** `post:<id>` */
  subject: z.string(),
  village: regionCode,
  villageName: z.string(),
  summary: z.string(),
  /** The small edition of its first picture. */
  picture: z.nullable(z.string()),
  raisedAt: time,
  assignee: z.nullable(z.string()),
  waitsForMe: z.boolean(),
  /** While its clock stands still: the words with which it was stopped. */
  pausedWhy: z.optional(z.string()),
  /** Where it is, as its author wrote. */
  place: z.optional(z.string()),
  /** More time was asked for and nobody has answered yet. */
  moreAsked: z.boolean(),
});

const rating = z.object({ stars, tags: z.array(z.int()), text: z.string(), at: time });

/** `ratings`: for the author alone; empty for everybody else. */
export const wholeCase = z.extend(deskCase, { steps: z.array(step), ratings: z.array(rating) });

const template = z.object({ id, text: z.string(), own: z.boolean(), region: z.nullable(regionCode) });

/** How a village, or a town with what it has itself, served those who raised something. Counts of handlings; no ranks. */
const boardRow = z.object({
  region: regionCode,
  name: z.string(),
  raised: z.int(),
  /** Of these, those that began because the author was not content, in words or by one or two stars. */
  reopened: z.int(),
  acceptedInTime: z.int(),
  /** Late, or due and still not taken up. */
  acceptedLate: z.int(),
  answeredInTime: z.int(),
  answeredLate: z.int(),
  /** Of those raised in the period: not ended yet, and overdue now. */
  open: z.int(),
  red: z.int(),
  /**
   * How many gave one star, two stars, … five, in ended months of which three or more ratings can be shown. Those below three
   * stars opened the case again and are counted as `reopened`: each apart would name a case.
   */
  stars: z.array(z.int()),
  /** Ticks that came with these ratings, the most frequent first. */
  tags: z.array(z.object({ tag: z.int(), word: z.string(), count: z.int() })),
});

/** The handling of what was raised, for cadres and for whoever raised it. */
export const cases = {
  /** What waits for me first, by deadline. Without a state: all that have not ended. */
  desk: ask(
    z.object({
      region: z.optional(regionCode),
      state: z.optional(z.enum(caseStates)),
      cursor: z.optional(cursor),
      limit: z.optional(limit),
    }),
    page(deskCase),
  ),
  get: ask(z.object({ id }), wholeCase),
  move: act(
    z.object({
      id,
      key,
      move: z.enum(caseMoves),
      text: z.optional(letters(postLimits.text)),
      reason: z.optional(reason),
      /** To whom it is given. */
      to: z.optional(id),
      photos: z.optional(photos),
    }),
    wholeCase,
  ),
  /** Read by the author alone. `text` of a rating that opens the case again is needed, and read by whoever handles it. */
  rate: act(z.object({ id, key, stars, tags, text: z.optional(letters(500)) }), wholeCase),
  /** To whom this case may be given. */
  cadres: ask(z.object({ id }), z.object({ items: z.array(z.object({ id, name: z.string(), title: z.string() })) })),
  /** My own and those of the places that my office lies in. */
  templates: ask(none, z.object({ items: z.array(template) })),
  /** With a region for all cadres below it, without for myself. */
  saveTemplate: act(z.object({ key, text: letters(300, 1), region: z.optional(regionCode) }), template),
  removeTemplate: act(z.object({ id }), done),
  board: ask(z.object({ region: regionCode, from: timeGiven, to: timeGiven }), z.object({ items: z.array(boardRow) })),
};
