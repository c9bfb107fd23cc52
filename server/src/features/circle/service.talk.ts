import type { Contract } from "@weimenhu/contract";
import type * as z from "zod/mini";
import { writingIn } from "../../foundation/cases/index.ts";
import { asPerson } from "../../foundation/identity/index.ts";
import { signedIn } from "../../kernel/caller.ts";
import type { Ctx } from "../../kernel/ctx.ts";
import { sha256 } from "../../kernel/digest.ts";
import { newId } from "../../kernel/id.ts";
import { refuse } from "../../kernel/refuse.ts";
import { bump, type Tx } from "../../kernel/tx.ts";
import { circleScope, ownScope, postScope } from "./deps.ts";
import { isToPost, renewAnswer } from "./service.answer.ts";
import { keepParts, lookAtWords, outcomeOf } from "./service.check.ts";
import type { House } from "./service.feed.ts";
import { needSpeech, speaker } from "./service.post.ts";
import { again, seen, standing } from "./service.see.ts";
import { needConsent, needKnown } from "./service.settings.ts";
import { tellComment } from "./service.tell.ts";
import { digestOf } from "./service.words.ts";
import * as store from "./store.ts";
import type { Post } from "./view.ts";

type In<K extends keyof Contract["circle"]> = z.output<Contract["circle"][K]["input"]>;
type Out<K extends keyof Contract["circle"]> = z.output<Contract["circle"][K]["output"]>;

/** The same key again changes nothing; with other words, under another post, or once its comment was deleted (`details.gone`), KEY_REUSED. */
export async function comment(house: House, ctx: Ctx, input: In<"comment">): Promise<Post> {
  const caller = signedIn(ctx);
  const key = sha256(input.key);
  const digest = digestOf([input.id, input.under ?? "", input.text, input.callVillage ?? false]);
  const sent = (row: store.CommentRow | undefined) => {
    if (row?.idemDigest !== digest) throw refuse("KEY_REUSED");
    if (row.deletedAt !== null) throw refuse("KEY_REUSED", { details: { gone: true } });
    return again(house, ctx, input.id);
  };
  const before = await store.commentByKey(ctx.db.read, caller.personId, key);
  if (before) return sent(before);
  const row = standing(await store.byId(ctx.db.read, input.id), caller);
  needSpeech(ctx, row.village);
  await needConsent(house.deps, ctx, row.village);
  await needKnown(ctx, row);
  const writing = await writingIn(ctx, row.village);
  const by = speaker(writing, row.village, row.hidden === 1 && row.author === caller.personId);
  const words = await lookAtWords(house.deps, ctx, { text: input.text }, "comment");
  const { check, refused } = outcomeOf([words]);
  const fresh = await asPerson(ctx, async (tx) => {
    const locked = standing(await store.lock(tx, input.id), caller);
    const said: store.CommentRow = {
      id: newId(ctx.clock),
      post: locked.id,
      village: locked.village,
      under: await rootOf(tx, locked.id, input.under),
      author: caller.personId,
      mark: by.mark,
      title: by.title,
      text: input.text,
      calls: input.callVillage ? 1 : 0,
      checkState: check,
      refused,
      createdAt: ctx.clock.now(),
      deletedAt: null,
      idemKey: key,
      idemDigest: digest,
    };
    if (!(await store.insertComment(tx, said))) return false;
    await keepParts(tx, ctx.clock, { what: said.id, version: 0, village: said.village }, [words]);
    if (check === "passed") await store.countBy(tx, locked.id, "comments", 1);
    await bump(tx, circleScope(locked.village), postScope(locked.id));
    if (check === "passed") await tellComment(tx, ctx.clock, locked, said);
    return true;
  });
  return fresh ? again(house, ctx, input.id) : sent(await store.commentByKey(ctx.db.read, caller.personId, key));
}

/** One level deep: whoever answers an answer stands under the same comment. */
async function rootOf(tx: Tx, post: string, under: string | undefined): Promise<string | null> {
  if (under === undefined) return null;
  const above = await store.commentById(tx, under);
  if (!above || above.post !== post || above.checkState !== "passed") throw refuse("NOT_FOUND");
  if (above.deletedAt !== null) throw refuse("POST_DELETED");
  return above.under ?? above.id;
}

/** One's own words always go, also where one may not see the post any more: it is the post that is NOT_FOUND then. */
export async function removeComment(house: House, ctx: Ctx, { id }: In<"removeComment">): Promise<Post> {
  const caller = signedIn(ctx);
  const said = await store.commentById(ctx.db.read, id);
  if (!said) throw refuse("NOT_FOUND");
  await asPerson(ctx, async (tx) => {
    const row = await store.lock(tx, said.post);
    if (said.author !== caller.personId && seen(row, caller)) throw refuse("NOT_ALLOWED");
    if (row) await buryComment(tx, row, said.id, ctx.clock.now());
  });
  return again(house, ctx, said.post);
}

/** The post is locked: the counter and the comment change together, once. */
export async function buryComment(tx: Tx, row: store.PostRow, id: string, at: number): Promise<void> {
  const now = await store.commentById(tx, id);
  if (!now || now.deletedAt !== null) return;
  await store.updateComment(tx, id, { deletedAt: at });
  if (now.checkState === "passed") await store.countBy(tx, row.id, "comments", -1);
  if (isToPost(now)) await renewAnswer(tx, row);
  await bump(tx, circleScope(row.village), postScope(row.id));
}

/** Liking twice is liking once. A like can be taken back wherever it was given. */
export async function like(ctx: Ctx, { id, on }: In<"like">): Promise<Out<"like">> {
  const caller = signedIn(ctx);
  return asPerson(ctx, async (tx) => {
    const found = await store.lock(tx, id);
    const taken = found && !on ? await store.deleteLike(tx, id, caller.personId) : false;
    const row = found && taken ? found : standing(found, caller);
    if (!taken) needSpeech(ctx, row.village);
    const by = on ? 1 : -1;
    const done = taken || (on && (await store.insertLike(tx, id, caller.personId, ctx.clock.now())));
    if (!done) return { likes: row.likes, liked: on };
    await store.countBy(tx, id, "likes", by);
    await bump(tx, circleScope(row.village), postScope(row.id), ownScope(caller.personId));
    return { likes: row.likes + by, liked: on };
  });
}
