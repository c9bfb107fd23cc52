import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { startS3 } from "@weimenhu/sandbox";
import { expect, test } from "vitest";
import { openDb } from "../src/kernel/db.ts";
import { newId } from "../src/kernel/id.ts";
import { testConfig } from "../src/kernel/testing.ts";
import { serve } from "../src/main.ts";
import { freshDatabase } from "./database/index.ts";
import { s3On } from "./stores.ts";

test("a server that is told of an S3 store gives pictures from there, and of its own folder while it is told of none", async () => {
  const home = await freshDatabase();
  const bucket = await startS3();
  const scratch = mkdtempSync(path.join(tmpdir(), "weimenhu-start-"));
  const env = { DATABASE_URL: home.url, PORT: "0", METRICS_PORT: "0", SITE_FILES: "none", HOST: "127.0.0.1" };
  const local = testConfig({ ...env, DATA_DIR: scratch });
  const bytes = Buffer.from("a photo of the village road");
  const name = `${createHash("sha256").update(bytes).digest("hex")}.jpg`;
  await s3On(bucket).put(name, { bytes: bytes.length, open: () => Readable.from([bytes]) });
  const db = openDb(local);
  const id = newId();
  await db.rows(
    `INSERT INTO media (id, uploader, idem_key, sent, digest, kind, name, bytes, created_at)
     VALUES (?, ?, 'k', '', ?, 'jpg', 'a', ?, NOW(3))`,
    [id, id, name.slice(0, 64), bytes.length],
  );
  await db.rows("INSERT INTO media_use (owner, media, shown_at) VALUES ('notice:1', ?, NOW(3))", [id]);
  await db.close();
  const asked = async (config: ReturnType<typeof testConfig>) => {
    const running = await serve(config, { quiet: true });
    const answer = await fetch(`http://127.0.0.1:${running.port}/m/${name}`);
    const text = await answer.text();
    for (const step of running.steps) await step.run();
    return [answer.status, answer.status === 200 ? text : ""];
  };
  expect(await asked(testConfig({ ...env, DATA_DIR: scratch, ...bucket.env }))).toEqual([200, bytes.toString()]);
  expect(await asked(local)).toEqual([404, ""]);
  await bucket.close();
  await home.drop();
  rmSync(scratch, { recursive: true, force: true });
});
