import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { crc32, deflateSync } from "node:zlib";
import { localStorage } from "@weimenhu/connectors/adapters";
import type { Storage, VirusScan } from "@weimenhu/connectors/ports";
import type { Stored } from "@weimenhu/contract/media";
import type { Caller } from "@weimenhu/domain/permissions";
import sharp from "sharp";
import { addresses, mediaRoutes, openFiles } from "../src/foundation/media/index.ts";
import { createHttp } from "../src/kernel/http.ts";
import { ctxOf, key, log, noticesKit, personOf, village } from "./notices-kit.ts";

export const secretary = personOf("secretary", village);
export const pdf = Buffer.from("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF");

/** As a phone takes it: turned, with the camera's and the place's data. */
export const photo = (width = 2400, height = 1200) =>
  sharp({ create: { width, height, channels: 3, background: "#385" } })
    .jpeg()
    .withExif({
      IFD0: { Make: "Phone" },
      IFD3: { GPSLatitude: "30/1 15/1 0/1", GPSLatitudeRef: "N" },
    })
    .withMetadata({ orientation: 6 })
    .toBuffer();

type Answer = { status: number; stored: Stored; word: string };
type More = { key?: string | null; by?: Caller | null };
export type MediaKit = Awaited<ReturnType<typeof mediaKit>>;

/** The routes of media on a folder of their own (or another store), without a port until `app.listen`. */
export async function mediaKit(more: { storage?: Storage; scan?: VirusScan } = {}) {
  const dir = mkdtempSync(path.join(tmpdir(), "weimenhu-media-test-"));
  const kit = await noticesKit();
  const { storage = await localStorage(dir), scan = null } = more;
  const files = await openFiles({ dir, storage, scan });
  const app = await createHttp({ config: { TRUST_PROXY: "" }, log });
  let caller: Caller | null = null;
  const signing = addresses(kit.config);
  await mediaRoutes(app, {
    db: kit.db,
    files,
    addresses: signing,
    context: async () => ctxOf(kit.db, caller),
    needConsent: async () => undefined,
  });
  return {
    kit,
    store: files,
    app,
    addresses: signing,
    /** Who asks from now on. */
    as: (by: Caller | null) => void (caller = by),
    async send(bytes: Uint8Array, name: string, more: More = {}): Promise<Answer> {
      caller = more.by === undefined ? secretary : more.by;
      const form = new FormData();
      form.append("file", new Blob([Uint8Array.from(bytes)]), name);
      if (more.key !== null) form.append("key", more.key ?? key());
      const request = new Request("http://x/media", { method: "POST", body: form });
      const answer = await app.inject({
        method: "POST",
        url: "/media",
        headers: { "content-type": request.headers.get("content-type") ?? "" },
        payload: Buffer.from(await request.arrayBuffer()),
      });
      const json = answer.json();
      return { status: answer.statusCode, stored: json, word: json.error?.data.refusal.word };
    },
    files: () => readdirSync(dir, { recursive: true, encoding: "utf8" }).filter((name) => /\.\w+$/.test(name)),
    /** What is still on its way in. */
    incoming: () => readdirSync(path.join(dir, "incoming")),
    async close() {
      await app.close();
      await kit.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** Black and nothing else: a few kilobytes, however many pixels. */
export function blackPng(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head[8] = 1;
  const rows = deflateSync(Buffer.alloc(height * (1 + Math.ceil(width / 8))));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk("IHDR", head), chunk("IDAT", rows), chunk("IEND", Buffer.alloc(0))]);
}
