import { contract } from "@weimenhu/contract";
import { mutation, query, router } from "../../kernel/rpc.ts";
import type { CircleDeps } from "./deps.ts";
import * as duty from "./service.appeal.ts";
import * as away from "./service.blocked.ts";
import { feed } from "./service.feed.ts";
import * as guard from "./service.guard.ts";
import { HotCircle } from "./service.hot.ts";
import { plainWriter } from "./service.plain.ts";
import * as posts from "./service.post.ts";
import * as waiting from "./service.queue.ts";
import { reply } from "./service.reply.ts";
import * as see from "./service.see.ts";
import * as people from "./service.settings.ts";
import * as talk from "./service.talk.ts";

/** Reading is for those who follow the village or belong to it, speaking for its villagers and cadres: the services ask. */
export function circleRoom(deps: CircleDeps) {
  const hot = new HotCircle(deps);
  const house = { deps, hot, plain: plainWriter(hot) };
  const c = contract.circle;
  return router({
    feed: query(c.feed, "person", (ctx, input) => feed(house, ctx, input)),
    get: query(c.get, "person", (ctx, input) => see.get(house, ctx, input)),
    comments: query(c.comments, "person", (ctx, input) => see.comments(house, ctx, input)),
    history: query(c.history, "person", (ctx, input) => see.history(ctx, input)),
    post: mutation(c.post, "agreed", (ctx, input) => posts.post(house, ctx, input)),
    edit: mutation(c.edit, "agreed", (ctx, input) => posts.edit(house, ctx, input)),
    remove: mutation(c.remove, "phone", (ctx, input) => posts.remove(house, ctx, input)),
    comment: mutation(c.comment, "agreed", (ctx, input) => talk.comment(house, ctx, input)),
    removeComment: mutation(c.removeComment, "phone", (ctx, input) => talk.removeComment(house, ctx, input)),
    like: mutation(c.like, "phone", (ctx, input) => talk.like(ctx, input)),
    reply: mutation(c.reply, "cases.handle", (ctx, input) => reply(house, ctx, input)),
    report: mutation(c.report, "agreed", (ctx, input) => guard.report(ctx, input)),
    block: mutation(c.block, "phone", (ctx, input) => guard.block(ctx, input)),
    blocked: query(c.blocked, "person", (ctx) => away.blocked(house, ctx)),
    unblock: mutation(c.unblock, "phone", (ctx, input) => away.unblock(ctx, input)),
    unmask: mutation(c.unmask, "circle.unmask", (ctx, input) => guard.unmask(house, ctx, input)),
    appeal: mutation(c.appeal, "agreed", (ctx, input) => duty.appeal(ctx, input)),
    log: query(c.log, "anyone", (ctx, input) => duty.log(ctx, input)),
    settings: query(c.settings, "person", (ctx) => people.settings(ctx)),
    setSettings: mutation(c.setSettings, "phone", (ctx, input) => people.setSettings(ctx, input)),
    guardian: mutation(c.guardian, "villagers.decide", (ctx, input) => deps.guardians.note(ctx, input)),
    guardians: query(c.guardians, "villagers.decide", (ctx, input) => deps.guardians.list(ctx, input)),
    endGuardian: mutation(c.endGuardian, "villagers.decide", (ctx, input) => deps.guardians.end(ctx, input)),
    queue: query(c.queue, "circle.moderate", (ctx, input) => waiting.queue(house, ctx, input)),
    decide: mutation(c.decide, "circle.moderate", (ctx, input) => waiting.decide(house, ctx, input)),
  });
}
