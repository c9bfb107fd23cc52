import { caseMoves, caseStates } from "@weimenhu/domain/cases/state";
import { dutyLimits, partStates, riskLabelKeys } from "@weimenhu/domain/circle/duty";
import { audienceKeys, checkStates, postKindKeys, postLimits } from "@weimenhu/domain/circle/post";
import * as z from "zod/mini";
import { appealed, caseFace, photo, photos, reason, step, writer } from "./cases.ts";
import { act, ask, cursor, done, id, key, letters, limit, line, none, page, regionCode, time } from "./shape.ts";

export const comment = z.object({
  id,
  at: time,
  by: writer,
  /** The comment that this one answers: one level deep. */
  under: z.nullable(id),
  text: z.string(),
  deleted: z.boolean(),
  check: z.enum(checkStates),
  /** Why it may not be shown: to its author and those who check only. */
  refused: z.nullable(z.string()),
  appealed: z.optional(appealed),
  may: z.array(z.enum(["delete", "report", "block", "appeal", "decide"])),
});

/** An official answer as it stands beside the post; `move` is null for one that moved no case. */
export const answer = z.object({
  at: time,
  by: writer,
  text: z.string(),
  photos: z.array(photo),
  move: z.nullable(z.enum(caseMoves)),
  reason: z.nullable(reason),
});

export const postCard = z.object({
  id,
  village: regionCode,
  villageName: z.string(),
  kind: z.enum(postKindKeys),
  audience: z.enum(audienceKeys),
  at: time,
  by: writer,
  text: z.string(),
  photos: z.array(photo),
  place: z.nullable(z.string()),
  edited: z.boolean(),
  deleted: z.boolean(),
  check: z.enum(checkStates),
  /** Why it may not be shown: to its author and those who check only. */
  refused: z.nullable(z.string()),
  likes: z.int(),
  liked: z.boolean(),
  comments: z.int(),
  /** The newest official answer. */
  answer: z.nullable(answer),
  case: z.nullable(caseFace),
  may: z.array(z.enum(["edit", "delete", "comment", "like", "report", "block", "reply", "unmask", "appeal", "decide"])),
});

export const post = z.extend(postCard, {
  /** Of the text that stands. */
  appealed: z.optional(appealed),
  steps: z.array(step),
  /** In words what keeps somebody who is verified from commenting here. */
  mayNotComment: z.optional(z.string()),
  /** To its author only: the photos as `circle.edit` takes them. */
  photoIds: z.optional(z.array(id)),
  /** To its author only: which photos of a refused post a checker did not pass, counted from 1. */
  photosRefused: z.optional(z.array(z.int())),
  /** The first of them; `more` is where `circle.comments` goes on. */
  discussion: z.array(comment),
  more: z.nullable(z.string()),
});

const words = {
  text: letters(postLimits.text, 1),
  photos: z.optional(photos),
  place: z.optional(line(postLimits.place)),
};

/** Something to look at: held by the check of words, or reported. */
const waiting = z.object({
  id,
  /** The post that it is, or stands under. */
  post: id,
  village: regionCode,
  villageName: z.string(),
  /** Of the post that it is, or stands under. */
  kind: z.enum(postKindKeys),
  audience: z.enum(audienceKeys),
  place: z.nullable(z.string()),
  /** The words of the post that it stands under, empty where that was deleted; null for a post. */
  under: z.nullable(z.string()),
  at: time,
  by: writer,
  text: z.string(),
  photos: z.array(photo),
  check: z.enum(checkStates),
  reports: z.array(z.string()),
  /** Which of its texts this is: `decide` names it. */
  version: z.int(),
  /** What checkers did not pass: `lost` they gave no answer. */
  why: z.array(z.object({ part: z.enum(["words", "photo"]), state: z.enum(partStates), label: z.enum(riskLabelKeys) })),
  /** What its author says against the refusal. */
  appeal: z.nullable(z.string()),
  /** The refusal that is appealed against; `by` null: a machine's. */
  refusal: z.nullable(
    z.object({ at: time, by: z.nullable(z.string()), reason: z.string(), label: z.enum(riskLabelKeys) }),
  ),
  mayDecide: z.boolean(),
});

/** 2026-11 */
const month = z.string().check(z.regex(/^20\d\d-(0[1-9]|1[0-2])$/));

/** The village circle (为村). */
export const circle = {
  /** Newest first: one village, `followed` all that I follow in one, `mine` what I wrote. */
  feed: ask(
    z.object({
      village: z.optional(regionCode),
      which: z.optional(z.enum(["village", "followed", "mine"])),
      kind: z.optional(z.enum(postKindKeys)),
      state: z.optional(z.enum(caseStates)),
      answered: z.optional(z.boolean()),
      q: z.optional(line(50)),
      cursor: z.optional(cursor),
      limit: z.optional(limit),
    }),
    /** `mayPost`: null where several villages are in one. `mayPostWhy`: in words what else keeps somebody who is verified. */
    z.extend(page(postCard), {
      mayPost: z.nullable(z.enum(["ok", "PHONE_FIRST", "VERIFY_FIRST"])),
      mayPostWhy: z.optional(z.string()),
    }),
  ),
  get: ask(z.object({ id }), post),
  comments: ask(z.object({ id, cursor, limit: z.optional(limit) }), page(comment)),
  post: act(
    z.object({
      key,
      village: regionCode,
      kind: z.enum(postKindKeys),
      audience: z.optional(z.enum(audienceKeys)),
      hideMe: z.optional(z.boolean()),
      /** @村里: the village's cadres hear of it. Of what becomes a case they hear anyway. */
      callVillage: z.optional(z.boolean()),
      ...words,
    }),
    post,
  ),
  edit: act(z.object({ id, key, ...words }), post),
  /** Earlier texts of an edited post, newest first. */
  history: ask(z.object({ id }), z.object({ items: z.array(z.object({ at: time, text: z.string() })) })),
  remove: act(z.object({ id }), post),
  comment: act(
    z.object({
      id,
      key,
      under: z.optional(id),
      text: letters(postLimits.comment, 1),
      callVillage: z.optional(z.boolean()),
    }),
    post,
  ),
  removeComment: act(z.object({ id }), post),
  like: act(z.object({ id, on: z.boolean() }), z.object({ likes: z.int(), liked: z.boolean() })),
  /** An official answer, which moves the case in the same act. Without a move it is the one that fits the state. */
  reply: act(
    z.object({
      id,
      key,
      text: letters(postLimits.text, 1),
      photos: z.optional(photos),
      move: z.optional(z.enum(["accept", "start", "note", "finish", "refuse", "transfer", "return", "pause"])),
      reason: z.optional(reason),
    }),
    post,
  ),
  /** A post or a comment. */
  report: act(z.object({ id, why: line(200) }), done),
  /** Whoever wrote this post or comment. Where the author hides, that post alone. */
  block: act(z.object({ id, on: z.boolean() }), done),
  /** Whom I do not see, and (`person` null) posts whose author hides, the newest 200. `of` names a line to `unblock`. */
  blocked: ask(
    none,
    z.object({
      items: z.array(z.object({ of: z.string(), at: time, person: z.nullable(z.string()), text: z.string() })),
    }),
  ),
  unblock: act(z.object({ of: z.string().check(z.regex(/^[0-9a-f]{64}$/)) }), done),
  /** Staff above the village: who wrote a post whose author hides. Each look is on the record. */
  unmask: act(z.object({ id, why: line(200) }), z.object({ name: z.string(), phone: z.nullable(z.string()) })),
  /** What waits for those who check: held or reported, oldest first. */
  queue: ask(z.object({ cursor: z.optional(cursor), limit: z.optional(limit) }), page(waiting)),
  /** About the text that was looked at: without a version it is the first one. */
  decide: act(
    z.object({
      id,
      pass: z.boolean(),
      reason: z.optional(line(200)),
      version: z.optional(z.int().check(z.gte(0), z.lte(1_000_000))),
      label: z.optional(z.enum(riskLabelKeys)),
    }),
    done,
  ),
  /** Asks for another person's eyes on what was refused, once for each text. */
  appeal: act(z.object({ id, key, why: line(dutyLimits.appeal) }), done),
  /** The public record of a village's month: how much was taken out of sight, and why. Counts, no names. */
  log: ask(
    z.object({ village: regionCode, month }),
    z.object({
      refused: z.array(z.object({ label: z.enum(riskLabelKeys), byMachine: z.int(), byPeople: z.int() })),
      /** Held or reported, and let stand by a person. */
      passed: z.int(),
      appeals: z.object({ upheld: z.int(), rejected: z.int() }),
    }),
  ),
  /** `knownOnly`: only those whom I have answered or liked, and cadres, may comment on what I post. */
  settings: ask(none, z.object({ knownOnly: z.boolean() })),
  setSettings: act(z.object({ knownOnly: z.boolean() }), z.object({ knownOnly: z.boolean() })),
  /**
   * The secretary notes that a guardian has signed for a child under fourteen, who is found by the phone of the account and need
   * not be a villager yet; `paper` says where the signature lies. Until then nothing of the child is taken in.
   */
  guardian: act(z.object({ village: regionCode, phone: line(20), paper: line(40), on: z.boolean() }), done),
  /** For whom that is noted in a village, the newest first; `name` is null before the child is verified. Each look is on the record. */
  guardians: ask(
    z.object({ village: regionCode, cursor: z.optional(cursor), limit: z.optional(limit) }),
    page(
      z.object({ id, name: z.nullable(z.string()), phone: z.string(), paper: z.string(), at: time, by: z.string() }),
    ),
  ),
  /** Takes one back: the child speaks no more, and an application of theirs that waits is ended and wiped. */
  endGuardian: act(z.object({ id }), done),
};
