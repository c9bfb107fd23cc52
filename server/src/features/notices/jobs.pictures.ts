import { OutsideFault } from "@weimenhu/connectors/fault";
import type { Dial } from "@weimenhu/connectors/ports";
import { picturesOf } from "@weimenhu/domain/body";
import { claimMedia, type Files, pictureAt, storePicture } from "../../foundation/media/index.ts";
import type { Db } from "../../kernel/db.ts";
import { sha256 } from "../../kernel/digest.ts";
import { refusalIn } from "../../kernel/refuse.ts";
import { inTx } from "../../kernel/tx.ts";
import { faceOf } from "./service.content.ts";
import { changed, showFiles } from "./service.publish.ts";
import type { PictureJob } from "./service.upstream.ts";
import * as store from "./store.ts";
import { mapPictures, type Replaced, readBody } from "./view.ts";

export type PictureDeps = { db: Db; dial: Dial; files: Files };

const mostPictures = 20;
const mostBytes = 5 * 1024 * 1024;
const mostAttempts = 4;

type Fetched = Replaced & { id: string };

/** Brings the pictures of a portal's item into our own store: browsers never fetch from other sites, nor learn who reads what. */
export async function fetchPictures(deps: PictureDeps, job: PictureJob, attempt: number): Promise<void> {
  const text = await store.version(deps.db.read, job.notice, job.version);
  if (!text) return;
  const remote = picturesOf(readBody(text.body)).map((picture) => picture.src);
  const wanted = [...new Set(remote.filter((src) => !pictureAt(src)))].slice(0, mostPictures);
  const found = new Map<string, Fetched>();
  let later = false;
  for (const src of wanted) {
    const outcome = await fetchOne(deps, job.portal, src);
    if (outcome === "later") later = true;
    else if (outcome !== "no") found.set(src, outcome);
  }
  if (found.size > 0) await place(deps.db, job, found);
  if (later && attempt < mostAttempts) throw new Error("some pictures could not be fetched yet");
}

async function fetchOne(deps: PictureDeps, portal: string, url: string): Promise<Fetched | "no" | "later"> {
  try {
    const headers = { accept: "image/*" };
    const answer = await deps.dial({ url, headers, publicOnly: true, maxBytes: mostBytes, maxRedirects: 3 });
    if (answer.status !== 200) return "no";
    const key = sha256(answer.body);
    const house = { db: deps.db, clock: deps.db.clock, files: deps.files };
    const kept = await storePicture(house, { by: portal, key, name: "picture", bytes: answer.body });
    const size = kept.width && kept.height ? { w: kept.width, h: kept.height } : {};
    return { id: kept.id, src: kept.url, ...size };
  } catch (fault) {
    if (refusalIn(fault)) return "no";
    if (!(fault instanceof OutsideFault)) throw fault;
    return fault.kind === "timeout" || fault.kind === "down" || fault.kind === "circuit-open" ? "later" : "no";
  }
}

async function place(db: Db, job: PictureJob, found: ReadonlyMap<string, Fetched>): Promise<void> {
  await inTx(db, async (tx) => {
    const row = await store.lock(tx, job.notice);
    const text = await store.version(tx, job.notice, job.version);
    if (!row || !text) return;
    const ids = [...found.values()].map((picture) => picture.id);
    await claimMedia(tx, { owner: `notice:${job.notice}`, person: job.portal, ids, digests: [] });
    const body = mapPictures(readBody(text.body), (src) => {
      const { id: _, ...picture } = found.get(src) ?? { id: "", src };
      return picture;
    });
    await store.setBody(tx, job.notice, job.version, JSON.stringify(body));
    // It may have been withdrawn, or changed, while they were fetched.
    const shown = row.publicVersion === null ? null : await store.version(tx, row.id, row.publicVersion);
    await showFiles(tx, row.id, shown ?? null, db.clock.now());
    if (row.publicVersion !== job.version) return;
    await store.updateFace(tx, row.id, faceOf(body));
    await changed(tx, row);
  });
}
