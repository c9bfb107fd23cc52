import type { Contract } from "@weimenhu/contract";
import { covers, isRegionCode, levelOf, lineage, parentOf, type RegionCode } from "@weimenhu/domain/base/region";
import { hasPermission } from "@weimenhu/domain/permissions";
import type * as z from "zod/mini";
import { record } from "../../kernel/audit.ts";
import { callerScope, signedIn } from "../../kernel/caller.ts";
import type { Db } from "../../kernel/db.ts";
import type { Holding } from "../../kernel/holdings.ts";
import { refuse } from "../../kernel/refuse.ts";
import type { Ctx } from "../../kernel/rpc.ts";
import { bump, inTx, type Tx } from "../../kernel/tx.ts";
import * as store from "./store.ts";
import { type RegionNode, regionNode } from "./view.ts";

export { followsOf } from "./store.ts";

/** More than this many followed villages is a mistake or a machine. */
const mostFollowed = 20;

/** Answers about the tree stand until a place is added anywhere. */
export const treeScope = "regions";
/** Answers about one place stand until somebody follows, leaves or is verified there. */
export const placeScope = (code: RegionCode): string => `region:${code}`;

export type RegionDeps = {
  home: RegionCode;
  villagersOf: (db: Db, code: RegionCode) => Promise<number>;
  /** Refuses when the account of the person is no longer open, and keeps it open until the commit. */
  holdPerson: (tx: Tx, personId: string) => Promise<void>;
};
type Out<K extends keyof Contract["regions"]> = z.output<Contract["regions"][K]["output"]>;

/** The row of a place, or NO_SUCH_REGION. */
export async function requireRegion(db: Db, code: RegionCode): Promise<store.RegionRow> {
  const known = (await treeOf(db)).byCode.get(code);
  const row = known ?? (await store.regionsByCode(db, [code]))[0];
  if (!row) throw refuse("NO_SUCH_REGION");
  return row;
}

/** As `requireRegion`, and it must be a village: NOT_A_VILLAGE otherwise. */
export async function requireVillage(db: Db, code: RegionCode): Promise<store.RegionRow> {
  if (levelOf(code) !== "village") throw refuse("NOT_A_VILLAGE");
  return requireRegion(db, code);
}

/** Names by code; unknown codes are left out. */
export async function regionNames(db: Db, codes: readonly RegionCode[]): Promise<Map<RegionCode, string>> {
  const { byCode } = await treeOf(db);
  const wanted = [...new Set(codes)];
  const added = await store.regionsByCode(
    db,
    wanted.filter((code) => !byCode.has(code)),
  );
  const rows = [...wanted.flatMap((code) => byCode.get(code) ?? []), ...added];
  return new Map(rows.map((row) => [row.code, row.name]));
}

/** A place and all below it, in reading order. */
export const placesBelow = async (db: Db, under: RegionCode): Promise<store.RegionRow[]> =>
  (await store.allRegions(db)).filter(({ code }) => covers(under, code));

type Tree = { stamp: string; rows: store.RegionRow[]; byCode: ReadonlyMap<RegionCode, store.RegionRow> };
const trees = new WeakMap<Db, Tree>();

/** All places as they stand, read again only after one was added. */
async function treeOf(db: Db): Promise<Tree> {
  const stamp = db.versions.known([treeScope]) ?? (await db.versions.current([treeScope]));
  const known = trees.get(db);
  if (known?.stamp === stamp) return known;
  const rows = await store.allRegions(db);
  const tree = { stamp, rows, byCode: new Map(rows.map((row) => [row.code, row])) };
  trees.set(db, tree);
  return tree;
}

/** The one place below `under` whose name stands in the text; null for none, and for names that several places share. */
export async function placeNamedIn(db: Db, text: string, under: RegionCode): Promise<store.RegionRow | null> {
  const { rows } = await treeOf(db);
  const named = rows.filter(({ code, name }) => covers(under, code) && text.includes(name));
  const [first, second] = named.toSorted((a, b) => b.name.length - a.name.length);
  return first && first.name !== second?.name ? first : null;
}

/** Names from the county down to the place itself. */
export async function pathOf(db: Db, code: RegionCode): Promise<string[]> {
  const names = await regionNames(db, lineage(code));
  return lineage(code)
    .reverse()
    .map((above) => names.get(above) ?? "");
}

export async function tree(ctx: Ctx): Promise<Out<"tree">> {
  return { nodes: (await store.allRegions(ctx.db)).map(regionNode) };
}

export async function get(deps: RegionDeps, ctx: Ctx, { code }: { code: RegionCode }): Promise<Out<"get">> {
  const row = await requireRegion(ctx.db, code);
  const [path, followers, villagers] = await Promise.all([
    pathOf(ctx.db, code),
    store.countFollowers(ctx.db, code),
    deps.villagersOf(ctx.db, code),
  ]);
  return { ...regionNode(row), path, followers, villagers };
}

/** Following twice is following once. The village followed first is home until another is made so. */
export async function follow(deps: RegionDeps, ctx: Ctx, code: RegionCode): Promise<{ ok: true }> {
  const { personId } = signedIn(ctx);
  await requireVillage(ctx.db, code);
  await inTx(ctx.db, async (tx) => {
    await deps.holdPerson(tx, personId);
    const held = await store.lockFollows(tx, personId);
    if (held.some((row) => row.region === code)) return;
    if (held.length >= mostFollowed) throw refuse("TOO_MANY_FOLLOWED");
    await store.insertFollow(tx, personId, code, ctx.clock.now());
    await bump(tx, placeScope(code), callerScope(personId));
  });
  return { ok: true };
}

/** Leaving the home village passes home on to the one before it, or to the one followed longest. */
export async function unfollow(deps: RegionDeps, ctx: Ctx, code: RegionCode): Promise<{ ok: true }> {
  const { personId } = signedIn(ctx);
  await inTx(ctx.db, async (tx) => {
    await deps.holdPerson(tx, personId);
    await store.deleteFollow(tx, personId, code);
    await bump(tx, placeScope(code), callerScope(personId));
  });
  return { ok: true };
}

export async function setHome(deps: RegionDeps, ctx: Ctx, code: RegionCode): Promise<{ ok: true }> {
  const { personId } = signedIn(ctx);
  await follow(deps, ctx, code);
  await inTx(ctx.db, async (tx) => {
    await deps.holdPerson(tx, personId);
    await store.setHomeAt(tx, personId, code, ctx.clock.now());
    await bump(tx, callerScope(personId));
  });
  return { ok: true };
}

/** A town or village is added as data, under a place that the caller administers. */
export async function add(deps: RegionDeps, ctx: Ctx, input: { code: RegionCode; name: string }): Promise<RegionNode> {
  const parent = isRegionCode(input.code) ? parentOf(input.code) : null;
  if (parent === null) throw refuse("BAD_INPUT", { details: { fields: ["code"] } });
  if (!hasPermission(ctx.caller, "regions.manage", parent)) throw refuse("NOT_ALLOWED");
  await requireRegion(ctx.db, parent);
  const row = { code: input.code, name: input.name, sort: 1000, createdAt: ctx.clock.now() };
  await inTx(ctx.db, async (tx) => {
    await deps.holdPerson(tx, signedIn(ctx).personId);
    if (!(await store.insertRegion(tx, row))) throw refuse("REGION_EXISTS");
    await bump(tx, treeScope);
    await record(tx, ctx, { act: "regions.add", region: input.code, detail: { name: input.name } });
  });
  return regionNode(row);
}

/** The county of this instance, made at the first start. Adding it twice changes nothing. */
export async function ensureCounty(db: Db, at: number, code: RegionCode, name: string): Promise<void> {
  await inTx(db, async (tx) => {
    if (await store.insertRegion(tx, { code, name, sort: 0, createdAt: at })) await bump(tx, treeScope);
  });
}

/** When two accounts turn out to be one person: what the one followed, the other follows too. */
export async function moveFollows(tx: Tx, from: string, to: string, at: number): Promise<void> {
  const [kept, moved] = [await store.lockFollows(tx, to), await store.lockFollows(tx, from)];
  await store.copyFollows(tx, from, to);
  await store.deleteFollowsOf(tx, from);
  const home = kept[0] ?? moved[0];
  if (home) await store.setHomeAt(tx, to, home.region, at);
  await bump(tx, ...moved.map((row) => placeScope(row.region)));
}

export const followsHolding: Holding = {
  name: "follows",
  tables: ["follow"],
  export: (db, personId) => store.followsOf(db, personId),
  close: async (tx, personId) => {
    const held = await store.lockFollows(tx, personId);
    await store.deleteFollowsOf(tx, personId);
    await bump(tx, ...held.map((row) => placeScope(row.region)));
  },
};
