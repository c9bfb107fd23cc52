import type { TestProject } from "vitest/node";
import { testDatabase } from "../../scripts/lib/test-database.mjs";

declare module "vitest" {
  export interface ProvidedContext {
    databaseUrl: string;
  }
}

/** One database server for the run. */
export default async function setup(project: TestProject) {
  const database = await testDatabase();
  project.provide("databaseUrl", database.url);
  return database.stop;
}
