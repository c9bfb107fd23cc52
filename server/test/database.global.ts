import type { TestProject } from "vitest/node";
import { testDatabase } from "../../scripts/lib/test-database.mjs";
import { templateOn } from "./database/fresh.ts";

declare module "vitest" {
  export interface ProvidedContext {
    databaseUrl: string;
    /** What makes an empty database of ours on that server. */
    schema: string;
  }
}

/** One database server for the run, whatever kinds of test are in it, and on it a migrated database to make others like. */
export default async function setup({ vitest }: TestProject) {
  if (vitest.getProvidedContext().databaseUrl) return undefined;
  const database = await testDatabase({ fleeting: true });
  const template = await templateOn(database.url);
  vitest.provide("databaseUrl", database.url);
  vitest.provide("schema", template.schema);
  return async () => {
    await template.drop();
    await database.stop();
  };
}
