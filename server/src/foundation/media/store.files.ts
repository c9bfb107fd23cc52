import { createReadStream } from "node:fs";
import { mkdir, readdir, rm, stat } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import type { Source, Storage, VirusScan } from "@weimenhu/connectors/ports";
import { newToken } from "../../kernel/id.ts";

/** Where bytes come in, who looks at them, and where they are kept. */
export type Files = {
  storage: Storage;
  /** Null: nobody looks for viruses. */
  scan: VirusScan | null;
  /** A place of its own on this machine for bytes that are still coming in. */
  incoming(): string;
  /** Removes what a process that died has left on its way in. Answers how much. */
  sweepIncoming(before: number): Promise<number>;
};

/** `dir`: a folder of this machine for what is on its way in. */
export async function openFiles(house: { dir: string; storage: Storage; scan?: VirusScan | null }): Promise<Files> {
  const tmp = path.join(house.dir, "incoming");
  await mkdir(tmp, { recursive: true });
  return {
    storage: house.storage,
    scan: house.scan ?? null,
    incoming: () => path.join(tmp, newToken(12)),
    async sweepIncoming(before) {
      let gone = 0;
      for (const name of await readdir(tmp)) {
        const left = path.join(tmp, name);
        const changed = await stat(left).catch(() => null);
        if (!changed || changed.mtimeMs >= before) continue;
        await rm(left, { force: true });
        gone++;
      }
      return gone;
    },
  };
}

export const ofBytes = (bytes: Uint8Array): Source => ({
  bytes: bytes.length,
  open: () => Readable.from([bytes], { objectMode: false }),
});

export const ofFile = (file: string, bytes: number): Source => ({ bytes, open: () => createReadStream(file) });

/**
 * Removes a file unless `stillWanted`, which is asked after it has left its name: an upload of the same content that commits
 * later than this question looks for the file afterwards and writes it anew; one that committed earlier is seen here.
 */
export async function removeFile(storage: Storage, name: string, stillWanted: () => Promise<boolean>): Promise<void> {
  if (await storage.setAside(name)) await endAside(storage, name, stillWanted);
}

/** The second half of a removal, also for what a process that died in between has left. */
export async function endAside(storage: Storage, name: string, stillWanted: () => Promise<boolean>): Promise<void> {
  if ((await stillWanted()) && !(await storage.has(name))) await storage.bringBack(name);
  else await storage.dropAside(name);
}
