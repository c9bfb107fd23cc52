/** Three months of the demo county, lived once for a run of walks; every file of walks then goes on in a copy of its own. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { freshFrom } from "../../server/test/database/fresh.ts";
import type {} from "../../server/test/database.global.ts";
import { live } from "../../server/test/seed/live.ts";
import { startWorld } from "../../server/test/world.ts";

declare module "vitest" {
  export interface ProvidedContext {
    lived: { url: string; media: string; secrets: [string, string][] };
  }
}

export default async function setup({ vitest }: TestProject) {
  const { databaseUrl, schema, lived } = vitest.getProvidedContext();
  if (lived) return undefined;
  const database = await freshFrom(databaseUrl, schema);
  const media = mkdtempSync(path.join(tmpdir(), "weimenhu-lived-"));
  const now = Date.now();
  const start = now - 90 * 86_400_000;
  const world = await startWorld({ databaseUrl: database.url, start, env: { MEDIA_DIR: media } });
  const { secrets } = await live(world, { now, size: 0.02, feed: null }).finally(() => world.close());
  vitest.provide("lived", { url: database.url, media, secrets: [...secrets] });
  return async () => {
    await database.drop();
    rmSync(media, { recursive: true, force: true });
  };
}
