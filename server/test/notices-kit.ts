import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { localStorage } from "@weimenhu/connectors/adapters";
import type { contract } from "@weimenhu/contract";
import type { Body } from "@weimenhu/domain/body";
import type { Caller, GrantedRole } from "@weimenhu/domain/permissions";
import type * as z from "zod/mini";
import { noticesRooms } from "../src/features/notices/index.ts";
import { addresses, openFiles } from "../src/foundation/media/index.ts";
import { type ManualClock, manualClock } from "../src/kernel/clock.ts";
import { type Db, openDb } from "../src/kernel/db.ts";
import { newId } from "../src/kernel/id.ts";
import { openLog } from "../src/kernel/log.ts";
import { type Ctx, callerOf, router } from "../src/kernel/rpc.ts";
import { testConfig } from "../src/kernel/testing.ts";
import { freshDatabase } from "./database/index.ts";

/** A small county of its own: notices with people of every role, without sessions or a server. */
export const county = "990101000000";
export const town = "990101001000";
export const otherTown = "990101002000";
export const village = "990101001001";
export const sister = "990101001002";
export const farVillage = "990101002001";
const names: Record<string, string> = {
  [county]: "示例县",
  [town]: "清溪镇",
  [otherTown]: "云山镇",
  [village]: "竹溪村",
  [sister]: "梅坡村",
  [farVillage]: "松岭村",
};

export const log = openLog("silent");
export const words = (text: string): Body => [{ t: "p", c: [{ t: "text", v: text }] }];
export const key = (): string => newId();
export const tenOClock = 1_790_000_000_000;

type Draft = z.input<(typeof contract)["notices"]["draft"]["input"]>;
export type Kit = Awaited<ReturnType<typeof noticesKit>>;
export type Rooms = ReturnType<typeof roomsRouter>;

export const roomsRouter = (allowHosts: readonly string[] = []) =>
  router(
    noticesRooms({
      home: county,
      allowHosts,
      sign: addresses(testConfig()).sign,
      displayNames: async (_db, ids) => new Map(ids.map((id) => [id, `人${id.slice(-4)}`])),
    }),
  );

export function personOf(role: GrantedRole | null, region: string, more: Partial<Caller> = {}): Caller {
  return {
    personId: newId(),
    sessionId: newId(),
    phoneVerified: true,
    consented: true,
    strong: true,
    grants: role === null ? [] : [{ role, region }],
    villager: [],
    follows: [],
    ...more,
  };
}

export const ctxOf = (db: Db, caller: Caller | null): Ctx => ({
  requestId: "test",
  clock: db.clock,
  db,
  log,
  channel: "web",
  client: { name: "web", version: null },
  ip: "192.0.2.1",
  userAgent: "",
  caller,
  signal: new AbortController().signal,
  setSession: () => {},
  clearSession: () => {},
});

export async function noticesKit(allowHosts: readonly string[] = [], start = tenOClock) {
  const home = await freshDatabase();
  const clock: ManualClock = manualClock(start);
  const config = testConfig({ DATABASE_URL: home.url, DATABASE_POOL: "8" });
  const db = openDb(config, clock);
  for (const [code, name] of Object.entries(names)) {
    await db.pool.query("INSERT INTO region (code, name, sort, created_at) VALUES (?, ?, 0, NOW())", [code, name]);
  }
  const dir = mkdtempSync(path.join(tmpdir(), "weimenhu-media-"));
  const files = await openFiles({ dir, storage: await localStorage(dir) });
  const rooms = roomsRouter(allowHosts);
  const as = (caller: Caller | null) => callerOf(rooms)(ctxOf(db, caller));

  /** Written, reviewed and published by three people; answers its id. */
  async function publish(region: string, title: string, more: Partial<Draft> = {}): Promise<string> {
    const draft = { key: key(), region, title, category: "announcement" as const, body: words(`${title}。`), ...more };
    const { id } = await as(personOf("clerk", region)).notices.draft(draft);
    await through(id, region);
    return id;
  }
  async function through(id: string, region: string): Promise<void> {
    const { author, version } = await authorOf(id);
    const writer = personOf("clerk", region, { personId: author });
    await as(writer).notices.move({ id, version, move: "submit" });
    await as(personOf("clerk", region)).notices.move({ id, version, move: "approve" });
    await as(personOf("clerk", region)).notices.move({ id, version, move: "publish" });
  }
  async function authorOf(id: string): Promise<{ author: string; version: number }> {
    const [row] = await db.rows<{ author: string; version: number }>(
      "SELECT author, version FROM notice WHERE id = ?",
      [id],
    );
    if (!row) throw new Error("no such notice");
    return row;
  }
  const close = async () => {
    await db.close();
    await home.drop();
    rmSync(dir, { recursive: true, force: true });
  };
  return { url: home.url, config, db, clock, files, dir, rooms, as, publish, through, close };
}
