import type { By } from "../../foundation/cases/index.ts";
import { namesScope } from "../../foundation/identity/index.ts";
import { letGo } from "../../foundation/media/index.ts";
import { isoOf } from "../../kernel/clock.ts";
import type { Holding } from "../../kernel/holdings.ts";
import { bump } from "../../kernel/tx.ts";
import { type CircleDeps, circleScope, ownScope, postScope } from "./deps.ts";
import { bury } from "./service.post.ts";
import { buryComment } from "./service.talk.ts";
import { forgetSteps } from "./store.forget.ts";
import * as mine from "./store.holding.ts";
import * as store from "./store.ts";
import { subjectOf } from "./view.ts";

const at = (ms: number | null): string | null => (ms === null ? null : isoOf(ms));

/**
 * What a person wrote as a neighbour goes with the account: posts and comments become tombstones without words or photos (what
 * others said under them goes when it would for any deleted post), likes and
 * blocks are taken back, cases that nobody has begun end. What was said in office stays, under an id that nobody can turn
 * into a name; so do reports and decisions.
 */
export const circleHolding = (deps: Pick<CircleDeps, "cases">): Holding => ({
  name: "circle",
  tables: [
    "post",
    "post_text",
    "post_comment",
    "post_like",
    "circle_block",
    "post_report",
    "circle_decision",
    "circle_check",
    "circle_appeal",
    "circle_setting",
  ],
  export: async (db, personId) => {
    const [posts, earlier, comments, likes, blocks, reports, decisions, duty] = await mine.everything(db, personId);
    return {
      posts: posts.map(({ photos, ...row }) => ({
        ...row,
        photos: JSON.parse(photos) as unknown,
        createdAt: at(row.createdAt),
        editedAt: at(row.editedAt),
        deletedAt: at(row.deletedAt),
      })),
      earlierTexts: earlier.map((row) => ({ ...row, replacedAt: at(row.replacedAt) })),
      comments: comments.map((row) => ({
        ...row,
        createdAt: at(row.createdAt),
        deletedAt: at(row.deletedAt),
      })),
      likes: likes.map((row) => ({ ...row, at: at(row.at) })),
      // How many, not whom: a file must not tell who is behind a post that was blocked.
      blocked: blocks.length,
      reports: reports.map(({ what, why, at: when }) => ({ what, why, at: at(when) })),
      decisions: decisions.map((row) => ({ ...row, at: at(row.at) })),
      appeals: duty.appeals.map((row) => ({ ...row, at: at(row.at), decidedAt: at(row.decidedAt) })),
      knownOnly: duty.knownOnly,
    };
  },
  close: async (tx, personId, when) => {
    const clock = { now: () => when };
    for (const row of await mine.standing(tx, personId)) await bury(deps, tx, clock, row, leaving(row));
    for (const id of await mine.comments(tx, personId)) {
      const said = await store.commentById(tx, id);
      const row = said ? await store.lock(tx, said.post) : undefined;
      if (row) await buryComment(tx, row, id, when);
    }
    for (const { post } of await mine.likes(tx, personId)) {
      const row = await store.lock(tx, post);
      if (!row || !(await store.deleteLike(tx, post, personId))) continue;
      await store.countBy(tx, post, "likes", -1);
      await bump(tx, circleScope(row.village), postScope(row.id));
    }
    const written = await mine.posts(tx, personId);
    await mine.wipe(tx, personId);
    await forgetSteps(tx, written);
    await letGo(tx, written.map(subjectOf));
    await bump(tx, ownScope(personId), namesScope);
  },
});

const leaving = (row: store.PostRow): By => ({
  caller: {
    personId: row.author,
    sessionId: "",
    phoneVerified: true,
    consented: true,
    strong: false,
    grants: [],
    villager: [],
    follows: [],
  },
  mark: row.mark === "villager" ? "villager" : "none",
  title: null,
});
