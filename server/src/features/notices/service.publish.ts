import { showOnly } from "../../foundation/media/index.ts";
import { type Actor, record } from "../../kernel/audit.ts";
import { newId } from "../../kernel/id.ts";
import { bump, type Tx } from "../../kernel/tx.ts";
import { faceOf, filesIn } from "./service.content.ts";
import { listScope, noticeScope } from "./service.public.ts";
import type { SearchProvider } from "./service.search.ts";
import * as store from "./store.ts";
import { readBody } from "./view.ts";

/** What enters and leaves the public's sight, always with its search terms and the versions of the lists, in one transaction. */

const shelf = { here: 1, subtree: 2 } as const;

type Files = Pick<store.VersionRow, "body" | "attachments">;
export type Source = { portal: string; url: string };

/** Puts this version before the public. The first time of a publication is kept when a text is only corrected. */
export async function show(
  search: SearchProvider,
  tx: Tx,
  row: store.NoticeRow,
  text: store.VersionRow,
  at: { publishedAt: number; updatedAt: number; source: Source | null },
): Promise<void> {
  const { id, region } = row;
  const { title, category, reach, version, words } = text;
  await store.putFace(tx, {
    id,
    region,
    shelf: shelf[reach],
    category,
    pinned: row.pinned,
    publishedAt: at.publishedAt,
    updatedAt: at.updatedAt,
    version,
    title,
    ...faceOf(readBody(text.body)),
    portal: at.source?.portal ?? null,
    url: at.source?.url ?? null,
    withdrawnAt: null,
    withdrawnReason: null,
  });
  await showFiles(tx, id, text, at.updatedAt);
  const { publishedAt } = at;
  await search.put(tx, { id, region, category, publishedAt, title, words, reachesDown: reach === "subtree" });
  await changed(tx, row);
}

/** Takes it from the public; title and reason stay to be seen by those who have its link. */
export async function hide(
  search: SearchProvider,
  tx: Tx,
  row: store.NoticeRow,
  at: number,
  reason: string,
): Promise<void> {
  await store.updateFace(tx, row.id, { shelf: 0, pinned: 0, withdrawnAt: at, withdrawnReason: reason, updatedAt: at });
  await showFiles(tx, row.id, null, at);
  await search.drop(tx, row.id);
  await changed(tx, row);
}

/**
 * Of all files that the notice has ever had, the public gets those of this text; of none, when it was taken back. `signed`:
 * only colleagues, by the addresses that the desk gives them.
 */
export const showFiles = (
  tx: Tx,
  notice: string,
  text: Files | null,
  at: number,
  to: "public" | "signed" = "public",
): Promise<void> =>
  showOnly(tx, { owner: `notice:${notice}`, ...(text ? filesIn(text) : { ids: [], digests: [] }), at, to });

export async function pin(tx: Tx, row: store.NoticeRow, pinned: 0 | 1): Promise<void> {
  await store.updateFace(tx, row.id, { pinned });
  await changed(tx, row);
}

export const changed = (tx: Tx, row: Pick<store.NoticeRow, "id" | "region">): Promise<void> =>
  bump(tx, listScope(row.region), noticeScope(row.id));

/** The step in the notice's own history and the line in the audit. */
export async function note(
  tx: Tx,
  by: Actor,
  row: Pick<store.NoticeRow, "id" | "region">,
  step: { move: string; version: number; doneBy: string; note?: string | undefined },
): Promise<void> {
  const { move, version, doneBy } = step;
  const at = by.clock.now();
  await store.insertStep(tx, {
    id: newId(by.clock),
    notice: row.id,
    version,
    move,
    doneBy,
    note: step.note ?? null,
    at,
  });
  await record(tx, by, { act: `notices.${move}`, onWhom: row.id, region: row.region, detail: { version } });
}
