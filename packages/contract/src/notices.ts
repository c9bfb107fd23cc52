import { noticeCategoryKeys } from "@weimenhu/domain/notices/category";
import { noticeMoves, noticeStates } from "@weimenhu/domain/notices/state";
import * as z from "zod/mini";
import { body } from "./body.ts";
import { act, address, ask, cursor, id, key, limit, line, page, regionCode, text, time, timeGiven } from "./shape.ts";

export const noticeCategory = z.enum(noticeCategoryKeys);

/** Where an aggregated notice comes from; `seenAt` is when our copy was last known to be current. */
const source = z.object({ name: z.string(), url: z.string(), seenAt: time, stale: z.boolean() });
const attachment = z.object({ name: z.string(), url: z.string(), bytes: z.int(), kind: z.string() });

export const noticeCard = z.object({
  id,
  title: z.string(),
  summary: z.string(),
  category: noticeCategory,
  region: regionCode,
  regionName: z.string(),
  publishedAt: time,
  pinned: z.boolean(),
  cover: z.nullable(z.string()),
  source: z.nullable(source),
});

export const notice = z.extend(noticeCard, {
  body,
  attachments: z.array(attachment),
  version: z.int(),
  updatedAt: time,
  /** Set when the notice was taken back: then the body is empty and the reason is shown. */
  withdrawn: z.nullable(z.object({ at: time, reason: z.string() })),
});

/** A notice on the desk: the working copy, and what the one who asks may do with it. */
export const deskCard = z.object({
  id,
  title: z.string(),
  category: noticeCategory,
  region: regionCode,
  regionName: z.string(),
  state: z.enum(noticeStates),
  reach: z.enum(["here", "subtree"]),
  version: z.int(),
  publicVersion: z.nullable(z.int()),
  pinned: z.boolean(),
  author: z.string(),
  reviewer: z.nullable(z.string()),
  note: z.nullable(z.string()),
  scheduledAt: z.nullable(time),
  publishedAt: z.nullable(time),
  changedAt: time,
  may: z.array(z.enum([...noticeMoves, "edit"])),
});
export const deskNotice = z.extend(deskCard, { body, attachments: z.array(z.extend(attachment, { id })) });

const words = {
  title: line(100, 2),
  category: noticeCategory,
  body,
  attachments: z.optional(z.array(id).check(z.maxLength(20))),
  reach: z.optional(z.enum(["here", "subtree"])),
};

export const notices = {
  /** Newest first, pinned on top; a village sees its own, its town's and the county's that reach down, each once. No region: the home county. */
  list: ask(
    z.object({
      region: z.optional(regionCode),
      category: z.optional(noticeCategory),
      cursor: z.optional(cursor),
      limit: z.optional(limit),
    }),
    page(noticeCard),
  ),
  get: ask(z.object({ id }), notice),
  /** Words, or the pinyin initials of a title. `followed`: all villages I follow. */
  search: ask(
    z.object({
      q: line(50),
      where: z.optional(z.enum(["title", "all"])),
      region: z.optional(regionCode),
      followed: z.optional(z.boolean()),
      category: z.optional(noticeCategory),
      cursor: z.optional(cursor),
      limit: z.optional(limit),
    }),
    page(z.extend(noticeCard, { snippet: z.string() })),
  ),
  /** Staff: the working copies I may see, those that wait for me first. */
  desk: ask(
    z.object({
      region: z.optional(regionCode),
      state: z.optional(z.enum(noticeStates)),
      cursor: z.optional(cursor),
      limit: z.optional(limit),
    }),
    page(deskCard),
  ),
  deskGet: ask(z.object({ id }), deskNotice),
  draft: act(z.object({ key, region: regionCode, ...words }), deskNotice),
  /** `version` is the one that was edited; somebody else's newer one refuses the save. */
  save: act(z.object({ id, version: z.int(), ...words }), deskNotice),
  move: act(
    z.object({
      id,
      version: z.int(),
      move: z.enum(noticeMoves),
      reason: z.optional(text(200)),
      at: z.optional(timeGiven),
    }),
    deskNotice,
  ),
  versions: ask(
    z.object({ id }),
    z.object({
      items: z.array(z.object({ version: z.int(), title: z.string(), by: z.string(), at: time, public: z.boolean() })),
    }),
  ),
  version: ask(
    z.object({ id, version: z.int() }),
    z.object({
      version: z.int(),
      title: z.string(),
      category: noticeCategory,
      /** Missing from servers of before it was told. */
      reach: z.optional(z.enum(["here", "subtree"])),
      body,
      attachments: z.array(attachment),
      by: z.string(),
      at: time,
    }),
  ),
  /** Who did what with it, newest first. */
  history: ask(
    z.object({ id }),
    z.object({
      items: z.array(z.object({ at: time, by: z.string(), move: z.string(), note: z.nullable(z.string()) })),
    }),
  ),
};

const portal = z.object({
  id,
  region: regionCode,
  regionName: z.string(),
  name: z.string(),
  url: z.string(),
  category: noticeCategory,
  reach: z.enum(["here", "subtree"]),
  active: z.boolean(),
  items: z.int(),
  /** Of the last reading: entries that could not be used, and entries of which only the beginning is kept. */
  dropped: z.int(),
  cut: z.int(),
  checkedAt: z.nullable(time),
  freshAt: z.nullable(time),
  fault: z.nullable(z.string()),
});

/** Outside portals whose notices are brought in (RSS 2.0, Atom, JSON Feed). */
export const portals = {
  list: ask(z.object({ region: z.optional(regionCode) }), z.object({ items: z.array(portal) })),
  add: act(
    z.object({
      key,
      region: regionCode,
      name: line(40),
      url: address,
      category: noticeCategory,
      reach: z.enum(["here", "subtree"]),
    }),
    portal,
  ),
  set: act(
    z.object({ id, name: z.optional(line(40)), category: z.optional(noticeCategory), active: z.optional(z.boolean()) }),
    portal,
  ),
  refresh: act(z.object({ id }), portal),
};
