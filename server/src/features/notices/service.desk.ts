import type { Contract } from "@weimenhu/contract";
import { mayEdit } from "@weimenhu/domain/notices/state";
import { hasPermission, regionsWith } from "@weimenhu/domain/permissions";
import type * as z from "zod/mini";
import { asPerson } from "../../foundation/identity/index.ts";
import { requireRegion } from "../../foundation/regions/index.ts";
import { signedIn } from "../../kernel/caller.ts";
import { sha256 } from "../../kernel/digest.ts";
import { newId } from "../../kernel/id.ts";
import { refuse } from "../../kernel/refuse.ts";
import type { Ctx } from "../../kernel/rpc.ts";
import type { Tx } from "../../kernel/tx.ts";
import { digestOf, prepare } from "./service.content.ts";
import { note } from "./service.publish.ts";
import * as store from "./store.ts";
import { pageOf, placeOf } from "./view.cursor.ts";
import {
  askOf,
  type DeskNotice,
  deskCards,
  deskNotice,
  type Names,
  nameOf,
  readAttachments,
  readBody,
} from "./view.desk.ts";

type Room = Contract["notices"];
type In<K extends keyof Room> = z.output<Room[K]["input"]>;
type Out<K extends keyof Room> = z.output<Room[K]["output"]>;

/** The notice, or NOT_FOUND: of other places' papers one does not even learn that they exist. */
export async function seen(ctx: Ctx, row: store.NoticeRow | undefined): Promise<store.NoticeRow> {
  if (!row || !hasPermission(ctx.caller, "notices.desk", row.region)) throw refuse("NOT_FOUND");
  return row;
}

export const deskOf = (ctx: Ctx): store.Desk => {
  const caller = signedIn(ctx);
  return {
    person: caller.personId,
    see: regionsWith(caller, "notices.desk"),
    review: regionsWith(caller, "notices.review"),
    publish: regionsWith(caller, "notices.publish"),
  };
};

/** What waits for me first, then what changed last. */
export async function desk(names: Names, ctx: Ctx, input: In<"desk">): Promise<Out<"desk">> {
  if (input.region && !hasPermission(ctx.caller, "notices.desk", input.region)) throw refuse("NOT_ALLOWED");
  const limit = input.limit ?? 20;
  const found = await store.deskPage(ctx.db, {
    desk: deskOf(ctx),
    region: input.region ?? null,
    state: input.state ?? null,
    after: input.cursor === undefined ? null : placeOf(input.cursor),
    limit: limit + 1,
  });
  const { rows, next } = pageOf(found, limit, (row) => ({ rank: row.rank, at: row.changedAt, id: row.id }));
  return { items: await deskCards(names, ctx, rows), next };
}

export async function deskGet(names: Names, ctx: Ctx, input: In<"deskGet">): Promise<DeskNotice> {
  return shown(names, ctx, await seen(ctx, await store.byId(ctx.db.read, input.id)));
}

/** The notice as it now stands, for the one who asks. */
export async function shown(names: Names, ctx: Ctx, row: store.NoticeRow): Promise<DeskNotice> {
  const text = await store.version(ctx.db.read, row.id, row.version);
  if (!text) throw new Error(`notice ${row.id} has no version ${row.version}`);
  return deskNotice(names, ctx, row, text);
}

/** The same key again gives the same notice; with another text, KEY_REUSED. */
export async function draft(names: Names, ctx: Ctx, input: In<"draft">): Promise<DeskNotice> {
  if (!hasPermission(ctx.caller, "notices.write", input.region)) throw refuse("NOT_ALLOWED");
  const { personId } = signedIn(ctx);
  const key = sha256(input.key);
  const digest = digestOf(input, [input.region]);
  const again = (row: store.NoticeRow | undefined) => {
    if (!row || row.idemDigest !== digest) throw refuse("KEY_REUSED");
    return shown(names, ctx, row);
  };
  const before = await store.byKey(ctx.db, personId, key);
  if (before) return again(before);
  await requireRegion(ctx.db, input.region);
  const id = newId(ctx.clock);
  const now = ctx.clock.now();
  const row: store.NoticeRow = {
    id,
    region: input.region,
    origin: "written",
    state: "draft",
    author: personId,
    alsoWrote: null,
    reviewer: null,
    publisher: null,
    version: 1,
    publicVersion: null,
    title: input.title,
    category: input.category,
    reach: input.reach ?? "here",
    pinned: 0,
    note: null,
    scheduledAt: null,
    publishedAt: null,
    changedAt: now,
    createdAt: now,
    creator: personId,
    idemKey: key,
    idemDigest: digest,
  };
  const fresh = await asPerson(ctx, async (tx) => {
    if (!(await store.insert(tx, row))) return false;
    const content = await prepare(tx, id, personId, input);
    await store.insertVersion(tx, { notice: id, version: 1, ...content, writtenBy: personId, at: now });
    await note(tx, ctx, row, { move: "draft", version: 1, doneBy: personId });
    return true;
  });
  return fresh ? shown(names, ctx, row) : again(await store.byKey(ctx.db, personId, key));
}

/** Makes a new version of the draft. Somebody else's newer one refuses with STALE_VERSION; one's own repeated save does not. */
export async function save(names: Names, ctx: Ctx, input: In<"save">): Promise<DeskNotice> {
  const { personId } = signedIn(ctx);
  const saved = await asPerson(ctx, async (tx) => {
    const row = await seen(ctx, await store.lock(tx, input.id));
    const digest = digestOf(input);
    if (row.version === input.version + 1) {
      const mine = await store.version(tx, row.id, row.version);
      if (mine?.writtenBy === personId && mine.digest === digest) return row;
    }
    if (row.state !== "draft") throw refuse("WRONG_STATE");
    if (!mayEdit(askOf(ctx, row))) throw refuse("NOT_ALLOWED");
    if (row.version !== input.version) throw refuse("STALE_VERSION");
    const version = row.version + 1;
    const now = ctx.clock.now();
    const content = { ...(await prepare(tx, row.id, personId, { ...input, ...(await kept(tx, row, input)) })), digest };
    const { title, category, reach } = content;
    await store.insertVersion(tx, { notice: row.id, version, ...content, writtenBy: personId, at: now });
    const set = { version, title, category, reach, changedAt: now };
    await store.update(tx, row.id, set);
    await note(tx, ctx, row, { move: "save", version, doneBy: personId });
    return { ...row, ...set };
  });
  return shown(names, ctx, saved);
}

/** What a save does not mention stays: the phone sends words and pictures only. */
async function kept(tx: Tx, row: store.NoticeRow, input: In<"save">) {
  const before = await store.version(tx, row.id, row.version);
  return {
    reach: input.reach ?? row.reach,
    attachments: input.attachments ?? readAttachments(before?.attachments ?? "[]").map(({ id }) => id),
  };
}

export async function versions(names: Names, ctx: Ctx, input: In<"versions">): Promise<Out<"versions">> {
  const row = await seen(ctx, await store.byId(ctx.db.read, input.id));
  const found = await store.versions(ctx.db, row.id);
  const by = await names(
    ctx.db,
    found.map((text) => text.writtenBy),
  );
  const items = found.map(({ version, title, writtenBy, at }) => ({
    version,
    title,
    by: nameOf(by, writtenBy),
    at,
    public: version === row.publicVersion,
  }));
  return { items };
}

export async function version(names: Names, ctx: Ctx, input: In<"version">): Promise<Out<"version">> {
  const row = await seen(ctx, await store.byId(ctx.db.read, input.id));
  const text = await store.version(ctx.db.read, row.id, input.version);
  if (!text) throw refuse("NOT_FOUND");
  const by = await names(ctx.db, [text.writtenBy]);
  return {
    version: text.version,
    title: text.title,
    category: text.category,
    reach: text.reach,
    body: readBody(text.body),
    attachments: readAttachments(text.attachments),
    by: nameOf(by, text.writtenBy),
    at: text.at,
  };
}

/** Who did what with it, newest first. */
export async function history(names: Names, ctx: Ctx, input: In<"history">): Promise<Out<"history">> {
  const row = await seen(ctx, await store.byId(ctx.db.read, input.id));
  const found = await store.steps(ctx.db, row.id);
  const by = await names(
    ctx.db,
    found.map((step) => step.doneBy),
  );
  return { items: found.map(({ at, doneBy, move, note }) => ({ at, by: nameOf(by, doneBy), move, note })) };
}
