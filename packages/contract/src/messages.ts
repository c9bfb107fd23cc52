import { templates } from "@weimenhu/domain/messages/kinds";
import * as z from "zod/mini";
import { act, ask, cursor, done, id, key, limit, none, page, time } from "./shape.ts";

const template = z.enum(templates);

/** One line of the inbox. `kind` and `about.page` may be words that this client does not know yet: the texts are whole. */
const message = z.object({
  id,
  kind: z.string(),
  title: z.string(),
  text: z.string(),
  place: z.string(),
  /** How many of the same were put together; 1 for most. */
  count: z.int(),
  at: time,
  read: z.boolean(),
  /** The page to open: `post`, `case`, `notice`; `verify`, `moderation`, `circle` (of a village). */
  about: z.object({ page: z.string(), id: z.string() }),
});

const unread = z.object({ unread: z.int() });

/** What a person is told. Everything is in the inbox, whether or not a phone rang for it. */
export const messages = {
  /** Newest first. `unread` counts to 100 and no further. */
  inbox: ask(
    z.object({ cursor: z.optional(cursor), limit: z.optional(limit) }),
    z.extend(page(message), { unread: z.int() }),
  ),
  /** For the badge: cheap enough to be asked often. */
  unread: ask(none, unread),
  read: act(z.object({ ids: z.array(id).check(z.minLength(1), z.maxLength(50)) }), unread),
  /** Up to this message (its `at`): what came meanwhile stays unread. */
  readAll: act(z.object({ upTo: z.optional(time) }), unread),
  /** Which of the vendor's templates this client may ask the person for; none where there is nothing to ask. */
  templates: ask(
    none,
    z.object({
      /** `left`: how many messages of this kind the person has still allowed. */
      items: z.array(z.object({ name: template, id: z.string(), left: z.optional(z.int()) })),
    }),
  ),
  /** What the person answered to the vendor's sheet; one accept is one message. The same key again counts once. */
  consented: act(
    z.object({
      key,
      answers: z
        .array(z.object({ template, answer: z.enum(["accept", "reject", "ban"]) }))
        .check(z.minLength(1), z.maxLength(3)),
    }),
    done,
  ),
};
