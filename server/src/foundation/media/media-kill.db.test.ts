import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { localStorage } from "@weimenhu/connectors/adapters";
import { startS3 } from "@weimenhu/sandbox";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Kit, noticesKit } from "../../../test/notices-kit.ts";
import { s3On } from "../../../test/stores.ts";
import { testEnv } from "../../kernel/testing.ts";
import { openFiles, sweep } from "./index.ts";
import { filesOf } from "./view.ts";

const fixture = path.join(import.meta.dirname, "../../../test/media-kill.fixture.ts");
let kit: Kit;
let dir: string;
beforeEach(async () => {
  kit = await noticesKit();
  dir = mkdtempSync(path.join(tmpdir(), "weimenhu-media-kill-"));
});
afterEach(async () => {
  await kit.close();
  rmSync(dir, { recursive: true, force: true });
});

/** Runs until so many pictures are in use, and is killed in that moment, whatever it does. */
async function killedAfter(count: number, env: Record<string, string>): Promise<string[]> {
  const whole = testEnv({ DATABASE_URL: kit.url, DATA_DIR: dir, MEDIA_DIR: dir, ...env });
  const child = spawn(process.execPath, ["--import", "tsx", fixture], {
    env: whole,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const used: string[] = [];
  const ended = once(child, "exit");
  for await (const line of createInterface({ input: child.stdout })) {
    used.push(line);
    if (used.length === count) child.kill("SIGKILL");
  }
  expect((await ended)[1]).toBe("SIGKILL");
  return used;
}

const all = async (names: AsyncIterable<string>) => {
  const found: string[] = [];
  for await (const name of names) found.push(name);
  return found.toSorted();
};

test.each(["a folder", "an S3 bucket"])(
  "processes that are killed while they bring pictures in and sweep lose nothing that is used and leave nothing else (%s)",
  async (kind) => {
    const bucket = await startS3();
    const [storage, env] =
      kind === "a folder" ? ([await localStorage(dir), {}] as const) : ([s3On(bucket), bucket.env] as const);
    const used: string[] = [];
    for (const count of [1, 7, 12]) used.push(...(await killedAfter(count, env)));
    const files = await openFiles({ dir, storage });
    // The processes lived in real time, and this sweep in a time long after.
    kit.clock.advance(20 * 365 * 24 * 3_600_000);
    await sweep({ db: kit.db, clock: kit.clock, files });
    const rows = await kit.db.rows<{ id: string; digest: string; kind: string }>("SELECT id, digest, kind FROM media");
    expect(used.filter((id) => !rows.some((row) => row.id === id))).toEqual([]);
    expect(await all(storage.names())).toEqual([...new Set(rows.flatMap(filesOf))].toSorted());
    expect(await all(storage.aside())).toEqual([]);
    const [idle] = await kit.db.rows<{ n: number }>(
      "SELECT COUNT(*) AS n FROM media m LEFT JOIN media_use u ON u.media = m.id WHERE u.media IS NULL",
    );
    expect(Number(idle?.n)).toBe(0);
    await bucket.close();
  },
  60_000,
);
