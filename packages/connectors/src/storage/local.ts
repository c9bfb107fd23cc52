import { randomBytes } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import type { Storage } from "./port.ts";

const isMissing = (fault: unknown): boolean =>
  fault instanceof Error && "code" in fault && (fault.code === "ENOENT" || fault.code === "ENOTDIR");

/** A folder on disk; several servers share it over a network file system. Bytes on their way in lie in `incoming`. */
export async function localStorage(dir: string): Promise<Storage> {
  const incoming = path.join(dir, "incoming");
  const away = path.join(dir, "aside");
  await mkdir(incoming, { recursive: true });
  await mkdir(away, { recursive: true });
  const place = (name: string) => path.join(dir, name.slice(0, 2), name);

  const size = async (name: string): Promise<number | undefined> => {
    try {
      return (await stat(place(name))).size;
    } catch (fault) {
      if (isMissing(fault)) return undefined;
      throw fault;
    }
  };
  const moved = async (from: string, to: string): Promise<boolean> => {
    await mkdir(path.dirname(to), { recursive: true });
    try {
      await rename(from, to);
      return true;
    } catch (fault) {
      if (isMissing(fault)) return false;
      throw fault;
    }
  };
  return {
    async put(name, source) {
      if ((await size(name)) === source.bytes) return;
      const fresh = path.join(incoming, randomBytes(12).toString("base64url"));
      try {
        await pipeline(source.open(), createWriteStream(fresh, { flags: "wx" }));
        if ((await synced(fresh)) !== source.bytes) throw new Error(`${name}: not as many bytes as were said`);
        await moved(fresh, place(name));
      } finally {
        await rm(fresh, { force: true });
      }
    },
    has: async (name) => (await size(name)) !== undefined,
    async find(name) {
      const bytes = await size(name);
      if (bytes === undefined) return undefined;
      return {
        bytes,
        stream: async (part) => createReadStream(place(name), part ? { start: part.from, end: part.to } : {}),
      };
    },
    setAside: (name) => moved(place(name), path.join(away, name)),
    bringBack: async (name) => void (await moved(path.join(away, name), place(name))),
    dropAside: (name) => rm(path.join(away, name), { force: true }),
    async *names() {
      for (const entry of await readdir(dir))
        if (/^[0-9a-f]{2}$/.test(entry)) yield* await readdir(path.join(dir, entry));
    },
    async *aside() {
      yield* await readdir(away);
    },
    async check() {
      try {
        await stat(incoming);
        return { ok: true };
      } catch (fault) {
        if (isMissing(fault)) return { ok: false, why: "the folder of pictures and attachments is not there" };
        throw fault;
      }
    },
  };
}

/** A name must never stand for half a file after a power cut. Answers how long the file is. */
async function synced(file: string): Promise<number> {
  const handle = await open(file, "r");
  try {
    await handle.sync();
    return (await handle.stat()).size;
  } finally {
    await handle.close();
  }
}
