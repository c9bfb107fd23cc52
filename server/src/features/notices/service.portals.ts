import type { Contract } from "@weimenhu/contract";
import { hasPermission, regionsWith } from "@weimenhu/domain/permissions";
import type * as z from "zod/mini";
import { asPerson } from "../../foundation/identity/index.ts";
import { regionNames, requireRegion } from "../../foundation/regions/index.ts";
import { hostPort, refusal } from "../../kernel/address.ts";
import { record } from "../../kernel/audit.ts";
import { signedIn } from "../../kernel/caller.ts";
import { sha256 } from "../../kernel/digest.ts";
import { newId } from "../../kernel/id.ts";
import { enqueue } from "../../kernel/outbox.ts";
import { refuse } from "../../kernel/refuse.ts";
import type { Ctx } from "../../kernel/rpc.ts";
import { bump, type Tx } from "../../kernel/tx.ts";
import { listScope, noticeScope } from "./service.public.ts";
import * as store from "./store.portals.ts";

type Room = Contract["portals"];
type In<K extends keyof Room> = z.output<Room[K]["input"]>;
type Portal = z.output<Room["add"]["output"]>;

export async function list(ctx: Ctx, input: In<"list">): Promise<{ items: Portal[] }> {
  if (input.region && !hasPermission(ctx.caller, "portals.manage", input.region)) throw refuse("NOT_ALLOWED");
  const regions = input.region ? [input.region] : regionsWith(signedIn(ctx), "portals.manage");
  return { items: await shown(ctx, await store.inRegions(ctx.db, regions)) };
}

/** ADDRESS_BAD unless it is an http(s) address of the open internet or one that the configuration allows. A name is judged when it is called. */
export async function add(allowHosts: readonly string[], ctx: Ctx, input: In<"add">): Promise<Portal> {
  if (!hasPermission(ctx.caller, "portals.manage", input.region)) throw refuse("NOT_ALLOWED");
  const { personId } = signedIn(ctx);
  const { key, region, name, category, reach } = input;
  const url = checked(input.url, allowHosts);
  const digest = sha256(JSON.stringify([region, name, url, category, reach]));
  await requireRegion(ctx.db, region);
  const row: store.PortalRow = {
    id: newId(ctx.clock),
    region,
    reach,
    category,
    name,
    url,
    urlHash: sha256(url),
    active: 1,
    etag: null,
    lastModified: null,
    items: 0,
    dropped: 0,
    cut: 0,
    checkedAt: null,
    freshAt: null,
    failingSince: null,
    fault: null,
    stale: 0,
    createdAt: ctx.clock.now(),
    creator: personId,
    idemKey: key,
    idemDigest: digest,
  };
  const fresh = await asPerson(ctx, async (tx) => {
    if (!(await store.insertPortal(tx, row))) return false;
    await record(tx, ctx, { act: "portals.add", onWhom: row.id, region, detail: { name } });
    await read(tx, row);
    return true;
  });
  if (fresh) return one(ctx, row);
  const before = await store.portalByKey(ctx.db, personId, key);
  if (!before) throw refuse("PORTAL_EXISTS");
  if (before.idemDigest !== digest) throw refuse("KEY_REUSED");
  return one(ctx, before);
}

/** What it brought in so far stays; a portal that is not active is not read any more. */
export async function set(ctx: Ctx, input: In<"set">): Promise<Portal> {
  const under = input.name === undefined ? [] : await store.shownOf(ctx.db, input.id);
  const changed = await asPerson(ctx, async (tx) => {
    const row = await managed(ctx, await store.lockPortal(tx, input.id));
    const { name = row.name, category = row.category } = input;
    const active = input.active === undefined ? row.active : Number(input.active);
    const rest = active === 0 ? { failingSince: null, fault: null } : {};
    const wanted = { name, category, active, ...rest };
    await store.updatePortal(tx, row.id, wanted);
    // The name stands under everything that it brought in.
    if (name !== row.name) await bump(tx, listScope(row.region), ...under.map(({ notice }) => noticeScope(notice)));
    await record(tx, ctx, {
      act: "portals.set",
      onWhom: row.id,
      region: row.region,
      detail: { name, category, active },
    });
    return { ...row, ...wanted };
  });
  return one(ctx, changed);
}

/** Asks for a reading soon; the answer is the portal as it is now. Pressing twice before it was read asks once. */
export async function refresh(ctx: Ctx, input: In<"refresh">): Promise<Portal> {
  const row = await asPerson(ctx, async (tx) => {
    const found = await managed(ctx, await store.lockPortal(tx, input.id));
    await read(tx, found);
    return found;
  });
  return one(ctx, row);
}

/** `since`: a reading that is newer than this job makes it needless. */
export type ReadJob = { id: string; since: number };

const read = async (tx: Tx, row: store.PortalRow): Promise<void> => {
  const payload: ReadJob = { id: row.id, since: (row.checkedAt ?? 0) + 1 };
  await enqueue(tx, {
    kind: "portals.read",
    key: `${row.id}:after:${row.checkedAt ?? 0}`,
    orderKey: `portal:${row.id}`,
    region: row.region,
    payload,
  });
};

async function managed(ctx: Ctx, row: store.PortalRow | undefined): Promise<store.PortalRow> {
  if (!row || !hasPermission(ctx.caller, "portals.manage", row.region)) throw refuse("NOT_FOUND");
  return row;
}

function checked(address: string, allowHosts: readonly string[]): string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const why = url ? refusal(url, !allowHosts.includes(hostPort(url))) : "unreadable";
  if (!url || why) throw refuse("ADDRESS_BAD", { why: why ?? "unreadable" });
  url.hash = "";
  return url.href;
}

const one = async (ctx: Ctx, row: store.PortalRow): Promise<Portal> => {
  const [portal] = await shown(ctx, [row]);
  if (!portal) throw new Error("a portal for each row");
  return portal;
};

async function shown(ctx: Ctx, rows: readonly store.PortalRow[]): Promise<Portal[]> {
  const names = await regionNames(
    ctx.db,
    rows.map((row) => row.region),
  );
  return rows.map((row) => ({
    id: row.id,
    region: row.region,
    regionName: names.get(row.region) ?? "",
    name: row.name,
    url: row.url,
    category: row.category,
    reach: row.reach,
    active: row.active === 1,
    items: row.items,
    dropped: row.dropped,
    cut: row.cut,
    checkedAt: row.checkedAt,
    freshAt: row.freshAt,
    fault: row.fault,
  }));
}
