import { type FaultKind, OutsideFault } from "@weimenhu/connectors/fault";
import type { Portal, PortalReading } from "@weimenhu/connectors/ports";
import type { Db } from "../../kernel/db.ts";
import { sha256 } from "../../kernel/digest.ts";
import type { Log } from "../../kernel/log.ts";
import { enqueue } from "../../kernel/outbox.ts";
import { bump, inTx } from "../../kernel/tx.ts";
import { type Item, itemOf, type ToBody } from "./service.item.ts";
import type { ReadJob } from "./service.portals.ts";
import { listScope } from "./service.public.ts";
import type { SearchProvider } from "./service.search.ts";
import { miss, missed, take } from "./service.upstream.ts";
import * as store from "./store.portals.ts";

export type ReadDeps = { db: Db; log: Log; portal: Portal; toBody: ToBody; search: SearchProvider };

/** After failing for so long readers are told that the copy may be out of date. */
const staleAfterMs = 6 * 3_600_000;
const everyMs = 10 * 60_000;

/** Asks for a reading of every portal that is due. The slot in the key lets it be asked for once. */
export async function enqueueDue(db: Db, slot: number): Promise<void> {
  for (const { id, region } of await store.due(db, slot - everyMs / 2)) {
    const payload: ReadJob = { id, since: slot - everyMs / 2 };
    await inTx(db, (tx) =>
      enqueue(tx, { kind: "portals.read", key: `${id}:${slot}`, orderKey: `portal:${id}`, region, payload }),
    );
  }
}

/** Reads one portal and follows what it says. A publisher that is down is no fault of the job: the last copy stays, with its time. */
export async function readPortal(deps: ReadDeps, job: ReadJob): Promise<void> {
  const row = await store.portalById(deps.db.read, job.id);
  if (!row || row.active === 0 || (row.checkedAt !== null && row.checkedAt >= job.since)) return;
  const reading = await ask(deps.portal, row);
  if (reading instanceof OutsideFault) return failed(deps, row, inWords[reading.kind]);
  if (reading.state === "fresh") return fresh(deps, row, reading);
  // Unchanged since an answer in which these were missing: still missing.
  for (const upstream of await store.shownOf(deps.db, row.id)) {
    if (upstream.missing > 0) await inTx(deps.db, (tx) => miss(tools(deps), tx, row, upstream));
  }
  await succeeded(deps, row, {});
}

const tools = (deps: ReadDeps) => ({ search: deps.search, clock: deps.db.clock });

async function ask(portal: Portal, row: store.PortalRow): Promise<PortalReading | OutsideFault> {
  const { url, etag, lastModified } = row;
  try {
    return await portal.read({ url, ...(etag ? { etag } : {}), ...(lastModified ? { lastModified } : {}) });
  } catch (fault) {
    if (fault instanceof OutsideFault) return fault;
    throw fault;
  }
}

type Fresh = Extract<PortalReading, { state: "fresh" }>;

/** Each item in a transaction of its own; the tag that makes the next reading short is kept last, so a crash reads all again. */
async function fresh(deps: ReadDeps, row: store.PortalRow, reading: Fresh): Promise<void> {
  const { db, log, toBody } = deps;
  const inReading = new Set(reading.items.map(({ guid }) => sha256(guid)));
  const listed = new Set<string>();
  const items: Item[] = [];
  let { dropped } = reading;
  for (const raw of reading.items) {
    const item = itemOf(toBody, raw, db.clock.now());
    if (!item) {
      dropped++;
      continue;
    }
    items.push(item);
    try {
      listed.add(await inTx(db, (tx) => take(tools(deps), tx, row, item, inReading)));
    } catch (fault) {
      // One item that cannot be stored must not keep the others out.
      log.error({ err: fault, portal: row.id }, "an item of a portal could not be stored");
      dropped++;
    }
  }
  const shown = await store.shownOf(db, row.id);
  // A broken publisher and one that took all down look the same; only a person can tell. The tag of before stays as well.
  if (listed.size === 0 && shown.length > 0) return failed(deps, row, dropped === 0 ? emptied : unreadable);
  if (items.length + dropped === reading.items.length + reading.dropped) {
    for (const upstream of missed(shown, listed, items)) await inTx(db, (tx) => miss(tools(deps), tx, row, upstream));
  }
  const { etag = null, lastModified = null } = reading;
  const tags = { etag: etag && etag.length <= 500 ? etag : null, lastModified: lastModified?.slice(0, 100) ?? null };
  const cut = items.filter((item) => item.cut).length;
  await succeeded(deps, row, { ...tags, dropped, cut });
}

async function succeeded(deps: ReadDeps, row: store.PortalRow, set: Partial<store.PortalRow>): Promise<void> {
  const now = deps.db.clock.now();
  await inTx(deps.db, async (tx) => {
    const items = await store.countShown(tx, row.id);
    await store.updatePortal(tx, row.id, {
      ...set,
      items,
      checkedAt: now,
      freshAt: now,
      failingSince: null,
      fault: null,
      stale: 0,
    });
    if (row.stale === 1) await bump(tx, listScope(row.region));
  });
}

/** For staff. */
const inWords: Record<FaultKind, string> = {
  timeout: "对方没有按时回应",
  down: "对方打不开",
  "refused-address": "网址指向内部网络，没有访问",
  "too-large": "对方返回的内容太大",
  redirects: "对方的跳转有误",
  "circuit-open": "对方连续出错，稍后再试",
  "bad-answer": "对方返回的不是可读的订阅内容",
  busy: "对方要求稍后再来",
  config: "网址不能使用",
};
const emptied = "栏目是空的，公告没有撤下，请核对";
const unreadable = "栏目里没有一条能读，公告没有撤下，请核对";

async function failed(deps: ReadDeps, row: store.PortalRow, fault: string): Promise<void> {
  const now = deps.db.clock.now();
  const failingSince = row.failingSince ?? now;
  const stale = now - (row.freshAt ?? failingSince) >= staleAfterMs ? 1 : 0;
  await inTx(deps.db, async (tx) => {
    await store.updatePortal(tx, row.id, { checkedAt: now, failingSince, fault, stale });
    if (stale !== row.stale) await bump(tx, listScope(row.region));
  });
}
