import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { startServer, sweep } from "../../scripts/lib/mariadb.mjs";

declare module "vitest" {
  export interface ProvidedContext {
    databaseUrl: string;
  }
}

const prefix = "weimenhu-test-";

/** One private server for the run, or the one that TEST_DATABASE_URL names; without either the run fails. */
export default async function setup(project: TestProject) {
  const given = process.env["TEST_DATABASE_URL"];
  if (given) {
    project.provide("databaseUrl", given);
    return;
  }
  await sweep(tmpdir(), prefix);
  const home = mkdtempSync(path.join(tmpdir(), `${prefix}${process.pid}-`));
  const server = await startServer(home, { fast: true });
  project.provide("databaseUrl", server.url);
  return async () => {
    await server.stop();
    rmSync(home, { recursive: true, force: true });
  };
}
