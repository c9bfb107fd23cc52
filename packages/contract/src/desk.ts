import * as z from "zod/mini";
import { act, ask, cursor, done, id, limit, line, none, page, regionCode, time } from "./shape.ts";

export const waitingKinds = [
  "notice-draft",
  "notice-review",
  "notice-publish",
  "verification",
  "case",
  "moderation",
  "portal-fault",
  "dead-letter",
] as const;

/** The staff console's frame. */
export const desk = {
  /** What waits for me, oldest first, each with where it leads. */
  waiting: ask(
    none,
    z.object({
      items: z.array(
        z.object({
          kind: z.enum(waitingKinds),
          id: z.string(),
          title: z.string(),
          region: z.nullable(regionCode),
          regionName: z.string(),
          since: time,
        }),
      ),
    }),
  ),
};

const jobId = z.string().check(z.regex(/^\d{1,18}$/));

export const ops = {
  /** Outbox rows that were tried in vain. */
  deadLetters: ask(
    z.object({ cursor: z.optional(cursor), limit: z.optional(limit) }),
    page(z.object({ id: jobId, kind: z.string(), tries: z.int(), error: z.string(), createdAt: time, diedAt: time })),
  ),
  redrive: act(z.object({ id: jobId }), done),
  /** Gives a dead letter up for good, so that what waits behind it in its order can go on. */
  drop: act(z.object({ id: jobId, reason: line(200) }), done),
  /** The record of who did what on whom; ids only. */
  audit: ask(
    z.object({
      act: z.optional(z.string().check(z.maxLength(60))),
      actor: z.optional(id),
      onWhom: z.optional(z.string().check(z.maxLength(60))),
      cursor: z.optional(cursor),
      limit: z.optional(limit),
    }),
    page(
      z.object({
        id: z.string(),
        at: time,
        act: z.string(),
        actor: z.nullable(z.string()),
        onWhom: z.nullable(z.string()),
        /** Names of those who hold or held an office; everybody else is an id only. */
        actorName: z.nullable(z.string()),
        onWhomName: z.nullable(z.string()),
        region: z.nullable(z.string()),
        channel: z.string(),
        ip: z.string(),
        detail: z.string(),
      }),
    ),
  ),
};
