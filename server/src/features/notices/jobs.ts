import type { Db } from "../../kernel/db.ts";
import type { Log } from "../../kernel/log.ts";
import type { Handler } from "../../kernel/outbox.ts";
import type { Tick } from "../../kernel/ticks.ts";
import { inTx } from "../../kernel/tx.ts";
import { fetchPictures, type PictureDeps } from "./jobs.pictures.ts";
import { enqueueDue, type ReadDeps, readPortal } from "./jobs.portals.ts";
import { publishScheduled, type Scheduled } from "./service.moves.ts";
import type { ReadJob } from "./service.portals.ts";
import { type SearchProvider, termSearch } from "./service.search.ts";
import type { PictureJob } from "./service.upstream.ts";

export type JobDeps = Omit<ReadDeps, "search"> & PictureDeps & { log: Log; search?: SearchProvider };

/** What the outbox runs for this room, by kind. Payloads are our own, written by the code of this room. */
export function noticeJobs(deps: JobDeps): Record<string, Handler> {
  const search = deps.search ?? termSearch;
  return {
    "notices.publish": (job) =>
      inTx(deps.db, async (tx) => {
        await publishScheduled(search, tx, deps.db.clock, job.payload as Scheduled);
        await job.finish(tx);
      }),
    "portals.read": (job) => readPortal({ ...deps, search }, job.payload as ReadJob),
    "portals.pictures": (job) => fetchPictures(deps, job.payload as PictureJob, job.attempt),
  };
}

export const noticeTicks = ({ db }: { db: Db }): Record<string, Tick> => ({
  "portals.due": { cron: "*/10 * * * *", run: (slot) => enqueueDue(db, slot) },
});
