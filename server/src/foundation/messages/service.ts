import type { Contract } from "@weimenhu/contract";
import { templates as templateNames } from "@weimenhu/domain/messages/kinds";
import type * as z from "zod/mini";
import { signedIn } from "../../kernel/caller.ts";
import type { Ctx } from "../../kernel/ctx.ts";
import { sha256 } from "../../kernel/digest.ts";
import { refuse } from "../../kernel/refuse.ts";
import { bump } from "../../kernel/tx.ts";
import { asPerson } from "../identity/index.ts";
import { regionNames } from "../regions/index.ts";
import type { InboxDeps, MessagesDeps, PushChannel } from "./deps.ts";
import { inboxScope } from "./service.live.ts";
import { addConsent, consentsOf } from "./store.outside.ts";
import * as store from "./store.ts";
import { cursorOf, onWire, placeOf } from "./view.ts";

type Messages = Contract["messages"];
type In<K extends keyof Messages> = z.output<Messages[K]["input"]>;
type Out<K extends keyof Messages> = z.output<Messages[K]["output"]>;

export async function inbox(deps: InboxDeps, ctx: Ctx, input: In<"inbox">): Promise<Out<"inbox">> {
  const { personId } = signedIn(ctx);
  const limit = input.limit ?? 20;
  const [found, unread] = await Promise.all([
    store.inbox(ctx.db, personId, placeOf(input.cursor), limit + 1),
    store.countUnread(ctx.db, personId),
  ]);
  const rows = found.slice(0, limit);
  const aboutA = (wanted: string) => rows.flatMap(({ page, about }) => (page === wanted ? [about] : []));
  const [names, gone, glimpses] = await Promise.all([
    regionNames(
      ctx.db,
      rows.map(({ region }) => region),
    ),
    deps.casesOfGone(ctx, aboutA("post")),
    deps.caseGlimpses(ctx, aboutA("case")),
  ]);
  const last = rows.at(-1);
  return {
    items: rows.map((row) => onWire(row, { names, gone, glimpses })),
    next: found.length > limit && last ? cursorOf(last) : null,
    unread,
  };
}

export const unread = async (ctx: Ctx): Promise<Out<"unread">> => ({
  unread: await store.countUnread(ctx.db, signedIn(ctx).personId),
});

/** What is not the caller's, or was read before, changes nothing. */
export async function read(ctx: Ctx, { ids }: In<"read">): Promise<Out<"read">> {
  const { personId } = signedIn(ctx);
  await asPerson(ctx, async (tx) => {
    await store.markRead(tx, personId, ids, ctx.clock.now());
    await bump(tx, inboxScope(personId));
  });
  return unread(ctx);
}

export async function readAll(ctx: Ctx, { upTo }: In<"readAll">): Promise<Out<"readAll">> {
  const { personId } = signedIn(ctx);
  const now = ctx.clock.now();
  await asPerson(ctx, async (tx) => {
    await store.markAllRead(tx, personId, upTo ?? now, now);
    await bump(tx, inboxScope(personId));
  });
  return unread(ctx);
}

const channelOf = ({ channel }: Ctx): PushChannel | null =>
  channel === "weapp" || channel === "alipay" ? channel : null;

/** Work is announced only to those who have an office. */
export async function templates(deps: MessagesDeps, ctx: Ctx): Promise<Out<"templates">> {
  const channel = channelOf(ctx);
  if (channel === null) return { items: [] };
  const { personId, grants } = signedIn(ctx);
  const consents = (await consentsOf(ctx.db, personId)).filter((consent) => consent.channel === channel);
  const left = new Map(consents.map((consent) => [consent.template, consent.remaining]));
  const items = templateNames.flatMap((name) => {
    const template = deps.templates[channel][name];
    return template === null || (name === "duty" && grants.length === 0)
      ? []
      : [{ name, id: template.id, left: left.get(name) ?? 0 }];
  });
  return { items };
}

/** A no is not kept: it takes nothing away from what was allowed before. */
export async function consented(ctx: Ctx, { key, answers }: In<"consented">): Promise<Out<"consented">> {
  const { personId } = signedIn(ctx);
  const channel = channelOf(ctx);
  if (channel === null) throw refuse("BAD_INPUT", { why: "this client has nothing to consent to" });
  const accepted = [...new Set(answers.filter(({ answer }) => answer === "accept").map(({ template }) => template))];
  const hash = sha256(key);
  await asPerson(ctx, async (tx) => {
    for (const template of templateNames.filter((name) => accepted.includes(name)))
      await addConsent(tx, { person: personId, channel, template }, hash, ctx.clock.now());
  });
  return { ok: true };
}
