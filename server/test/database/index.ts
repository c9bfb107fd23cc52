import { inject } from "vitest";
import type {} from "../database.global.ts";
import { type Fresh, freshFrom } from "./fresh.ts";

/**
 * A migrated, empty database of the caller's own on the run's server. Ask once per test file; each test then makes
 * its own village in it. `drop` when done: a file's tables stay on disk until then.
 */
export const freshDatabase = (): Promise<Fresh> => freshFrom(inject("databaseUrl"), inject("schema"));
