import { bodyText, picturesOf } from "@weimenhu/domain/body";
import { pictureAt } from "../../foundation/media/index.ts";
import { bySystem } from "../../kernel/audit.ts";
import type { Clock } from "../../kernel/clock.ts";
import { sha256 } from "../../kernel/digest.ts";
import { newId } from "../../kernel/id.ts";
import { enqueue } from "../../kernel/outbox.ts";
import type { Tx } from "../../kernel/tx.ts";
import type { Item } from "./service.item.ts";
import { hide, note, show } from "./service.publish.ts";
import type { SearchProvider } from "./service.search.ts";
import * as portals from "./store.portals.ts";
import * as store from "./store.ts";

export type PictureJob = { notice: string; version: number; portal: string };

type Deps = { search: SearchProvider; clock: Clock };

/**
 * Which notice the item is. A publisher that stopped giving ids is recognised by the link, but only where text and address
 * are the very same and the reading does not hold the id any more: another item of a shared link must overwrite nothing.
 */
async function knownAs(tx: Tx, portal: string, item: Item, inReading: ReadonlySet<string>) {
  const { guidHash, urlHash, digest, byLink } = item;
  const known = await portals.upstreamOf(tx, { portal, guidHash });
  if (known || !byLink) return known;
  const alike = await portals.alikeAt(tx, { portal, urlHash, digest });
  return alike.find((row) => !inReading.has(row.guidHash));
}

/** Brings one item in: new, changed, back again, or as it was. Answers the notice it is. `inReading`: all `guidHash` of it. */
export async function take(
  deps: Deps,
  tx: Tx,
  portal: portals.PortalRow,
  read: Item,
  inReading: ReadonlySet<string>,
): Promise<string> {
  const { guidHash, urlHash, digest } = read;
  const known = await knownAs(tx, portal.id, read, inReading);
  if (!known) return first(deps, tx, portal, read);
  // A date in the future moves with every reading; what was shown first stays.
  const publishedAt = read.early ? known.publishedAt : read.publishedAt;
  const item = { ...read, publishedAt };
  const id = known.notice;
  const row = await store.lock(tx, id);
  if (!row) throw new Error(`notice ${id} of a portal is gone`);
  const same = known.digest === digest;
  const back = row.state === "withdrawn" && known.gone === 1;
  // Withdrawn by our staff: it stays so, whatever the portal does with it.
  if ((row.state === "published" && !same) || back) await again(deps, tx, portal, row, item, same);
  const upstream = { guidHash, urlHash, digest, publishedAt, missing: 0, gone: 0 };
  const touched =
    !same || back || known.missing !== 0 || known.guidHash !== guidHash || known.publishedAt !== publishedAt;
  if (touched) await portals.updateUpstream(tx, id, upstream);
  return id;
}

async function first(deps: Deps, tx: Tx, portal: portals.PortalRow, item: Item): Promise<string> {
  const { clock } = deps;
  const now = clock.now();
  const id = newId(clock);
  const publishedAt = item.publishedAt ?? now;
  const row: store.NoticeRow = {
    id,
    region: portal.region,
    origin: "portal",
    state: "published",
    author: portal.id,
    alsoWrote: null,
    reviewer: null,
    publisher: null,
    version: 1,
    publicVersion: 1,
    title: item.title,
    category: portal.category,
    reach: portal.reach,
    pinned: 0,
    note: null,
    scheduledAt: null,
    publishedAt,
    changedAt: now,
    createdAt: now,
    creator: portal.id,
    idemKey: sha256(id),
    idemDigest: item.digest,
  };
  await store.insert(tx, row);
  const { guidHash, urlHash, digest } = item;
  await portals.insertUpstream(tx, {
    notice: id,
    portal: portal.id,
    guidHash,
    urlHash,
    digest,
    publishedAt: item.publishedAt,
    missing: 0,
    gone: 0,
  });
  await put(deps, tx, portal, row, item, publishedAt);
  await note(tx, bySystem(clock), row, { move: "imported", version: 1, doneBy: portal.id });
  return id;
}

async function again(deps: Deps, tx: Tx, portal: portals.PortalRow, row: store.NoticeRow, item: Item, same: boolean) {
  const now = deps.clock.now();
  const version = same ? row.version : row.version + 1;
  const publishedAt = item.publishedAt ?? row.publishedAt ?? now;
  const set = {
    version,
    publicVersion: version,
    state: "published" as const,
    title: item.title,
    note: null,
    publishedAt,
    changedAt: now,
  };
  const next = { ...row, ...set };
  await store.update(tx, row.id, set);
  if (same) {
    const text = await store.version(tx, row.id, version);
    if (!text) throw new Error(`notice ${row.id} has no version ${version}`);
    await show(deps.search, tx, next, text, {
      publishedAt,
      updatedAt: now,
      source: { portal: portal.id, url: item.url },
    });
  } else {
    await put(deps, tx, portal, next, item, publishedAt);
  }
  const move = row.state === "withdrawn" ? "back" : "changed";
  await note(tx, bySystem(deps.clock), row, { move, version, doneBy: portal.id });
}

/** The text as a new version, before the public, and its pictures on their way. */
async function put(
  deps: Deps,
  tx: Tx,
  portal: portals.PortalRow,
  row: store.NoticeRow,
  item: Item,
  publishedAt: number,
) {
  const { id, version, category, reach } = row;
  const { title, body, digest, updatedAt } = item;
  const text: store.VersionRow = {
    notice: id,
    version,
    title,
    category,
    reach,
    body: JSON.stringify(body),
    words: bodyText(body),
    attachments: "[]",
    digest,
    writtenBy: portal.id,
    at: deps.clock.now(),
  };
  await store.insertVersion(tx, text);
  const source = { portal: portal.id, url: item.url };
  await show(deps.search, tx, row, text, { publishedAt, updatedAt: Math.max(updatedAt, publishedAt), source });
  if (picturesOf(body).some((picture) => !pictureAt(picture.src))) {
    const payload: PictureJob = { notice: id, version, portal: portal.id };
    await enqueue(tx, { kind: "portals.pictures", key: `${id}:${version}`, region: row.region, payload });
  }
}

/** The publisher took it down. Whoever has the link learns so. */
export const takenDown = "来源已撤下";

/** A feed may miss an item for once; a second time in a row it counts as withdrawn. */
export async function miss(
  deps: Deps,
  tx: Tx,
  portal: portals.PortalRow,
  upstream: portals.UpstreamRow,
): Promise<void> {
  const row = await store.lock(tx, upstream.notice);
  if (row?.state !== "published") return;
  if (upstream.missing === 0) return portals.updateUpstream(tx, row.id, { missing: 1 });
  const now = deps.clock.now();
  await hide(deps.search, tx, row, now, takenDown);
  await store.update(tx, row.id, {
    state: "withdrawn",
    note: takenDown,
    publicVersion: null,
    pinned: 0,
    changedAt: now,
  });
  await portals.updateUpstream(tx, row.id, { missing: 2, gone: 1 });
  await note(tx, bySystem(deps.clock), row, { move: "gone", version: row.version, doneBy: portal.id, note: takenDown });
}

/**
 * Which of the shown items a reading misses. A feed is a window that slides: only what is newer than the oldest item still
 * listed must be there. Without dates nothing can be said.
 */
export function missed(
  shown: readonly portals.UpstreamRow[],
  listed: ReadonlySet<string>,
  items: readonly Item[],
): portals.UpstreamRow[] {
  const dates = items.flatMap((item) => item.publishedAt ?? []);
  if (dates.length === 0) return [];
  const oldest = Math.min(...dates);
  return shown.filter((row) => !listed.has(row.notice) && row.publishedAt !== null && row.publishedAt > oldest);
}
