import { createReadStream } from "node:fs";
import { copyFile, mkdir, open, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Readable } from "node:stream";
import { newToken } from "../../kernel/id.ts";

/**
 * Where the bytes lie. Names are content-addressed, so a file is written once and never changed; another provider
 * (object storage) has to promise the same: a name is there wholly or not at all.
 */
export type Folder = {
  /** A place for bytes that are still coming in. */
  incoming(): string;
  /** Puts bytes under a name; doing it again changes nothing. */
  put(name: string, bytes: Uint8Array): Promise<void>;
  /** As `put`, for what lies in an incoming file of so many bytes. */
  copy(name: string, incoming: string, bytes: number): Promise<void>;
  has(name: string): Promise<boolean>;
  /** Its length, and its bytes from `from` to `to`, both included, when they are asked for. */
  find(name: string): Promise<{ bytes: number; stream(part?: { from: number; to: number }): Readable } | undefined>;
  /** Removes the file unless `stillWanted` says otherwise after it has been put aside. */
  remove(name: string, stillWanted: () => Promise<boolean>): Promise<void>;
  /** Names that were put before this time (epoch ms). */
  putBefore(time: number): AsyncIterable<string>;
  /** Takes away what began to come in before this time and never came to its end. */
  clearIncoming(time: number): Promise<void>;
};

const isMissing = (fault: unknown): boolean =>
  fault instanceof Error && "code" in fault && (fault.code === "ENOENT" || fault.code === "ENOTDIR");

/** A folder on disk; several servers share it over a network file system. */
export async function localFolder(dir: string): Promise<Folder> {
  const tmp = path.join(dir, "incoming");
  await mkdir(tmp, { recursive: true });
  const place = (name: string) => path.join(dir, name.slice(0, 2), name);
  const fresh = () => path.join(tmp, newToken(12));

  const size = async (name: string): Promise<number | undefined> => {
    try {
      return (await stat(place(name))).size;
    } catch (fault) {
      if (isMissing(fault)) return undefined;
      throw fault;
    }
  };
  /** Moves a whole file into its place in one step. */
  const settle = async (name: string, from: string) => {
    await mkdir(path.dirname(place(name)), { recursive: true });
    await synced(from);
    await rename(from, place(name));
  };
  return {
    incoming: fresh,
    async put(name, bytes) {
      if ((await size(name)) === bytes.length) return;
      const from = fresh();
      await writeFile(from, bytes, { flag: "wx" });
      await settle(name, from);
    },
    async copy(name, incoming, bytes) {
      if ((await size(name)) === bytes) return;
      const from = fresh();
      await copyFile(incoming, from);
      await settle(name, from);
    },
    has: async (name) => (await size(name)) !== undefined,
    async find(name) {
      const bytes = await size(name);
      const stream = (part?: { from: number; to: number }) =>
        createReadStream(place(name), part ? { start: part.from, end: part.to } : {});
      return bytes === undefined ? undefined : { bytes, stream };
    },
    async remove(name, stillWanted) {
      const aside = fresh();
      try {
        await rename(place(name), aside);
      } catch (fault) {
        if (isMissing(fault)) return;
        throw fault;
      }
      // Asked after it was put aside: an upload of the same content that commits later than this question looks for the
      // file afterwards and writes it anew; one that committed earlier is seen here.
      if (await stillWanted()) await rename(aside, place(name));
      else await rm(aside, { force: true });
    },
    async *putBefore(time) {
      for (const shelf of await readdir(dir)) {
        if (!/^[0-9a-f]{2}$/.test(shelf)) continue;
        for (const name of await readdir(path.join(dir, shelf))) if (await isOlder(place(name), time)) yield name;
      }
    },
    async clearIncoming(time) {
      for (const name of await readdir(tmp)) {
        const file = path.join(tmp, name);
        if (await isOlder(file, time)) await rm(file, { force: true });
      }
    },
  };
}

/** By its last change of any kind: what `remove` puts aside is as young as that, whatever its content. */
async function isOlder(file: string, time: number): Promise<boolean> {
  try {
    return (await stat(file)).ctimeMs < time;
  } catch (fault) {
    if (isMissing(fault)) return false;
    throw fault;
  }
}

/** A name must never stand for half a file after a power cut. */
async function synced(file: string): Promise<void> {
  const handle = await open(file, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
